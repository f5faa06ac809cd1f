/** What can be wrong with a card, by the path of the field, before anything is sent. Pure; the bounds are the contract's. */
import type { FieldDefinition, NamedRef } from "@dymek/wire";
import type { CardDraft } from "./draft.ts";
import { tidyValue, wrongValue, type ValueRule } from "./values.ts";

export type CardFault =
  | { rule: "missing" | "email" | "phone" | "twice" | ValueRule }
  | { rule: "long" | "many"; max: number }
  /** The address is another customer's; null: given up in this moment, so that saving again takes it. */
  | { rule: "taken"; customer: NamedRef | null }
  | { rule: "refused"; said: string };
export type CardFaults = Record<string, CardFault>;

export const MAX = { name: 120, line: 300, email: 254, note: 4000, list: 20 } as const;

const long = (text: string, max: number): CardFault | null => ([...text].length > max ? { rule: "long", max } : null);

/** Whether two writings are one address, as far as it can be told here. */
export const sameAddress = (a: string, b: string): boolean =>
  a.trim().normalize("NFC").toLowerCase() === b.trim().normalize("NFC").toLowerCase();

export function checkCard(draft: CardDraft, base: CardDraft, fields: readonly FieldDefinition[] | null): CardFaults {
  const faults: Record<string, CardFault | null> = {
    name: draft.name.trim() ? long(draft.name.trim(), MAX.name) : { rule: "missing" },
    company: long(draft.company, MAX.line),
    note: long(draft.note.trim(), MAX.note),
  };
  draft.emails.forEach((email, at) => (faults[`emails.${at}`] = wrongAddress(email, draft.emails.slice(0, at))));
  draft.phones.forEach((phone, at) => (faults[`phones.${at}`] = wrongPhone(phone)));
  for (const list of ["emails", "phones"] as const)
    if (draft[list].length > MAX.list) faults[`${list}.${MAX.list}`] = { rule: "many", max: MAX.list };
  for (const field of fields ?? []) {
    const value = tidyValue(field.kind, draft.values[field.id] ?? "");
    const rule = wrongValue(field, value, base.values[field.id]);
    faults[`values.${field.id}`] = rule ? { rule } : long(value, MAX.line);
  }
  return Object.fromEntries(Object.entries(faults).filter((pair): pair is [string, CardFault] => pair[1] !== null));
}

function wrongAddress(email: string, earlier: readonly string[]): CardFault | null {
  const written = email.trim();
  if (!written) return null;
  if (!/^[^@\s]+@[^@\s]+$/u.test(written)) return { rule: "email" };
  if (earlier.some((other) => sameAddress(other, written))) return { rule: "twice" };
  return long(written, MAX.email);
}

function wrongPhone(phone: string): CardFault | null {
  if (phone.trim() && !/\p{Nd}/u.test(phone)) return { rule: "phone" };
  return long(phone.trim(), MAX.line);
}
