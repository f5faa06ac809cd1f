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

/** Who did something. The system has no id. */
export interface Actor {
  kind: "visitor" | "agent" | "system";
  id: string | null;
}

/** `GET /api/admin/agents`: an account as administrators see it. */
export interface AgentAccount {
  email: string;
  name: string;
  /** Conversations at once; None for the global number. */
  capacity: number | null;
  topic_ids: string[];
  role: "agent" | "supervisor" | "administrator";
  /** Per topic; 5 where none is named. */
  priorities: Record<string, number>;
  agent_id: string;
  version: number;
}

export interface AgentAccounts {
  agents: AgentAccount[];
}

/** `PUT /api/admin/agents/{id}`; without a password it stays as it is. 409 when `version` is not the stored one. */
export interface AgentChange {
  email: string;
  name: string;
  /** Conversations at once; None for the global number. */
  capacity?: number | null;
  topic_ids: string[];
  role?: "agent" | "supervisor" | "administrator";
  /** Per topic; 5 where none is named. */
  priorities?: Record<string, number>;
  password?: string | null;
  version: number;
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

/** The agent takes part no longer. Where the owner left, the next entries say who owns it, or that it waits. */
export interface AgentLeft {
  kind: "agent_left";
  agent: NamedRef;
  reason: "left" | "handed_over" | "taken_over" | "not_answered" | "connection_lost" | "moved";
}

/** Why agents hand conversations to one another is theirs to know. */
export interface AgentLeftForVisitor {
  kind: "agent_left";
  agent_name: string;
  reason: "left" | "connection_lost";
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

/** `GET /api/agents/names`: every agent, by name, for all who are signed in. */
export interface AgentNames {
  agents: NamedRef[];
}

/** `GET/PUT /api/session/preferences`: the signed-in agent's own choices. */
export interface AgentPreferences {
  language: "pl" | "en";
  /** An e-mail for each new ticket of the agent's topics. */
  new_tickets: boolean;
  /** An e-mail for each visitor of the agent's topics whom nobody answered. */
  missed_chats: boolean;
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

export type AgentServerFrame = Welcome | AgentReplay | AgentReset | AgentEvent | Ack | Refused | Beat | TypingSeen | VisitorOnline | DeskChanged | Card | Alert | TicketChanged | Drain;

/** A topic as agents see it. */
export interface AgentTopic {
  id: string;
  name: string;
  offer_seconds: number;
  open: boolean;
  /** When it next opens or closes, if ever. */
  changes_at: string | null;
  staffed: boolean;
  waiting_text: Localised;
  after_hours_text: Localised;
  /** What a ticket from one of its conversations is called; `<topic>` stands for the topic's name. */
  ticket_subject: string;
}

/** `GET /internal/topics`, with what only agents are told. */
export interface AgentTopics {
  topics: AgentTopic[];
}

/** To agents: a new ticket. */
export interface Alert {
  t: "alert";
  alert: "ticket_opened";
  ticket_id: string;
  number: number;
  subject_line: string;
  name: string;
}

/** Say whose conversation it is; without an id nobody's. */
export interface Attach {
  do: "attach";
  customer_id?: string | null;
}

/** Every `beat_seconds`: the last number of each followed stream, and the desk's version for an agent. */
export interface Beat {
  t: "beat";
  heads: Record<string, number>;
  desk: number | null;
}

/**
 * The conversations that are not over and that the agent may see, the longest waiting first.
 *
 * Own topics' for an agent, all for a supervisor; the first 500, and how many `more` there are.
 */
export interface Board {
  cards: BoardCard[];
  more: number;
}

/** A conversation as lists show it. */
export interface BoardCard {
  conversation_id: string;
  /** Number of the last entry of a log; 0 when it has none. */
  head: number;
  state: "waiting" | "offered" | "active" | "closed";
  topic: NamedRef;
  visitor_name: string;
  waiting_since: string;
  started_at: string;
  owner: NamedRef | null;
  participants: NamedRef[];
  offered_to: NamedRef | null;
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

/** To an agent: a conversation of the board changed; ignore it where its head is not higher. */
export interface Card {
  t: "card";
  card: BoardCard;
  /** No longer the agent's to see, moved to another topic perhaps: `card` is as they knew it, to be taken away. */
  gone: boolean;
}

/** `PATCH /internal/tickets/{id}`: all that can be changed, as a whole; 409 with TicketConflict. */
export interface ChangeTicket {
  version: number;
  subject_line: string;
  status: "new" | "open" | "waiting" | "postponed" | "closed";
  postponed_until?: string | null;
  topic: NamedRef;
  assignee?: NamedRef | null;
  tags?: string[];
  customer?: NamedRef | null;
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
  /** The agent accepted it and has not written yet. */
  unanswered: boolean;
  /** When it passes on for want of a first answer; None while the time stands still. */
  answer_due: string | null;
}

/** Offer the conversation to this agent. */
export interface Choose {
  do: "choose";
  agent_id: string;
}

export type ClientFrame = Hello | Open | Leave | Pull | Send | Typing | Seen | Pong;

/** An agent as colleagues see them. */
export interface Colleague {
  agent: NamedRef;
  status: "available" | "break" | "offline";
  connected: boolean;
  load: number;
  capacity: number;
  missed_count: number;
  topic_ids: string[];
  /** Whether a conversation can be offered to them now. */
  has_room: boolean;
}

/** Agents by name: those of one topic who have a console open, or all for a supervisor. */
export interface Colleagues {
  agents: Colleague[];
}

/**
 * `GET /internal/conversations/{id}/record?agent_id=`: what it was, and what was said, as its visitor saw it.
 *
 * Of one that is over every agent may read it, before that those who take part, are being asked, or supervise. The
 * newest thousand entries; `agents` are those in it, once it is over those who were at its end.
 */
export interface ConversationRecord {
  conversation_id: string;
  state: "waiting" | "offered" | "active" | "closed";
  topic: NamedRef;
  visitor_name: string;
  visitor_email: string | null;
  language: "pl" | "en";
  customer_id: string | null;
  customer_verified: boolean;
  owner: NamedRef | null;
  agents: NamedRef[];
  started_at: string;
  ended_at: string | null;
  close_reason: "ended_by_agent" | "ended_by_visitor" | "inactive" | "became_ticket" | null;
  entries: VisitorEntry[];
}

/** A field of a card with its value. */
export interface CustomField {
  id: string;
  label: string;
  kind: "text" | "number" | "date" | "choice" | "yes_no" | "link";
  value: string;
  show_in_chat: boolean;
}

/** A customer's card. */
export interface Customer {
  id: string;
  version: number;
  name: string;
  company: string;
  emails: string[];
  phones: string[];
  note: string;
  /** Those with a value, in their order. */
  fields: CustomField[];
  created_at: string | null;
  changed_at: string | null;
}

/** An agent said whose conversation it is, which stands whatever a look-up says; None: nobody's that is known. */
export interface CustomerAttached {
  kind: "customer_attached";
  customer: NamedRef | null;
  by: NamedRef;
}

/**
 * 409 to a save: somebody else has changed the card, which `present` is, or addresses are other customers'.
 *
 * The list of fields and the settings are refused alike, with the present ones and without `taken`.
 */
export interface CustomerConflict {
  detail: string;
  present: Customer | null;
  taken: TakenAddress[];
}

/**
 * The visitor's address was looked up: logged once, found or not, so that numbering tells nothing.
 *
 * Not where an agent has said before whose conversation it is.
 */
export interface CustomerLookedUp {
  kind: "customer_looked_up";
  customer_id: string | null;
  verified: boolean;
}

/** `GET /internal/customers?q=&after=&limit=`: by name; `q` is looked for in name, company, address and phone. */
export interface CustomerPage {
  customers: CustomerSummary[];
  next: string | null;
}

/** `GET/PUT /internal/customer-settings`. */
export interface CustomerSettings {
  version: number;
  /** Make a card for an unknown address when a conversation starts, or a visitor leaves a ticket. */
  create_automatically: boolean;
}

export interface CustomerSummary {
  id: string;
  name: string;
  company: string;
  email: string;
  phone: string;
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
  status_cause: "chosen" | "missed_offer" | "connection_lost";
  /** Offers the agent let expire in the last 24 hours. */
  missed_count: number;
  role: "agent" | "supervisor" | "administrator";
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
  body: Started | VisitorMessage | AgentMessage | SystemMessage | CustomerLookedUp | CustomerAttached | OfferMade | OfferEnded | AgentJoined | AgentLeft | OwnerChanged | WaitingAgain | InactivityWarned | Ended | TicketOpened | Rated;
}

/** A custom field of every card. */
export interface FieldDefinition {
  id: string;
  label: string;
  kind: "text" | "number" | "date" | "choice" | "yes_no" | "link";
  choices: string[];
  show_in_chat: boolean;
}

/** `GET/PUT /internal/customer-fields`: all of them, in their order. */
export interface FieldDefinitions {
  version: number;
  fields: FieldDefinition[];
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
  /** The look-up of an address that the site vouched for found the customer; no agent chose them. */
  customer_verified: boolean;
  /** Whose it is has been said: by the look-up of the address, or by an agent before it. */
  looked_up: boolean;
  owner: NamedRef | null;
  /** The agents in the conversation, the longest present first; once it is closed, those who were. */
  participants: NamedRef[];
  offer: PendingOffer | null;
  started_at: string | null;
  ended_at: string | null;
  close_reason: "ended_by_agent" | "ended_by_visitor" | "inactive" | "became_ticket" | null;
  ticket_number: number | null;
  rating: Rated | null;
}

/**
 * First frame. A visitor names token and streams; an agent is known by the session cookie of the upgrade.
 *
 * A widget's panel that has no token yet names its widget, and hears of its topics only.
 */
export interface Hello {
  t: "hello";
  v: 1;
  token?: string | null;
  widget?: string | null;
  /** Each stream with the last number the client has; 0 asks for a snapshot (`reset`). */
  streams?: Record<string, number>;
}

/** A day with hours of its own; without spans it is closed. */
export interface Holiday {
  day: string;
  name: string;
  spans: Span[];
}

/** When a topic is open, on the clocks of `time_zone`; without `weekly` on every day that is no holiday. */
export interface Hours {
  time_zone: string;
  weekly: Opening[] | null;
  holidays: Holiday[];
}

/** Whether the token was good. Says nothing of any customer's card. */
export interface IdentityHeard {
  verified: boolean;
}

/**
 * `POST /api/visitor/identity`: a token that the site signed to vouch for its user's address (docs/identity.md).
 *
 * What it says holds for this visitor until it runs out; conversations begun meanwhile with that address are verified.
 * One of more than 4,000 characters, as any other that is not good, is answered `verified: false`.
 */
export interface IdentityToken {
  token: string;
}

/** Unless the visitor gives a sign of life, the conversation is closed at `closes_at`. */
export interface InactivityWarned {
  kind: "inactivity_warned";
  closes_at: string;
}

export interface Join {
  do: "join";
}

/** Follow a stream no longer. */
export interface Leave {
  t: "leave";
  stream: string;
}

export interface LeaveChat {
  do: "leave_chat";
}

/** Leave a question without waiting: starts a conversation that is a ticket at once. */
export interface LeaveMessageNow {
  do: "leave_message";
  topic_id: string;
  name: string;
  email: string;
  text: string;
  language?: "pl" | "en";
  page?: PageDetails;
}

export interface LeaveTicket {
  do: "leave_ticket";
  name: string;
  email: string;
  text: string;
}

/** A text per language; an empty one leaves the word to the widget. */
export interface Localised {
  pl: string;
  en: string;
}

/** A mail as the console shows it. */
export interface Mail {
  mail_id: string;
  kind: string;
  to: string;
  subject_line: string;
  state: "pending" | "sending" | "sent" | "failed";
  reason: string;
  attempts: number;
  next_try_at: string | null;
  asked_at: string;
  sent_at: string | null;
  ticket_id: string | null;
  conversation_id: string | null;
  about: NamedRef | null;
}

/**
 * `GET /internal/mails?state=&ticket_id=&conversation_id=&before=<mail id>&kind=`: the newest first, at most 100.
 *
 * `kind` may be repeated; without one, of all kinds.
 */
export interface Mails {
  mails: Mail[];
}

/** The signed-in agent: `GET /api/session`. */
export interface Me {
  agent_id: string;
  name: string;
  email: string;
  role: "agent" | "supervisor" | "administrator";
}

/** The agent's latest offer that ended without them accepting it, and why. */
export interface MissedOffer {
  offer_id: string;
  conversation_id: string;
  visitor_name: string;
  outcome: "accepted" | "declined" | "expired" | "withdrawn";
  at: string;
}

/** Let the conversation wait in this topic's queue. */
export interface Move {
  do: "move";
  topic_id: string;
}

/** An id with the name it had when the message was made, so that a log stays readable after a rename. */
export interface NamedRef {
  id: string;
  name: string;
}

/** `POST /internal/agents`: makes the account or changes it (by e-mail address). */
export interface NewAgent {
  email: string;
  name: string;
  /** Conversations at once; None for the global number. */
  capacity?: number | null;
  topic_ids: string[];
  role?: "agent" | "supervisor" | "administrator";
  /** Per topic; 5 where none is named. */
  priorities?: Record<string, number>;
  password: string;
}

/**
 * `PUT /internal/tickets/{id}` by an agent: on a customer's behalf, out of a chat or by hand.
 *
 * Made already, it is answered as it is now, or 409 with TicketConflict where topic, subject, name, address or text
 * are not what is asked for.
 */
export interface NewTicket {
  topic: NamedRef;
  subject_line: string;
  name: string;
  email: string;
  language?: "pl" | "en";
  text: string;
  conversation_id?: string | null;
  customer_id?: string | null;
  /** The gateway looks it up; what a page says here counts for nothing. */
  customer_name?: string | null;
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
  chosen_by: NamedRef | null;
}

export interface OfferEnded {
  kind: "offer_ended";
  offer_id: string;
  agent: NamedRef;
  outcome: "accepted" | "declined" | "expired" | "withdrawn";
}

/** The conversation is put to an agent: by the queue, or by `chosen_by`, who keeps it until it is accepted. */
export interface OfferMade {
  kind: "offer_made";
  offer_id: string;
  agent: NamedRef;
  expires_at: string;
  chosen_by: NamedRef | null;
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

/** A span of each week; days as in ISO 8601: 1 is Monday, 7 is Sunday. */
export interface Opening {
  /** Hours and minutes on the topic's clock; 24:00 is the end of the day. */
  opens: string;
  /** Hours and minutes on the topic's clock; 24:00 is the end of the day. */
  closes: string;
  day: number;
}

/** An agent who already took part owns the conversation from here on. */
export interface OwnerChanged {
  kind: "owner_changed";
  agent: NamedRef;
}

/** What the page tells about the visitor's browser; the gateway adds user agent and address. */
export interface PageDetails {
  languages?: string;
  screen?: string;
  page_url?: string;
  page_title?: string;
  referrer?: string;
}

/** A conversation in its visitor's own list, or in a customer's. */
export interface PastConversation {
  conversation_id: string;
  topic_name: string;
  state: "waiting" | "offered" | "active" | "closed";
  started_at: string;
  ended_at: string | null;
  close_reason: "ended_by_agent" | "ended_by_visitor" | "inactive" | "became_ticket" | null;
  agents: string[];
  last_line: string;
}

/**
 * `GET /internal/visitors/{id}/conversations`, or `/internal/customers/{id}/conversations?verified=`.
 *
 * A visitor's own, or a customer's (with `verified=true` only those begun with a verified address): the newest 50.
 * A customer's without `verified` are for every agent: `last_line` is empty of what is not over yet.
 */
export interface PastConversations {
  conversations: PastConversation[];
}

/** An agent is being asked, until `expires_at`; `chosen_by` a colleague, or by the queue. */
export interface PendingOffer {
  offer_id: string;
  agent: NamedRef;
  expires_at: string;
  chosen_by: NamedRef | null;
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

/**
 * Ask for the entries after a number: fills a hole.
 *
 * Answered by `replay`; by `reset` where more than 1,000 entries are missing or `after` is a number that does not
 * exist; by `refused {id: stream}` where the stream is not followed or not to be seen (`not_yours`, `unknown`), or
 * cannot be read now (`unavailable`).
 */
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

/**
 * `GET /internal/ratings/figures?since=&until=&zone=`: counts by topic, agent and day, and the newest comments.
 *
 * Both days are counted; they are those of the time zone, Europe/Warsaw unless another is named.
 */
export interface RatingFigures {
  since: string;
  until: string;
  topics: RatingRow[];
  agents: RatingRow[];
  days: RatingRow[];
  comments: Rating[];
}

/** Ratings of one topic, agent or day. */
export interface RatingRow {
  key: string;
  label: string;
  good: number;
  neutral: number;
  bad: number;
}

/** `GET /internal/ratings?conversation_ids=`, at most 200: the newest first. */
export interface Ratings {
  ratings: Rating[];
}

/** A refusal with what a person or program needs to react to it. */
export interface Refusal {
  code: RefusalCode;
  detail: string | null;
  /** Seconds until trying again makes sense; such a refusal passes by itself. */
  retry_after: number | null;
}

/** The stable names of refusals. A client that meets an unknown one shows the general sentence. */
export type RefusalCode = "too_late" | "taken" | "visitor_left" | "away" | "agent_away" | "not_active" | "outside_hours" | "not_allowed" | "conflict" | "not_yours" | "closed" | "not_closed" | "not_waiting" | "no_capacity" | "unknown" | "invalid" | "too_long" | "too_fast" | "unavailable" | "unauthorised";

/** Not done, and why. `id` is the request's, or the stream's for `open` and `pull`, if any. */
export interface Refused {
  t: "refused";
  id: string | null;
  refusal: Refusal;
}

/** What holds for all topics and agents. Saved as a whole; refused with 409 when `version` is not the stored one. */
export interface RoutingSettings {
  version: number;
  /** Conversations at once of an agent without a capacity of their own. */
  default_capacity: number;
  /** An agent who lets an offer expire is put on a break. */
  break_after_missed: boolean;
  /** An agent without a console for so long loses what they are being asked about. */
  offers_lost_seconds: number;
  /** An agent without a console for so long loses their conversations. */
  conversations_lost_seconds: number;
}

/** `PUT /internal/customers/{id}`: makes the card (version 0) or replaces it as a whole. */
export interface SaveCustomer {
  id: string;
  version?: number;
  name: string;
  company?: string;
  emails?: string[];
  phones?: string[];
  note?: string;
  /** By field: a number as decimals, a date as YYYY-MM-DD, yes or no as yes, no, a link with http or https. */
  values?: Record<string, string>;
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
  action: Start | Post | Accept | Decline | End | LeaveTicket | LeaveMessageNow | Rate | Status | Attach | Transcript | Choose | Move | Join | LeaveChat | TakeOverChat;
}

export interface SignIn {
  email: string;
  password: string;
}

/** A conversation as an agent sees it: header and the entries after the number asked for. */
export interface Snapshot {
  header: Header;
  entries: Entry[];
  /** Whether a page of the visitor's is open, as far as gateways have told; None where it is not known. */
  visitor_online: boolean | null;
}

/** From `opens` until `closes`, on one day. */
export interface Span {
  /** Hours and minutes on the topic's clock; 24:00 is the end of the day. */
  opens: string;
  /** Hours and minutes on the topic's clock; 24:00 is the end of the day. */
  closes: string;
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

/** A text of the company's, in the visitor's language. */
export interface SystemMessage {
  kind: "system_message";
  purpose: "welcome" | "closing";
  text: string;
}

export interface TakeOverChat {
  do: "take_over";
}

/** An address of a card that could not be saved, and whose it is; None: given up just now, so that it is free. */
export interface TakenAddress {
  email: string;
  customer: NamedRef | null;
}

/** `PUT /api/templates/{id}`. Of all agents of `topic_ids` (none: of all), or of one agent alone. */
export interface Template {
  id: string;
  version: number;
  shortcut: string;
  title: string;
  text: string;
  topic_ids: string[];
  /** Only the agent's who made it. */
  own: boolean;
}

/** `GET /api/templates`: all that the agent may use. */
export interface Templates {
  templates: Template[];
}

/** A ticket's card: the summary and the thread, oldest first. */
export interface Ticket {
  id: string;
  number: number;
  version: number;
  subject_line: string;
  status: "new" | "open" | "waiting" | "postponed" | "closed";
  postponed_until: string | null;
  topic: NamedRef;
  assignee: NamedRef | null;
  tags: string[];
  customer: NamedRef | null;
  name: string;
  email: string;
  opened_at: string;
  changed_at: string | null;
  last_line: string;
  /** For the agent who asks. */
  unread: boolean;
  origin: "waiting_chat" | "after_hours" | "agent" | "by_hand";
  conversation_id: string | null;
  language: "pl" | "en";
  messages: TicketMessage[];
}

/**
 * To agents: a ticket as the list shows it to them; of two the one with the higher version.
 *
 * With the version that is known already, what became of a reply's mail has changed: read the card anew.
 */
export interface TicketChanged {
  t: "ticket";
  ticket: TicketSummary;
  by: Actor;
  /** Otherwise it is unread if it was before, whatever `ticket.unread` says: its customer was found, no more. */
  news: boolean;
}

/** 409: somebody else has changed the ticket since it was read, or made it; `present` is its card as it is now. */
export interface TicketConflict {
  detail: string;
  present: Ticket;
}

/** One entry of a thread: what somebody wrote, an agent's answer, or a comment among agents. */
export interface TicketMessage {
  id: string | null;
  kind: "message" | "reply" | "comment";
  author: string;
  text: string;
  at: string;
  /** What became of a reply. */
  mail: "pending" | "sending" | "sent" | "failed" | null;
  mail_reason: string;
}

/** The conversation became this ticket, or an agent opened it out of the conversation, which goes on. */
export interface TicketOpened {
  kind: "ticket_opened";
  ticket_id: string;
  number: number;
}

export interface TicketOpenedForVisitor {
  kind: "ticket_opened";
  number: number;
}

/**
 * One page of the list; `next` is to be passed on as `after`, None at the end.
 *
 * `GET /internal/tickets?agent_id=`, with any of `status` and `topic` (repeated for several), `assignee` (an id, or
 * none), `tag`, `customer`, `conversation`, `unread=true` (changed in the last 90 days), `q` (beginnings of words, or
 * a number), and `sort` (changed, opened or number), `order` (asc or desc), `after`, `limit`.
 */
export interface TicketPage {
  tickets: TicketSummary[];
  next: string | null;
  /** Told with the first page, up to 10,000. */
  total: number | null;
}

/** A ticket as the list shows it. */
export interface TicketSummary {
  id: string;
  number: number;
  version: number;
  subject_line: string;
  status: "new" | "open" | "waiting" | "postponed" | "closed";
  postponed_until: string | null;
  topic: NamedRef;
  assignee: NamedRef | null;
  tags: string[];
  customer: NamedRef | null;
  name: string;
  email: string;
  opened_at: string;
  changed_at: string | null;
  last_line: string;
  /** For the agent who asks. */
  unread: boolean;
}

/** Every parameter of a topic. Saved as a whole; refused with 409 when `version` is not the stored one (0: new). */
export interface TopicSettings {
  id: string;
  version: number;
  name: string;
  /** An offer that is not accepted within passes to the next agent. */
  offer_seconds: number;
  /** An agent who accepted and has not written within passes the conversation on. */
  first_answer_seconds: number;
  choice: "longest_idle" | "round_robin" | "fewest_chats";
  /** Silence that closes a conversation. */
  inactivity_seconds: number;
  /** The visitor is warned this long before; 0 for no warning. */
  inactivity_warning_seconds: number;
  inactivity_from: "page_closed" | "last_message";
  welcome: "never" | "at_start" | "on_join";
  /** A returning visitor goes first to the agent they last talked to. */
  returning_first: boolean;
  hours: Hours;
  welcome_text: Localised;
  waiting_text: Localised;
  after_hours_text: Localised;
  closing_text: Localised;
  /** `<topic>` stands for the topic's name. */
  ticket_subject: string;
}

export interface TopicSettingsList {
  topics: TopicSettings[];
}

/** A topic as it is now. `open` by its hours; `staffed` when an available agent of it has a console open. */
export interface TopicView {
  id: string;
  name: string;
  offer_seconds: number;
  open: boolean;
  /** When it next opens or closes, if ever. */
  changes_at: string | null;
  staffed: boolean;
  waiting_text: Localised;
  after_hours_text: Localised;
}

/** To a visitor: the widget's topics, after one of them opened, closed or changed. */
export interface Topics {
  t: "topics";
  topics: TopicView[];
}

/** The visitor wants the conversation by e-mail once it is over. */
export interface Transcript {
  do: "transcript";
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
  body: StartedForVisitor | VisitorMessage | AgentMessageForVisitor | SystemMessage | AgentJoinedForVisitor | AgentLeftForVisitor | WaitingAgainForVisitor | InactivityWarned | EndedForVisitor | TicketOpenedForVisitor | Rated | null;
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
  /** The names of the agents in the conversation, in the order of `by_name`; once it is closed, of those who were. */
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

export type VisitorServerFrame = Welcome | VisitorReplay | VisitorReset | VisitorEvent | Ack | Refused | Beat | TypingSeen | Place | Delivered | Topics | Drain;

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

/** No agent is left: the conversation waits again, at its old place, in the queue of `topic`. */
export interface WaitingAgain {
  kind: "waiting_again";
  reason: "left" | "not_answered" | "connection_lost" | "moved";
  topic: NamedRef;
}

export interface WaitingAgainForVisitor {
  kind: "waiting_again";
  reason: "left" | "not_answered" | "connection_lost" | "moved";
  topic_name: string;
}

/** The hello was accepted. An agent gets the desk; every stream of the hello is answered after it. */
export interface Welcome {
  t: "welcome";
  v: 1;
  beat_seconds: number;
  desk: Desk | null;
  /** To a visitor: the widget's topics as they are now. */
  topics: TopicView[];
}

/** What the panel needs to draw itself: `GET /api/widgets/{key}`. */
export interface WidgetConfig {
  key: string;
  title: string;
  language: "pl" | "en";
  topics: TopicView[];
  name_field: FormField;
  email_field: FormField;
  sneak_peek: boolean;
  rating: boolean;
  transcript: boolean;
}

/** `POST /api/admin/widgets/{key}/secret`: a new secret to sign identities with; shown once. */
export interface WidgetSecret {
  secret: string;
}

/** `GET /api/admin/widgets`: every widget, by key. */
export interface WidgetSummaries {
  widgets: WidgetSummary[];
}

/** A widget as administrators see it. */
export interface WidgetSummary {
  key: string;
  title: string;
  /** Its site can sign identities. */
  has_secret: boolean;
}

/** `POST /internal/tickets/{id}/messages`: a reply by e-mail, or a comment. The same `id` again changes nothing. */
export interface WriteToTicket {
  id: string;
  kind: "reply" | "comment";
  text: string;
  /** What the ticket becomes with it; where nothing is said, a reply makes it wait, and a comment leaves it. */
  status?: "new" | "open" | "waiting" | "postponed" | "closed" | null;
}
