/** Where the list was left, so that the way back from a ticket leads there: the address with its filters, and the height. */
import { signal } from "@preact/signals";
import { paths } from "../lib/route.ts";

/** The list as it was shown last. */
export const lastList = signal(paths.tickets);

let search = "";
let height = 0;

export function keepPlace(of: string, top: number): void {
  search = of;
  height = top;
  lastList.value = paths.tickets + of;
}

/** How far the list of this address was scrolled; a list that is shown anew begins at its top. */
export function placeOf(of: string): number {
  const top = of === search ? height : 0;
  keepPlace(of, top);
  return top;
}
