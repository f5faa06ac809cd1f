/** What becomes of a half-filled form when somebody else saved meanwhile: what was typed stays, the rest is newer. Pure. */

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The names of the fields in which the two differ. */
export function changed<T extends object>(base: T, draft: T): (keyof T)[] {
  return (Object.keys(draft) as (keyof T)[]).filter((name) => !same(base[name], draft[name]));
}

export interface Merged<T> {
  draft: T;
  /** The fields that both changed, each in their own way; the draft's word stands in them. */
  clashes: (keyof T)[];
}

export function merge<T extends object>(base: T, draft: T, newer: T): Merged<T> {
  const mine = changed(base, draft);
  const merged = { ...newer };
  for (const name of mine) merged[name] = draft[name];
  const theirs = new Set(changed(base, newer));
  return { draft: merged, clashes: mine.filter((name) => theirs.has(name) && !same(draft[name], newer[name])) };
}
