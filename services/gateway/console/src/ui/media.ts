/** The width classes of the console, as signals: what is not on the screen is not in the document either. */
import { signal, type ReadonlySignal } from "@preact/signals";

function media(query: string): ReadonlySignal<boolean> {
  const list = window.matchMedia(query);
  const value = signal(list.matches);
  list.addEventListener("change", () => (value.value = list.matches));
  return value;
}

/** A phone: one column with a way back. */
export const narrow = media("(max-width: 47.99rem)");
/** Too little room for the details beside the conversation: they open over it. */
export const cramped = media("(max-width: 73.99rem)");
