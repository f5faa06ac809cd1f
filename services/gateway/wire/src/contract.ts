// Generated from contracts/schemas/wire.json by npm run types; change the contracts, not this file.

/** The longest message, in code points. */
export const MAX_MESSAGE_CHARS = 4000;

export interface Accept {
  do: "accept";
  offer_id: string;
}

/** Done and stored; `seq` is the entry's number where it made one. */
export interface Ack {
  t: "ack";
  id: string;
  seq: number | null;
}

export interface AgentEvent {
  t: "event";
  stream: string;
  entry: Entry;
}

export interface AgentJoined {
  kind: "agent_joined";
  agent: NamedRef;
  owner: boolean;
}

export interface AgentJoinedForVisitor {
  kind: "agent_joined";
  agent_name: string;
}

export interface AgentMessage {
  kind: "agent_message";
  client_id: string;
  agent: NamedRef;
  text: string;
}

export interface AgentMessageForVisitor {
  kind: "agent_message";
  agent_name: string;
  text: string;
}

export interface AgentReplay {
  t: "replay";
  stream: string;
  entries: Entry[];
  /** Number of the last entry of a log; 0 when it has none. */
  head: number;
}

export interface AgentReset {
  t: "reset";
  stream: string;
  snapshot: Snapshot;
}

export type AgentServerFrame = Welcome | AgentReplay | AgentReset | AgentEvent | Ack | Refused | Beat | TypingSeen | VisitorOnline | DeskChanged | Alert | Drain;

/** To agents: a new ticket. */
export interface Alert {
  t: "alert";
  alert: "ticket_opened";
  ticket_id: string;
  number: number;
  subject_line: string;
  name: string;
}

/** Every `beat_seconds`: the last number of each followed stream, and the desk's version for an agent. */
export interface Beat {
  t: "beat";
  heads: Record<string, number>;
  desk: number | null;
}

/** What the visitor's browser told, as agents see it. The address is already shortened according to the setting. */
export interface BrowserDetails {
  user_agent: string;
  browser: string;
  system: string;
  languages: string;
  screen: string;
  page_url: string;
  page_title: string;
  referrer: string;
  address: string;
}

/** A conversation the agent takes part in, or took part in lately. */
export interface ChatCard {
  conversation_id: string;
  topic: NamedRef;
  visitor_name: string;
  state: "waiting" | "offered" | "active" | "closed";
  /** Number of the last entry of a log; 0 when it has none. */
  head: number;
  started_at: string;
  owner_id: string | null;
}

export type ClientFrame = Hello | Open | Leave | Pull | Send | Typing | Seen | Pong;

export interface CustomField {
  label: string;
  value: string;
}

/** A customer's card as shown beside a conversation. */
export interface Customer {
  id: string;
  name: string;
  company: string;
  emails: string[];
  phones: string[];
  note: string;
  /** Only the custom fields with "show in chat". */
  fields: CustomField[];
}

/** The visitor's address was looked up: always logged once, found or not, so that numbering tells nothing. */
export interface CustomerLookedUp {
  kind: "customer_looked_up";
  customer_id: string | null;
  verified: boolean;
}

export interface Decline {
  do: "decline";
  offer_id: string;
}

/** To the visitor: entries up to `seq` have been shown to an agent. */
export interface Delivered {
  t: "delivered";
  stream: string;
  /** Number of the last entry of a log; 0 when it has none. */
  seq: number;
}

/** All an agent's console shows outside a conversation. Replaced as a whole; the highest `version` wins. */
export interface Desk {
  agent_id: string;
  version: number;
  status: "available" | "break" | "offline";
  status_reason: string;
  load: number;
  capacity: number;
  offers: OfferCard[];
  chats: ChatCard[];
  missed: MissedOffer | null;
}

/** To an agent: the whole desk; ignore it where its version is not higher. */
export interface DeskChanged {
  t: "desk";
  desk: Desk;
}

/** This gateway goes away: connect anew after `within` seconds at the most, at a random moment of them. */
export interface Drain {
  t: "drain";
  within: number;
}

export interface End {
  do: "end";
}

/** The conversation is over. */
export interface Ended {
  kind: "ended";
  reason: "ended_by_agent" | "ended_by_visitor" | "inactive" | "became_ticket";
  /** The agent who ended it, where one did. */
  agent: NamedRef | null;
}

export interface EndedForVisitor {
  kind: "ended";
  reason: "ended_by_agent" | "ended_by_visitor" | "inactive" | "became_ticket";
  agent_name: string | null;
}

/** One entry as agents see it. */
export interface Entry {
  /** Number of an entry in its conversation's log: from 1, without gaps. */
  seq: number;
  at: string;
  body: Started | VisitorMessage | AgentMessage | CustomerLookedUp | OfferMade | OfferEnded | AgentJoined | Ended | TicketOpened | Rated;
}

export interface FormField {
  shown: boolean;
  required: boolean;
}

