/** What was typed into forms and not saved yet, until the page is reloaded or its agent signs out. */

export interface Kept<T> {
  /** As it was read. */
  base: T;
  draft: T;
}

const forms = new Map<string, Kept<unknown>>();

export const keptForm = <T>(key: string): Kept<T> | undefined => forms.get(key) as Kept<T> | undefined;

/** Keep it; a password is typed anew. */
export function keepForm<T extends object>(key: string, kept: Kept<T>): void {
  forms.set(key, { ...kept, draft: "password" in kept.draft ? { ...kept.draft, password: "" } : kept.draft });
}

export const dropForm = (key: string): boolean => forms.delete(key);

export const forgetForms = (): void => forms.clear();
