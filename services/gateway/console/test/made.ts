/** Values for tests: whole ones, with only what the test is about named by it. */
import {
  agentView,
  type BoardCard,
  type ChatCard,
  type Desk,
  type Entry,
  type EntryBody,
  type LeaveReason,
  type Me,
  type NamedRef,
  type OfferCard,
  type OfferOutcome,
  type Pending,
} from "@dymek/wire";
import type { LogView } from "../src/state/live.ts";

export const ME = { id: "jan", name: "Jan Kowalski" };
export const EWA = { id: "ewa", name: "Ewa Zielińska" };
export const SALES = { id: "sales", name: "Sprzedaż" };
export const START = Date.parse("2026-11-23T12:00:00Z");

export const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

/** A log from its bodies, a minute between entries unless told otherwise. */
export function entries(bodies: EntryBody[], gap = 60): Entry[] {
  return bodies.map((body, index) => ({ seq: index + 1, at: at(index * gap), body }));
}

export const started = (visitor_name = "Anna", visitor_email: string | null = "anna@example.com"): EntryBody => ({
  kind: "started",
  topic: SALES,
  visitor_name,
  visitor_email,
  language: "pl",
  browser: agentView.empty("c").browser,
});
let ids = 0;
export const said = (text: string): EntryBody => ({ kind: "visitor_message", client_id: `v${++ids}`, text });
export const wrote = (text: string, agent = ME, client_id = `a${++ids}`): EntryBody => ({
  kind: "agent_message",
  client_id,
  agent,
  text,
});
export const joined = (agent = ME, owner = true): EntryBody => ({ kind: "agent_joined", agent, owner });
export const left = (agent = ME, reason: LeaveReason = "left"): EntryBody => ({ kind: "agent_left", agent, reason });
export const offered = (offer_id: string, agent = ME, chosen_by: NamedRef | null = null): EntryBody => ({
  kind: "offer_made",
  offer_id,
  agent,
  expires_at: at(60),
  chosen_by,
});
export const answered = (offer_id: string, outcome: OfferOutcome, agent = ME): EntryBody => ({
  kind: "offer_ended",
  offer_id,
  agent,
  outcome,
});

export function log(all: Entry[]): LogView {
  return { header: all.reduce((header, entry) => agentView.apply(header, entry), agentView.empty("c")), entries: all };
}

export const offer = (offer_id: string, fields: Partial<OfferCard> = {}): OfferCard => ({
  offer_id,
  conversation_id: `conversation-${offer_id}`,
  topic: SALES,
  visitor_name: "Anna Nowak",
  made_at: at(0),
  expires_at: at(20),
  waiting_since: at(-40),
  chosen_by: null,
  ...fields,
});

export const chat = (conversation_id: string, fields: Partial<ChatCard> = {}): ChatCard => ({
  conversation_id,
  topic: SALES,
  visitor_name: "Anna Nowak",
  state: "active",
  head: 1,
  started_at: at(0),
  owner_id: ME.id,
  unanswered: false,
  answer_due: null,
  ...fields,
});

export const card = (conversation_id: string, fields: Partial<BoardCard> = {}): BoardCard => ({
  conversation_id,
  head: 1,
  state: "waiting",
  topic: SALES,
  visitor_name: "Anna Nowak",
  waiting_since: at(0),
  started_at: at(0),
  owner: null,
  participants: [],
  offered_to: null,
  ...fields,
});

export const me = (fields: Partial<Me> = {}): Me => ({
  agent_id: ME.id,
  name: ME.name,
  email: "jan@example.com",
  role: "agent",
  ...fields,
});

export const desk = (fields: Partial<Desk> = {}): Desk => ({
  agent_id: ME.id,
  version: 1,
  status: "available",
  status_reason: "",
  load: 0,
  capacity: 3,
  offers: [],
  chats: [],
  missed: null,
  status_cause: "chosen",
  missed_count: 0,
  role: "agent",
  ...fields,
});

export const pendingPost = (id: string, text: string, fields: Partial<Pending> = {}): Pending => ({
  id,
  stream: "c",
  action: { do: "post", text },
  at: at(0),
  state: "sent",
  tries: 1,
  seq: null,
  refusal: null,
  ...fields,
});