/** What agents see of a conversation at a glance. */
export interface Header {
  conversation_id: string;
  /** Number of the last entry of a log; 0 when it has none. */
  head: number;
  state: "waiting" | "offered" | "active" | "closed";
  topic: NamedRef | null;
  visitor_name: string | null;
  visitor_email: string | null;
  language: "pl" | "en";
  browser: BrowserDetails;
  customer_id: string | null;
  customer_verified: boolean;
  looked_up: boolean;
  owner: NamedRef | null;
  participants: NamedRef[];
  started_at: string | null;
  ended_at: string | null;
  close_reason: "ended_by_agent" | "ended_by_visitor" | "inactive" | "became_ticket" | null;
  ticket_number: number | null;
  rating: Rated | null;
}

/** First frame. A visitor names token and streams; an agent is known by the session cookie of the upgrade. */
export interface Hello {
  t: "hello";
  v: 1;
  token?: string | null;
  /** Each stream with the last number the client has; 0 asks for a snapshot (`reset`). */
  streams?: Record<string, number>;
}

/** Follow a stream no longer. */
export interface Leave {
  t: "leave";
  stream: string;
}

export interface LeaveTicket {
  do: "leave_ticket";
  name: string;
  email: string;
  text: string;
}

/** The signed-in agent: `GET /api/session`. */
export interface Me {
  agent_id: string;
  name: string;
  email: string;
}

/** The agent's latest offer that ended without them accepting it, and why. */
export interface MissedOffer {
  offer_id: string;
  conversation_id: string;
  visitor_name: string;
  outcome: "accepted" | "declined" | "expired" | "withdrawn";
  at: string;
}

/** An id with the name it had when the message was made, so that a log stays readable after a rename. */
export interface NamedRef {
  id: string;
  name: string;
}

/** A conversation offered to the agent, until `expires_at`. */
export interface OfferCard {
  offer_id: string;
  conversation_id: string;
  topic: NamedRef;
  visitor_name: string;
  made_at: string;
  expires_at: string;
  waiting_since: string;
}

export interface OfferEnded {
  kind: "offer_ended";
  offer_id: string;
  agent: NamedRef;
  outcome: "accepted" | "declined" | "expired" | "withdrawn";
}

export interface OfferMade {
  kind: "offer_made";
  offer_id: string;
  agent: NamedRef;
  expires_at: string;
}

/**
 * Follow a stream from `after` on; 0 asks for a snapshot.
 *
 * Answered by `replay`, `reset` or `refused {id: stream}`.
 */
export interface Open {
  t: "open";
  stream: string;
  /** Number of the last entry of a log; 0 when it has none. */
  after?: number;
}

/** What the page tells about the visitor's browser; the gateway adds user agent and address. */
export interface PageDetails {
  languages?: string;
  screen?: string;
  page_url?: string;
  page_title?: string;
  referrer?: string;
}

/** To a waiting visitor: the place in the queue, from 1. */
export interface Place {
  t: "place";
  stream: string;
  place: number;
}

/** The answer to a beat. */
export interface Pong {
  t: "pong";
}

export interface Post {
  do: "post";
  text: string;
}

/** Ask for the entries after a number: fills a hole. Answered by `replay`. */
export interface Pull {
  t: "pull";
  stream: string;
  /** Number of the last entry of a log; 0 when it has none. */
  after: number;
}

export interface Rate {
  do: "rate";
  score: "good" | "neutral" | "bad";
  comment?: string;
}

/** The visitor rated the conversation; a later entry replaces an earlier one. */
export interface Rated {
  kind: "rated";
  score: "good" | "neutral" | "bad";
  comment: string;
}

export interface Rating {
  conversation_id: string;
  score: "good" | "neutral" | "bad";
  comment: string;
  rated_at: string;
}

/** A refusal with what a person or program needs to react to it. */
export interface Refusal {
  code: RefusalCode;
  detail: string | null;
  /** Seconds until trying again makes sense. */
  retry_after: number | null;
}

/** The stable names of refusals. A client that meets an unknown one shows the general sentence. */
export type RefusalCode = "too_late" | "taken" | "not_yours" | "closed" | "not_closed" | "not_waiting" | "no_capacity" | "unknown" | "invalid" | "too_long" | "too_fast" | "unavailable" | "unauthorised";

/** Not done, and why. `id` is the request's, or the stream's for `open` and `pull`, if any. */
export interface Refused {
  t: "refused";
  id: string | null;
  refusal: Refusal;
}

/** A console has shown the entries up to `seq`. */
export interface Seen {
  t: "seen";
  stream: string;
  /** Number of an entry in its conversation's log: from 1, without gaps. */
  seq: number;
}

/** Ask for something to be done. `stream` is absent only in `status`. Answered once by `ack` or `refused`. */
export interface Send {
  t: "send";
  id: string;
  stream?: string | null;
  action: Start | Post | Accept | Decline | End | LeaveTicket | Rate | Status;
}

export interface SignIn {
  email: string;
  password: string;
}

/** A conversation as an agent sees it: header and the entries after the number asked for. */
export interface Snapshot {
  header: Header;
  entries: Entry[];
}

