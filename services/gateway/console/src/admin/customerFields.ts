/**
 * The list of custom fields as a form keeps it: what can be wrong with it, how it is put in order, and what becomes of it
 * when somebody else saved meanwhile. Pure.
 *
 * A field that is missing from what is saved goes from all cards with its values: so a list never loses a field that
 * another administrator has added, and one that both changed stays.
 */
import type { FieldDefinition, FieldDefinitions } from "@dymek/wire";
import { words } from "../i18n/customers.ts";
import { MAX_NAME, type Fault, type Faults } from "./checks.ts";
import type { Merged } from "./merge.ts";

export const KINDS = ["text", "number", "date", "choice", "yes_no", "link"] as const;
export const MAX_FIELDS = 50;
export const MAX_CHOICES = 100;

export const newField = (id: string): FieldDefinition => ({
  id,
  label: "",
  kind: "text",
  choices: [],
  show_in_chat: false,
});

/** One choice a line; blank lines are none. */
export const choicesOf = (text: string): string[] => text.split("\n");

export function tidyFields(draft: FieldDefinitions): FieldDefinitions {
  const fields = draft.fields.map((field) => ({
    ...field,
    label: field.label.trim(),
    choices: field.kind === "choice" ? field.choices.map((choice) => choice.trim()).filter(Boolean) : [],
  }));
  return { ...draft, fields };
}

/** In the language in use, whenever it is shown. */
const said = (what: keyof ReturnType<typeof words>["admin"]["faults"]): Fault => ({
  rule: "said",
  text: words().admin.faults[what],
});

export function checkFields(draft: FieldDefinitions): Faults {
  const faults: Faults = {};
  const { fields } = tidyFields(draft);
  fields.forEach((field, at) => {
    const label = wrongLabel(field.label, fields.slice(0, at));
    if (label) faults[`fields.${at}.label`] = label;
    const choices = field.kind === "choice" ? wrongChoices(field.choices) : null;
    if (choices) faults[`fields.${at}.choices`] = choices;
  });
  if (fields.length > MAX_FIELDS) faults["fields"] = said("manyFields");
  return faults;
}

function wrongLabel(label: string, earlier: readonly FieldDefinition[]): Fault | null {
  if (!label) return { rule: "missing" };
  if ([...label].length > MAX_NAME) return { rule: "long", max: MAX_NAME };
  const folded = label.toLowerCase();
  return earlier.some((other) => other.label.toLowerCase() === folded) ? said("sameLabel") : null;
}

function wrongChoices(choices: readonly string[]): Fault | null {
  if (choices.length === 0) return said("noChoices");
  if (choices.length > MAX_CHOICES) return said("manyChoices");
  if (choices.some((choice) => [...choice].length > MAX_NAME)) return said("longChoice");
  return new Set(choices).size < choices.length ? said("sameChoice") : null;
}

/** The list with the field at `from` standing at `to`. */
export function moved<T>(all: readonly T[], from: number, to: number): T[] {
  const next = [...all];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const idsOf = (list: FieldDefinitions): string[] => list.fields.map(({ id }) => id);

/** Field by field: what only one side changed is taken over, and a field goes only where nobody changed it meanwhile. */
export function mergeFields(base: FieldDefinitions, draft: FieldDefinitions, newer: FieldDefinitions): Merged<FieldDefinitions> {
  const [before, mine, theirs] = [base, draft, newer].map(
    (list) => new Map(list.fields.map((field) => [field.id, field])),
  ) as [Map<string, FieldDefinition>, Map<string, FieldDefinition>, Map<string, FieldDefinition>];
  let clash = false;
  const field = (id: string): FieldDefinition | null => {
    const [was, own, other] = [before.get(id), mine.get(id), theirs.get(id)];
    if (same(own, was)) return other ?? null;
    if (same(other, was) || same(own, other)) return own ?? null;
    clash = true;
    // Both changed it: this side's word stands, and where this side took it away, the other's.
    return own ?? other ?? null;
  };
  const reordered = !same(
    idsOf(draft).filter((id) => before.has(id)),
    idsOf(base).filter((id) => mine.has(id)),
  );
  const [first, second] = reordered ? [idsOf(draft), idsOf(newer)] : [idsOf(newer), idsOf(draft)];
  const order = [...first, ...second.filter((id) => !first.includes(id))];
  const fields = order.map(field).filter((one): one is FieldDefinition => one !== null);
  return { draft: { ...newer, fields }, clashes: clash ? ["fields"] : [] };
}
