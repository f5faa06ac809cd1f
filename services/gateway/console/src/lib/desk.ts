/** What a console reads out of its desk and the logs beside it. Pure. */
import type { ChatCard, Desk, Entry, MissedOffer, OfferCard, Uuid } from "@dymek/wire";

/** Offers that were not there before: they ring and are announced. */
export function newOffers(before: Desk | null, after: Desk): OfferCard[] {
  const known = new Set(before?.offers.map((offer) => offer.offer_id));
  return after.offers.filter((offer) => !known.has(offer.offer_id));
}

const MISSED_MATTERS_MS = 10 * 60_000;

/** What set the status instead of the agent, as the strip across the top tells it; null where they chose it. */
export function awayCause({ status, status_cause }: Desk): "missed_offer" | "connection_lost" | null {
  return status === "available" || status_cause === "chosen" ? null : status_cause;
}

/**
 * The missed offer to tell about, or null. What the agent declined they know, and so what the strip about a status that
 * set itself tells of; what is finished, or happened long ago (at an earlier sign-in), is not told again.
 */
export function missedToTell(desk: Desk | null, finished: ReadonlySet<Uuid>, serverNow: number): MissedOffer | null {
  const missed = desk?.missed;
  if (!missed || missed.outcome === "accepted" || missed.outcome === "declined") return null;
  if (finished.has(missed.offer_id) || awayCause(desk)) return null;
  if (desk.chats.some((chat) => chat.conversation_id === missed.conversation_id)) return null; // it came back and was taken
  const again = desk.offers.find((offer) => offer.conversation_id === missed.conversation_id);
  if (again && (missed.outcome === "withdrawn" || again.chosen_by)) return null;
  return serverNow - Date.parse(missed.at) < MISSED_MATTERS_MS ? missed : null;
}

/**
 * Whether the missed conversation waits for this agent again: offered anew by the queue it was missed in, with nobody
 * having led or moved it since. `entries` are its log, as far as it is known.
 */
export function waitsAgain(missed: MissedOffer, offers: readonly OfferCard[], entries: readonly Entry[] = []): boolean {
  const offer = offers.find((one) => one.conversation_id === missed.conversation_id);
  if (!offer || offer.chosen_by) return false;
  const at = entries.findIndex(({ body }) => body.kind === "offer_ended" && body.offer_id === missed.offer_id);
  if (at < 0) return true;
  return !entries.slice(at + 1).some(({ body }) => body.kind === "agent_joined" || body.kind === "waiting_again");
}

/** Own chats as the list shows them: open ones by their start, then closed ones, newest first. */
export function sortedChats(chats: readonly ChatCard[]): { active: ChatCard[]; closed: ChatCard[] } {
  const byStart = (a: ChatCard, b: ChatCard): number => Date.parse(a.started_at) - Date.parse(b.started_at);
  return {
    active: chats.filter((chat) => chat.state !== "closed").sort(byStart),
    closed: chats.filter((chat) => chat.state === "closed").sort((a, b) => byStart(b, a)),
  };
}

/** Conversations to follow: everything on the desk, and the one on the screen. */
export function wanted(desk: Desk | null, viewed: string | null): Set<string> {
  const ids = new Set<string>();
  for (const offer of desk?.offers ?? []) ids.add(offer.conversation_id);
  for (const chat of desk?.chats ?? []) ids.add(chat.conversation_id);
  if (viewed) ids.add(viewed);
  return ids;
}

export interface Glance {
  /** The newest message and who wrote it. */
  last: { text: string; at: string; mine: boolean; by: "visitor" | "agent" } | null;
  unread: number;
  /** Since when the visitor waits for an answer; null where the last word is an agent's. */
  waitingSince: string | null;
}

/** The list's line about a conversation. `read` is the number up to which this agent has read. */
export function glance(entries: readonly Entry[], read: number, agentId: string): Glance {
  const result: Glance = { last: null, unread: 0, waitingSince: null };
  let answered = read;
  for (const { seq, at, body } of entries) {
    if (body.kind === "visitor_message") {
      result.last = { text: body.text, at, mine: false, by: "visitor" };
      result.waitingSince ??= at;
      if (seq > answered) result.unread++;
    } else if (body.kind === "agent_message") {
      const mine = body.agent.id === agentId;
      result.last = { text: body.text, at, mine, by: "agent" };
      result.waitingSince = null;
      if (mine && seq > answered) {
        answered = seq;
        result.unread = 0; // whoever answers has read, on whatever device
      }
    } else if (body.kind === "ended") {
      result.waitingSince = null;
    }
  }
  return result;
}

/** The page's title: what waits is counted first, because a tab shows only the beginning. */
export function pageTitle(place: string, offers: number, unread: number, offerWord: string): string {
  const count = offers + unread;
  const prefix = count ? `(${count}) ` : "";
  return `${prefix}${offers ? offerWord : place} · Dymek`;
}
