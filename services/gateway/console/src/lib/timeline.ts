/**
 * A log as it is drawn: bubbles grouped by author, days, and one line per offer with its outcome and per hand-over.
 * Pure; every item has a key that never changes, so that nothing on the screen is drawn anew without need.
 */
import type {
  CloseReason,
  Entry,
  LeaveReason,
  OfferOutcome,
  Pending,
  Rated,
  SystemMessage,
  WaitReason,
} from "@dymek/wire";
import { sameDay } from "./format.ts";
import { successor } from "./rights.ts";

export type Item =
  | { kind: "day"; key: string; at: string }
  | {
      kind: "message";
      key: string;
      at: string;
      by: "visitor" | "me" | "agent";
      name: string;
      text: string;
      first: boolean;
      last: boolean;
    }
  | { kind: "pending"; key: string; pending: Pending; text: string; first: boolean; last: boolean }
  | { kind: "started"; key: string; at: string; topic: string }
  | { kind: "joined"; key: string; at: string; name: string; me: boolean }
  | { kind: "left"; key: string; at: string; name: string; me: boolean; reason: LeaveReason }
  | { kind: "handed"; key: string; at: string; from: string; to: string; taken: boolean }
  | { kind: "owner"; key: string; at: string; name: string; me: boolean }
  | { kind: "waits"; key: string; at: string; reason: WaitReason; topic: string }
  | { kind: "warned"; key: string; at: string; closesAt: string }
  | { kind: "company"; key: string; at: string; purpose: SystemMessage["purpose"]; text: string }
  | { kind: "offer"; key: string; at: string; name: string; by: string; byMe: boolean; outcome: OfferOutcome | null }
  | { kind: "looked_up"; key: string; at: string; known: boolean }
  | { kind: "attached"; key: string; at: string; name: string; me: boolean; customer: string | null }
  | { kind: "ended"; key: string; at: string; reason: CloseReason; name: string }
  | { kind: "ticket"; key: string; at: string; id: string; number: number }
  | { kind: "rated"; key: string; at: string; rating: Rated };

const GROUP_MS = 5 * 60_000;

export function timeline(
  entries: readonly Entry[],
  pending: readonly Pending[],
  agentId: string,
  visitorName: string,
): Item[] {
  const items: Item[] = [];
  const offers = outcomes(entries);
  const gaveEmail = entries.some(({ body }) => body.kind === "started" && body.visitor_email !== null);
  const lastRating = entries.findLast((entry) => entry.body.kind === "rated")?.seq;
  let day: string | null = null;
  let told = -1;
  for (const [index, entry] of entries.entries()) {
    if (index === told) continue;
    const handed = handOver(entries, index);
    if (handed) told = index + 1;
    const item = handed ?? drawn(entry, offers, agentId, visitorName, lastRating);
    if (!item || (item.kind === "looked_up" && !gaveEmail)) continue;
    if (day === null || !sameDay(day, entry.at)) items.push({ kind: "day", key: `day-${entry.seq}`, at: entry.at });
    day = entry.at;
    push(items, item);
  }
  for (const waiting of unsent(entries, pending)) push(items, waiting);
  return items;
}

function drawn(
  entry: Entry,
  offers: Map<string, OfferOutcome>,
  agentId: string,
  visitorName: string,
  lastRating?: number,
): Item | null {
  const { seq, at, body } = entry;
  const base = { key: String(seq), at };
  switch (body.kind) {
    case "started":
      return { ...base, kind: "started", topic: body.topic.name };
    case "visitor_message":
      return { ...base, kind: "message", by: "visitor", name: visitorName, text: body.text, first: true, last: true };
    case "agent_message": {
      // Keyed by the client's id: the bubble that was pending turns into the stored one without a flicker.
      const by = body.agent.id === agentId ? "me" : "agent";
      return {
        ...base,
        key: body.client_id,
        kind: "message",
        by,
        name: body.agent.name,
        text: body.text,
        first: true,
        last: true,
      };
    }
    case "agent_joined":
      return { ...base, kind: "joined", name: body.agent.name, me: body.agent.id === agentId };
    case "agent_left": {
      const me = body.agent.id === agentId;
      // Where it waits now is told once, not that each of them left for it.
      return body.reason === "moved" ? null : { ...base, kind: "left", name: body.agent.name, me, reason: body.reason };
    }
    case "owner_changed":
      return { ...base, kind: "owner", name: body.agent.name, me: body.agent.id === agentId };
    case "waiting_again":
      return { ...base, kind: "waits", reason: body.reason, topic: body.topic.name };
    case "inactivity_warned":
      return { ...base, kind: "warned", closesAt: body.closes_at };
    case "system_message":
      return { ...base, kind: "company", purpose: body.purpose, text: body.text };
    case "offer_made":
      return {
        ...base,
        kind: "offer",
        name: body.agent.name,
        by: body.chosen_by?.name ?? "",
        byMe: body.chosen_by?.id === agentId,
        outcome: offers.get(body.offer_id) ?? null,
      };
    case "offer_ended":
      return null; // told on the line of the offer itself
    case "customer_looked_up":
      return { ...base, kind: "looked_up", known: body.customer_id !== null };
    case "customer_attached": {
      const customer = body.customer?.name ?? null;
      return { ...base, kind: "attached", name: body.by.name, me: body.by.id === agentId, customer };
    }
    case "ended":
      return { ...base, kind: "ended", reason: body.reason, name: body.agent?.name ?? "" };
    case "ticket_opened":
      return { ...base, kind: "ticket", id: body.ticket_id, number: body.number };
    case "rated":
      return seq === lastRating ? { ...base, kind: "rated", rating: body } : null;
    default:
      return null; // a kind that a newer gateway knows
  }
}

/** One owner's going for another's coming, in one line. */
function handOver(entries: readonly Entry[], index: number): Item | null {
  const { seq, at, body } = entries[index]!;
  if (body.kind !== "agent_left" || (body.reason !== "handed_over" && body.reason !== "taken_over")) return null;
  const to = successor(entries, index);
  if (!to) return null;
  const taken = body.reason === "taken_over";
  return { kind: "handed", key: String(seq), at, from: body.agent.name, to: to.name, taken };
}

function outcomes(entries: readonly Entry[]): Map<string, OfferOutcome> {
  const ended = new Map<string, OfferOutcome>();
  for (const { body } of entries) if (body.kind === "offer_ended") ended.set(body.offer_id, body.outcome);
  return ended;
}

/** Own messages that are not in the log yet, in the order they were written. */
export function unsent(entries: readonly Entry[], pending: readonly Pending[]): Extract<Item, { kind: "pending" }>[] {
  const stored = new Set(entries.map(({ body }) => (body.kind === "agent_message" ? body.client_id : null)));
  return pending.flatMap((request) =>
    request.action.do === "post" && !stored.has(request.id)
      ? [
          {
            kind: "pending" as const,
            key: request.id,
            pending: request,
            text: request.action.text,
            first: true,
            last: true,
          },
        ]
      : [],
  );
}

/** Adds an item; a bubble that follows one of the same author within minutes joins its group. */
function push(items: Item[], item: Item): void {
  const before = items.at(-1);
  if (before && joins(before, item)) {
    (before as { last: boolean }).last = false;
    (item as { first: boolean }).first = false;
  }
  items.push(item);
}

function joins(before: Item, item: Item): boolean {
  if (item.kind === "pending") return before.kind === "pending" || (before.kind === "message" && before.by === "me");
  if (item.kind !== "message" || before.kind !== "message") return false;
  return before.by === item.by && before.name === item.name && Date.parse(item.at) - Date.parse(before.at) < GROUP_MS;
}
