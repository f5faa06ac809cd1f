/** What is said to those who listen to the page: offers at once, messages when there is a pause. */
import { signal } from "@preact/signals";

export const polite = signal("");
export const assertive = signal("");

/** The same words twice in a row are two events; an invisible mark makes the region change. */
function say(region: typeof polite, text: string): void {
  region.value = region.value === text ? `${text}\u200b` : text;
}

export const announce = (text: string): void => say(polite, text);
export const announceNow = (text: string): void => say(assertive, text);
