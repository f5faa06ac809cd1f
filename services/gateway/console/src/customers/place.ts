/** How far the list was scrolled when it was left, so that the way back from a card leads there. */
let sought = "";
let height = 0;

export function keepPlace(q: string, top: number): void {
  sought = q;
  height = top;
}

/** A list of something else begins at its top. */
export const placeOf = (q: string): number => (q === sought ? height : 0);
