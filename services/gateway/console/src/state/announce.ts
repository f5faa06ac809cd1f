/** What is said to those who listen to the page: offers at once, messages when there is a pause. */
import type { OfferCard, Uuid } from "@dymek/wire";
import { signal } from "@preact/signals";

export const polite = signal("");
export const assertive = signal("");

/** The same words twice in a row are two events; an invisible mark makes the region change. */
function say(region: typeof polite, text: string): void {
  region.value = region.value === text ? `${text}\u200b` : text;
}

export const announce = (text: string): void => say(polite, text);

/** The offer that the assertive region tells of. */
let announced: Uuid | null = null;

export function announceOffer(offerId: Uuid, text: string): void {
  announced = offerId;
  say(assertive, text);
}

/** Takes back the words about an offer that is none of these any more: whoever reads the page on must not find it. */
export function keepAnnounced(offers: readonly OfferCard[]): void {
  if (announced === null || offers.some((offer) => offer.offer_id === announced)) return;
  announced = null;
  assertive.value = "";
}
