/**
 * Headers folded from the log: the same functions as in contracts/views.py, held together by shared vectors.
 *
 * `view.apply(header, entry)` is pure and expects the next entry; order, repetition and holes are the log's matter
 * (log.ts).
 */
import type { CloseReason, Entry, Header, Uuid, VisitorEntry, VisitorHeader } from "./types.ts";

/** One side's way to look at a conversation: a header folded from numbered entries. */
export interface View<H extends { head: number }, E extends { seq: number }> {
  /** The header of a log without entries. */
  empty(conversation: Uuid): H;
  /** The header after `entry`. Throws RangeError when `entry` is not the next one. */
  apply(header: H, entry: E): H;
}

export function expectNext(head: number, seq: number): void {
  if (seq !== head + 1) throw new RangeError(`entry ${seq} does not follow entry ${head}`);
}

export const agentView: View<Header, Entry> = {
  empty: (conversation) => ({
    conversation_id: conversation,
    head: 0,
    state: "waiting",
    topic: null,
    visitor_name: null,
    visitor_email: null,
    language: "pl",
    browser: {
      user_agent: "",
      browser: "",
      system: "",
      languages: "",
      screen: "",
      page_url: "",
      page_title: "",
      referrer: "",
      address: "",
    },
    customer_id: null,
    customer_verified: false,
    looked_up: false,
    owner: null,
    participants: [],
    offer: null,
    started_at: null,
    ended_at: null,
    close_reason: null,
    ticket_number: null,
    rating: null,
  }),
  apply(header, entry) {
    expectNext(header.head, entry.seq);
    return { ...header, ...agentChanges(header, entry), head: entry.seq };
  },
};

function agentChanges(header: Header, { at, body }: Entry): Partial<Header> {
  switch (body.kind) {
    case "started":
      return {
        state: "waiting",
        topic: body.topic,
        visitor_name: body.visitor_name,
        visitor_email: body.visitor_email,
        language: body.language,
        browser: body.browser,
        started_at: at,
      };
    case "customer_looked_up":
      return { looked_up: true, customer_id: body.customer_id, customer_verified: body.verified };
    case "customer_attached":
      return { looked_up: true, customer_id: body.customer?.id ?? null, customer_verified: false };
    case "offer_made": {
      const { offer_id, agent, expires_at, chosen_by } = body;
      const offer = { offer_id, agent, expires_at, chosen_by };
      return { state: header.state === "waiting" ? "offered" : header.state, offer };
    }
    case "offer_ended": {
      const back = header.state === "offered" && body.outcome !== "accepted";
      return { state: back ? "waiting" : header.state, offer: null };
    }
    case "agent_joined": {
      const joined: Partial<Header> = { state: "active", participants: [...header.participants, body.agent] };
      return body.owner ? { ...joined, owner: body.agent } : joined;
    }
    case "agent_left":
      return {
        participants: header.participants.filter((agent) => agent.id !== body.agent.id),
        owner: header.owner?.id === body.agent.id ? null : header.owner,
      };
    case "owner_changed":
      return { owner: body.agent };
    case "waiting_again":
      return { state: header.offer ? "offered" : "waiting", topic: body.topic, owner: null, participants: [] };
    case "ended":
      return { state: "closed", ended_at: at, close_reason: body.reason, ...numberToCome(body.reason) };
    case "ticket_opened":
      return { ticket_number: body.number };
    case "rated":
      return { rating: body };
    default:
      return {}; // messages, and kinds that a newer gateway may know: they only count
  }
}

export const visitorView: View<VisitorHeader, VisitorEntry> = {
  empty: (conversation) => ({
    conversation_id: conversation,
    head: 0,
    state: "waiting",
    topic_name: null,
    visitor_name: null,
    agents: [],
    started_at: null,
    ended_at: null,
    close_reason: null,
    ticket_number: null,
    rating: null,
  }),
  apply(header, entry) {
    expectNext(header.head, entry.seq);
    return { ...header, ...visitorChanges(header, entry), head: entry.seq };
  },
};

function visitorChanges(header: VisitorHeader, { at, body }: VisitorEntry): Partial<VisitorHeader> {
  switch (body?.kind) {
    case "started":
      return { topic_name: body.topic_name, visitor_name: body.visitor_name, started_at: at };
    case "agent_joined":
      return { state: "active", agents: [...header.agents, body.agent_name].sort() };
    case "agent_left":
      return { agents: without(header.agents, body.agent_name) };
    case "waiting_again":
      return { state: "waiting", topic_name: body.topic_name, agents: [] };
    case "ended":
      return { state: "closed", ended_at: at, close_reason: body.reason, ...numberToCome(body.reason) };
    case "ticket_opened":
      return { ticket_number: body.number };
    case "rated":
      return { rating: body };
    default:
      return {};
  }
}

/** A ticket that an agent opened before is not the one that the conversation becomes. */
function numberToCome(reason: CloseReason): { ticket_number?: null } {
  return reason === "became_ticket" ? { ticket_number: null } : {};
}

/** The names less one of that name: two agents may be called the same, and the visitor cannot tell them apart. */
function without(names: string[], name: string): string[] {
  const at = names.indexOf(name);
  return at < 0 ? names : names.filter((_, index) => index !== at);
}
