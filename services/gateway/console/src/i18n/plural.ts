/** Plural forms by the language's own rules. */

export type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

/** A chooser of forms for one language; a form that is not given falls back to the last one given. */
export function plural(language: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (n, forms) => forms[rules.select(n)] ?? Object.values(forms).at(-1) ?? String(n);
}
