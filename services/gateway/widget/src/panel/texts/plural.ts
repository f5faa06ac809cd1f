/** Picks the form of a word that goes with a number, by the rules of the language. */
import type { LanguageCode } from "@dymek/wire";

type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

export function pluralIn(language: LanguageCode): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => forms[rules.select(count)] ?? forms.many ?? forms.other ?? "";
}
