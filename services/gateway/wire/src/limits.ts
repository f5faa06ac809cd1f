/** Bounds that the gateway and the router hold; the faces tell of them before they are met. */

/** Counted as Python counts: code points, not UTF-16 units. */
export const MAX_MESSAGE_CHARS = 4000;

export function charCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
