/** Counts characters as the gateway does: code points, not UTF-16 units. */
export function charCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The first `most` characters, counted the same way. */
export function firstChars(text: string, most: number): string {
  return text.length <= most ? text : Array.from(text).slice(0, most).join("");
}
