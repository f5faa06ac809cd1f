/** Tickets for tests, whole ones. */
import type { Ticket, TicketMessage, TicketPage, TicketSummary } from "@dymek/wire";
import { at, SALES } from "./made.ts";

export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** The nth ticket: opened in the nth minute and not changed since. */
export const ticket = (n: number, fields: Partial<TicketSummary> = {}): TicketSummary => ({
  id: id(n),
  number: 1000 + n,
  version: 1,
  subject_line: `Pytanie ${n}`,
  status: "new",
  postponed_until: null,
  topic: SALES,
  assignee: null,
  tags: [],
  customer: null,
  name: "Anna Nowak",
  email: "anna@example.com",
  opened_at: at(n * 60),
  changed_at: at(n * 60),
  last_line: "Dzień dobry",
  unread: true,
  ...fields,
});

export const message = (fields: Partial<TicketMessage> = {}): TicketMessage => ({
  id: id(900),
  kind: "message",
  author: "Anna Nowak",
  text: "Dzień dobry, proszę o kontakt.",
  at: at(60),
  mail: null,
  mail_reason: "",
  ...fields,
});

export const card = (fields: Partial<Ticket> = {}): Ticket => ({
  ...ticket(1),
  unread: false,
  origin: "waiting_chat",
  conversation_id: null,
  language: "pl",
  messages: [message()],
  ...fields,
});

export const page = (tickets: TicketSummary[], next: string | null = null): TicketPage => ({
  tickets,
  next,
  total: tickets.length,
});