export interface Start {
  do: "start";
  topic_id: string;
  name: string;
  email?: string | null;
  language?: "pl" | "en";
  page?: PageDetails;
}

/** The visitor started the conversation. */
export interface Started {
  kind: "started";
  topic: NamedRef;
  visitor_name: string;
  visitor_email: string | null;
  language: "pl" | "en";
  browser: BrowserDetails;
}

export interface StartedForVisitor {
  kind: "started";
  topic_name: string;
  visitor_name: string;
}

export interface Status {
  do: "status";
  status: "available" | "break" | "offline";
  reason?: string;
}

/** A ticket's card: the summary and the thread, oldest first. */
export interface Ticket {
  id: string;
  number: number;
  subject_line: string;
  status: "new";
  topic: NamedRef;
  name: string;
  email: string;
  opened_at: string;
  conversation_id: string | null;
  language: "pl" | "en";
  messages: TicketMessage[];
}

export interface TicketMessage {
  author: string;
  text: string;
  at: string;
}

/** The conversation became this ticket. */
export interface TicketOpened {
  kind: "ticket_opened";
  ticket_id: string;
  number: number;
}

export interface TicketOpenedForVisitor {
  kind: "ticket_opened";
  number: number;
}

/** One page of the list, newest first; `next` is the number to ask on from, None at the end. */
export interface TicketPage {
  tickets: TicketSummary[];
  next: number | null;
}

export interface TicketSummary {
  id: string;
  number: number;
  subject_line: string;
  status: "new";
  topic: NamedRef;
  name: string;
  email: string;
  opened_at: string;
}

/** A chat queue as visitors and agents see it. */
export interface Topic {
  id: string;
  name: string;
  offer_seconds: number;
}

/** The sender is writing. A visitor sends the unsent text where sneak-peek is on; an agent never does. */
export interface Typing {
  t: "typing";
  stream: string;
  typing: boolean;
  text?: string;
}

/** The other side is writing; `text` only ever reaches agents. */
export interface TypingSeen {
  t: "typing";
  stream: string;
  who: "visitor" | "agent";
  agent_name: string;
  typing: boolean;
  text: string;
}

/** One entry as the visitor sees it; without a body it is a skip that only keeps the numbering whole. */
export interface VisitorEntry {
  /** Number of an entry in its conversation's log: from 1, without gaps. */
  seq: number;
  at: string;
  body: StartedForVisitor | VisitorMessage | AgentMessageForVisitor | AgentJoinedForVisitor | EndedForVisitor | TicketOpenedForVisitor | Rated | null;
}

/** A new entry. Where its number is not the next one, `pull`. */
export interface VisitorEvent {
  t: "event";
  stream: string;
  entry: VisitorEntry;
}

/** What the visitor sees of their conversation at a glance. */
export interface VisitorHeader {
  conversation_id: string;
  /** Number of the last entry of a log; 0 when it has none. */
  head: number;
  state: "waiting" | "active" | "closed";
  topic_name: string | null;
  visitor_name: string | null;
  agents: string[];
  started_at: string | null;
  ended_at: string | null;
  close_reason: "ended_by_agent" | "ended_by_visitor" | "inactive" | "became_ticket" | null;
  ticket_number: number | null;
  rating: Rated | null;
}

export interface VisitorMessage {
  kind: "visitor_message";
  client_id: string;
  text: string;
}

/** To agents: the visitor's page came or went. */
export interface VisitorOnline {
  t: "visitor";
  stream: string;
  online: boolean;
}

/** Entries missed, in order; `head` is the log's last number, more follow while the last entry is below it. */
export interface VisitorReplay {
  t: "replay";
  stream: string;
  entries: VisitorEntry[];
  /** Number of the last entry of a log; 0 when it has none. */
  head: number;
}

/** Forget what you have of the stream; this is all of it. */
export interface VisitorReset {
  t: "reset";
  stream: string;
  snapshot: VisitorSnapshot;
}

export type VisitorServerFrame = Welcome | VisitorReplay | VisitorReset | VisitorEvent | Ack | Refused | Beat | TypingSeen | Place | Delivered | Drain;

/** A conversation as its visitor sees it; `place` is theirs in the queue while they wait. */
export interface VisitorSnapshot {
  header: VisitorHeader;
  entries: VisitorEntry[];
  place: number | null;
}

/** `POST /api/widgets/{key}/visitors`: a random token, kept by the widget's frame, stored hashed by the gateway. */
export interface VisitorToken {
  token: string;
}

/** The hello was accepted. An agent gets the desk; every stream of the hello is answered after it. */
export interface Welcome {
  t: "welcome";
  v: 1;
  beat_seconds: number;
  desk: Desk | null;
}

/** What the panel needs to draw itself: `GET /api/widgets/{key}`. */
export interface WidgetConfig {
  key: string;
  title: string;
  language: "pl" | "en";
  topics: Topic[];
  name_field: FormField;
  email_field: FormField;
  sneak_peek: boolean;
}
