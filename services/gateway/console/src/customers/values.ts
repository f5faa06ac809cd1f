/** Values of custom fields: how each kind is typed, kept and shown. Pure; the service keeps the same rules. */
import type { FieldDefinition, LanguageCode } from "@dymek/wire";

export type Kind = FieldDefinition["kind"];
export type ValueRule = "number" | "date" | "choice" | "link" | "yesNo";

/** A link goes nowhere but to a web page. */
export function webAddress(value: string): string | null {
  if (/[\s\\<>"]/u.test(value)) return null;
  try {
    const url = new URL(value);
    return (url.protocol === "https:" || url.protocol === "http:") && /^https?:\/\/./iu.test(value) ? value : null;
  } catch {
    return null;
  }
}

/** In the field: a decimal comma where the language has one. */
export const typed = (kind: Kind, value: string, language: LanguageCode): string =>
  kind === "number" && language === "pl" ? value.replaceAll(".", ",") : value;

/** Out of the field, as it is kept and sent. */
export const kept = (kind: Kind, text: string, language: LanguageCode): string =>
  kind === "number" && language === "pl" ? text.replaceAll(",", ".") : text;

/** As it is sent: without what only the eye needs. */
export function tidyValue(kind: Kind, value: string): string {
  if (kind === "number") return value.replace(/[\s\u00a0\u202f]/gu, "").replace(/^\u2212/u, "-");
  return value.trim();
}

/** What is wrong with a tidy value; null where nothing is. `before` is what the card has: it may always stay. */
export function wrongValue(field: Pick<FieldDefinition, "kind" | "choices">, value: string, before = ""): ValueRule | null {
  if (value === "" || value === before) return null;
  switch (field.kind) {
    case "text":
      return null;
    case "number":
      return /^[-+]?\d{1,30}(?:\.\d{1,30})?$/u.test(value) ? null : "number";
    case "date":
      return isDay(value) ? null : "date";
    case "choice":
      return field.choices.includes(value) ? null : "choice";
    case "yes_no":
      return value === "yes" || value === "no" ? null : "yesNo";
    case "link":
      return webAddress(value) === null ? "link" : null;
  }
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(value) || value.startsWith("0000")) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

/** As people read it. A link is drawn as one where it is a web address. */
export function shownValue(kind: Kind, value: string, language: LanguageCode, words: { yes: string; no: string }): string {
  switch (kind) {
    case "number":
      return typed(kind, value, language);
    case "date":
      return isDay(value)
        ? new Intl.DateTimeFormat(language === "pl" ? "pl-PL" : "en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
            new Date(`${value}T00:00:00Z`),
          )
        : value;
    case "yes_no":
      return value === "yes" ? words.yes : value === "no" ? words.no : value;
    default:
      return value;
  }
}
