/**
 * The values that cross the wire, by the names they have in contracts/.
 * Fields that the server always writes are required here, also where the contract has a default for them.
 */

export type Uuid = string;
/** ISO 8601 with an offset. */
export type Timestamp = string;
export type LanguageCode = "pl" | "en";
export type Score = "good" | "neutral" | "bad";
export type CloseReason = "ended_by_agent" | "ended_by_visitor" | "inactive" | "became_ticket";
export type OfferOutcome = "accepted" | "declined" | "expired" | "withdrawn";
export type State = "waiting" | "offered" | "active" | "closed";
export type VisitorState = "waiting" | "active" | "closed";
export type AgentStatus = "available" | "break" | "offline";

export interface NamedRef {
  id: Uuid;
  name: string;
}

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

// --- entries, as agents see them

export interface Started {
  kind: "started";
  topic: NamedRef;
  visitor_name: string;
  visitor_email: string | null;
  language: LanguageCode;
  browser: BrowserDetails;
}

export interface VisitorMessage {
  kind: "visitor_message";
  client_id: Uuid;
  text: string;
}

export interface AgentMessage {
  kind: "agent_message";
  client_id: Uuid;
  agent: NamedRef;
  text: string;
}

export interface CustomerLookedUp {
  kind: "customer_looked_up";
  customer_id: Uuid | null;
  verified: boolean;
}

export interface OfferMade {
  kind: "offer_made";
  offer_id: Uuid;
  agent: NamedRef;
  expires_at: Timestamp;
}

export interface OfferEnded {
  kind: "offer_ended";
  offer_id: Uuid;
  agent: NamedRef;
  outcome: OfferOutcome;
}

export interface AgentJoined {
  kind: "agent_joined";
  agent: NamedRef;
  owner: boolean;
}

export interface Ended {
  kind: "ended";
  reason: CloseReason;
  agent: NamedRef | null;
}

export interface TicketOpened {
  kind: "ticket_opened";
  ticket_id: Uuid;
  number: number;
}

export interface Rated {
  kind: "rated";
  score: Score;
  comment: string;
}

export type EntryBody =
  | Started
  | VisitorMessage
  | AgentMessage
  | CustomerLookedUp
  | OfferMade
  | OfferEnded
  | AgentJoined
  | Ended
  | TicketOpened
  | Rated;

export interface Entry {
  seq: number;
  at: Timestamp;
  body: EntryBody;
}

// --- entries, as the visitor sees them

export interface StartedForVisitor {
  kind: "started";
  topic_name: string;
  visitor_name: string;
}

export interface AgentMessageForVisitor {
  kind: "agent_message";
  agent_name: string;
  text: string;
}

export interface AgentJoinedForVisitor {
  kind: "agent_joined";
  agent_name: string;
}

export interface EndedForVisitor {
  kind: "ended";
  reason: CloseReason;
  agent_name: string | null;
}

export interface TicketOpenedForVisitor {
  kind: "ticket_opened";
  number: number;
}

export type VisitorEntryBody =
  | StartedForVisitor
  | VisitorMessage
  | AgentMessageForVisitor
  | AgentJoinedForVisitor
  | EndedForVisitor
  | TicketOpenedForVisitor
  | Rated;

/** Without a body the entry is a skip that only keeps the numbering whole. */
export interface VisitorEntry {
  seq: number;
  at: Timestamp;
  body: VisitorEntryBody | null;
}

// --- headers

export interface Header {
  conversation_id: Uuid;
  head: number;
  state: State;
  topic: NamedRef | null;
  visitor_name: string | null;
  visitor_email: string | null;
  language: LanguageCode;
  browser: BrowserDetails;
  customer_id: Uuid | null;
  customer_verified: boolean;
  looked_up: boolean;
  owner: NamedRef | null;
  participants: NamedRef[];
  started_at: Timestamp | null;
  ended_at: Timestamp | null;
  close_reason: CloseReason | null;
  ticket_number: number | null;
  rating: Rated | null;
}

export interface VisitorHeader {
  conversation_id: Uuid;
  head: number;
  state: VisitorState;
  topic_name: string | null;
  visitor_name: string | null;
  agents: string[];
  started_at: Timestamp | null;
  ended_at: Timestamp | null;
  close_reason: CloseReason | null;
  ticket_number: number | null;
  rating: Rated | null;
}

export interface Snapshot {
  header: Header;
  entries: Entry[];
}

export interface VisitorSnapshot {
  header: VisitorHeader;
  entries: VisitorEntry[];
  place: number | null;
}

// --- refusals

export type RefusalCode =
  | "too_late"
  | "taken"
  | "not_yours"
  | "closed"
  | "not_closed"
  | "not_waiting"
  | "no_capacity"
  | "unknown"
  | "invalid"
  | "too_long"
  | "too_fast"
  | "unavailable"
  | "unauthorised";

export interface Refusal {
  code: RefusalCode;
  detail: string | null;
  retry_after: number | null;
}

// --- reads

export interface Topic {
  id: Uuid;
  name: string;
  offer_seconds: number;
}

export interface OfferCard {
  offer_id: Uuid;
  conversation_id: Uuid;
  topic: NamedRef;
  visitor_name: string;
  made_at: Timestamp;
  expires_at: Timestamp;
  waiting_since: Timestamp;
}

export interface ChatCard {
  conversation_id: Uuid;
  topic: NamedRef;
  visitor_name: string;
  state: State;
  head: number;
  started_at: Timestamp;
  owner_id: Uuid | null;
}

export interface MissedOffer {
  offer_id: Uuid;
  conversation_id: Uuid;
  visitor_name: string;
  outcome: OfferOutcome;
  at: Timestamp;
}

