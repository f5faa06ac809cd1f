/**
 * A card while it is being edited, and what becomes of it when somebody else saved meanwhile. Pure.
 *
 * Nothing of either side is lost: what only one of the two changed is taken over, lists of addresses and phones keep
 * what each has added, and where both changed the same part, what was typed stays and the other's word is kept beside it.
 */
import type { Customer, FieldDefinition, SaveCustomer, Uuid } from "@dymek/wire";
import { tidyValue } from "./values.ts";

export interface CardDraft {
  id: Uuid;
  /** 0: not saved yet. */
  version: number;
  name: string;
  company: string;
  emails: string[];
  phones: string[];
  note: string;
  /** By field; without those that have none. */
  values: Record<Uuid, string>;
}

/** `name`, `company`, `note`, `emails`, `phones`, or `values.<field>`. */
export type Part = string;

export const draftOf = (card: Customer): CardDraft => ({
  id: card.id,
  version: card.version,
  name: card.name,
  company: card.company,
  emails: [...card.emails],
  phones: [...card.phones],
  note: card.note,
  values: Object.fromEntries(card.fields.map((field) => [field.id, field.value])),
});

export const newDraft = (id: Uuid, name = "", email = ""): CardDraft => ({
  id,
  version: 0,
  name,
  company: "",
  emails: email ? [email] : [],
  phones: [],
  note: "",
  values: {},
});

/** As it is checked, compared and sent: without blanks around and empty lines between. */
export function tidy(draft: CardDraft, fields: readonly FieldDefinition[] | null): CardDraft {
  const lines = (all: readonly string[]): string[] => all.map((one) => one.trim()).filter(Boolean);
  const kinds = new Map(fields?.map((field) => [field.id, field.kind]));
  const values = Object.entries(draft.values).map(([id, value]) => [id, tidyValue(kinds.get(id) ?? "text", value)]);
  return {
    ...draft,
    name: draft.name.trim(),
    company: draft.company.trim(),
    emails: lines(draft.emails),
    phones: lines(draft.phones),
    note: draft.note.trim(),
    values: Object.fromEntries(values.filter(([, value]) => value)) as CardDraft["values"],
  };
}

/** What is sent; a value of a field that is not there any more would only be refused. Null fields are not known. */
export function bodyOf(draft: CardDraft, fields: readonly FieldDefinition[] | null): SaveCustomer {
  if (fields === null) return draft;
  const known = new Set(fields.map(({ id }) => id));
  return { ...draft, values: Object.fromEntries(Object.entries(draft.values).filter(([id]) => known.has(id))) };
}

const SCALARS = ["name", "company", "note"] as const;
const LISTS = ["emails", "phones"] as const;

export function partOf(draft: CardDraft, part: Part): string {
  if (part.startsWith("values.")) return draft.values[part.slice("values.".length)] ?? "";
  const value = draft[part as (typeof SCALARS)[number] | (typeof LISTS)[number]];
  return typeof value === "string" ? value : value.join(", ");
}

export function withPart(draft: CardDraft, part: Part, text: string): CardDraft {
  if (!part.startsWith("values.")) return { ...draft, [part]: text };
  return { ...draft, values: { ...draft.values, [part.slice("values.".length)]: text } };
}

/** The parts in which the two differ. */
export function changedParts(base: CardDraft, draft: CardDraft): Part[] {
  const ids = new Set([...Object.keys(base.values), ...Object.keys(draft.values)]);
  const parts: Part[] = [...SCALARS, ...LISTS, ...[...ids].map((id) => `values.${id}`)];
  return parts.filter((part) =>
    part === "emails" || part === "phones"
      ? JSON.stringify(base[part]) !== JSON.stringify(draft[part])
      : partOf(base, part) !== partOf(draft, part),
  );
}

export interface MergedCard {
  draft: CardDraft;
  /** The parts that both changed, each in their own way, with the other's word. */
  clashes: Record<Part, string>;
  /** All that somebody else has changed. */
  theirs: Part[];
}

export function mergeCards(base: CardDraft, draft: CardDraft, newer: CardDraft): MergedCard {
  const mine = changedParts(base, draft);
  const theirs = changedParts(base, newer);
  let merged: CardDraft = { ...newer };
  const clashes: MergedCard["clashes"] = {};
  for (const part of mine) {
    if (part === "emails" || part === "phones") {
      merged = { ...merged, [part]: mergeLists(base[part], draft[part], newer[part]) };
      continue;
    }
    const [own, other] = [partOf(draft, part), partOf(newer, part)];
    merged = withPart(merged, part, own);
    if (theirs.includes(part) && own !== other) clashes[part] = other;
  }
  return { draft: merged, clashes, theirs };
}

/** What has to be answered still: the new clashes, and the older ones in which the two differ yet. */
export function openClashes(before: MergedCard["clashes"], merged: MergedCard, newer: CardDraft): MergedCard["clashes"] {
  const differ = Object.keys(before).filter((part) => partOf(merged.draft, part) !== partOf(newer, part));
  return { ...Object.fromEntries(differ.map((part) => [part, partOf(newer, part)])), ...merged.clashes };
}

/** The newer list without what this side took away, and with what it added. */
function mergeLists(base: readonly string[], mine: readonly string[], newer: readonly string[]): string[] {
  const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
  const has = (all: readonly string[], one: string): boolean => all.some((other) => same(other, one));
  // Where the other side left the list alone, this side's order holds too.
  if (JSON.stringify(base) === JSON.stringify(newer)) return [...mine];
  const stays = newer.filter((one) => !has(base, one) || has(mine, one));
  return [...stays, ...mine.filter((one) => !has(base, one) && !has(stays, one))];
}