export interface Desk {
  agent_id: Uuid;
  version: number;
  status: AgentStatus;
  status_reason: string;
  load: number;
  capacity: number;
  offers: OfferCard[];
  chats: ChatCard[];
  missed: MissedOffer | null;
}

export interface CustomField {
  label: string;
  value: string;
}

export interface Customer {
  id: Uuid;
  name: string;
  company: string;
  emails: string[];
  phones: string[];
  note: string;
  fields: CustomField[];
}

export interface TicketSummary {
  id: Uuid;
  number: number;
  subject_line: string;
  status: "new";
  topic: NamedRef;
  name: string;
  email: string;
  opened_at: Timestamp;
}

export interface TicketMessage {
  author: string;
  text: string;
  at: Timestamp;
}

export interface Ticket extends TicketSummary {
  conversation_id: Uuid | null;
  language: LanguageCode;
  messages: TicketMessage[];
}

export interface TicketPage {
  tickets: TicketSummary[];
  next: number | null;
}

export interface Rating {
  conversation_id: Uuid;
  score: Score;
  comment: string;
  rated_at: Timestamp;
}

// --- HTTP bodies

export interface FormField {
  shown: boolean;
  required: boolean;
}

export interface WidgetConfig {
  key: string;
  title: string;
  language: LanguageCode;
  topics: Topic[];
  name_field: FormField;
  email_field: FormField;
  sneak_peek: boolean;
}

export interface VisitorToken {
  token: string;
}

export interface SignIn {
  email: string;
  password: string;
}

export interface Me {
  agent_id: Uuid;
  name: string;
  email: string;
}

// --- what a client sends

export interface PageDetails {
  languages?: string;
  screen?: string;
  page_url?: string;
  page_title?: string;
  referrer?: string;
}

export interface Start {
  do: "start";
  topic_id: Uuid;
  name: string;
  email?: string | null;
  language?: LanguageCode;
  page?: PageDetails;
}

export interface Post {
  do: "post";
  text: string;
}

export interface Accept {
  do: "accept";
  offer_id: Uuid;
}

export interface Decline {
  do: "decline";
  offer_id: Uuid;
}

export interface End {
  do: "end";
}

export interface LeaveTicket {
  do: "leave_ticket";
  name: string;
  email: string;
  text: string;
}

export interface Rate {
  do: "rate";
  score: Score;
  comment?: string;
}

export interface Status {
  do: "status";
  status: AgentStatus;
  reason?: string;
}

export type Action = Start | Post | Accept | Decline | End | LeaveTicket | Rate | Status;

export interface Hello {
  t: "hello";
  v: 1;
  token?: string | null;
  streams?: Record<Uuid, number>;
}

export interface Open {
  t: "open";
  stream: Uuid;
  after: number;
}

export interface Leave {
  t: "leave";
  stream: Uuid;
}

export interface Pull {
  t: "pull";
  stream: Uuid;
  after: number;
}

export interface Send {
  t: "send";
  id: Uuid;
  stream?: Uuid | null;
  action: Action;
}

export interface Typing {
  t: "typing";
  stream: Uuid;
  typing: boolean;
  text?: string;
}

export interface Seen {
  t: "seen";
  stream: Uuid;
  seq: number;
}

export interface Pong {
  t: "pong";
}

export type ClientFrame = Hello | Open | Leave | Pull | Send | Typing | Seen | Pong;

// --- what the gateway sends

export interface Welcome {
  t: "welcome";
  v: 1;
  beat_seconds: number;
  desk: Desk | null;
}

export interface VisitorReplay {
  t: "replay";
  stream: Uuid;
  entries: VisitorEntry[];
  head: number;
}

export interface AgentReplay {
  t: "replay";
  stream: Uuid;
  entries: Entry[];
  head: number;
}

export interface VisitorReset {
  t: "reset";
  stream: Uuid;
  snapshot: VisitorSnapshot;
}

export interface AgentReset {
  t: "reset";
  stream: Uuid;
  snapshot: Snapshot;
}

export interface VisitorEvent {
  t: "event";
  stream: Uuid;
  entry: VisitorEntry;
}

export interface AgentEvent {
  t: "event";
  stream: Uuid;
  entry: Entry;
}

export interface Ack {
  t: "ack";
  id: Uuid;
  seq: number | null;
}

export interface Refused {
  t: "refused";
  id: Uuid | null;
  refusal: Refusal;
}

export interface Beat {
  t: "beat";
  heads: Record<Uuid, number>;
  desk: number | null;
}

export interface TypingSeen {
  t: "typing";
  stream: Uuid;
  who: "visitor" | "agent";
  agent_name: string;
  typing: boolean;
  text: string;
}

export interface Place {
  t: "place";
  stream: Uuid;
  place: number;
}

export interface VisitorOnline {
  t: "visitor";
  stream: Uuid;
  online: boolean;
}

export interface Delivered {
  t: "delivered";
  stream: Uuid;
  seq: number;
}

export interface DeskChanged {
  t: "desk";
  desk: Desk;
}

export interface Alert {
  t: "alert";
  alert: "ticket_opened";
  ticket_id: Uuid;
  number: number;
  subject_line: string;
  name: string;
}

export interface Drain {
  t: "drain";
  within: number;
}

export type VisitorServerFrame =
  | Welcome
  | VisitorReplay
  | VisitorReset
  | VisitorEvent
  | Ack
  | Refused
  | Beat
  | TypingSeen
  | Place
  | Delivered
  | Drain;

export type AgentServerFrame =
  | Welcome
  | AgentReplay
  | AgentReset
  | AgentEvent
  | Ack
  | Refused
  | Beat
  | TypingSeen
  | VisitorOnline
  | DeskChanged
  | Alert
  | Drain;
