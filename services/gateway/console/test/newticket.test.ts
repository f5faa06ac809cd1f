import type { AgentTopic, ConversationRecord, VisitorEntry, VisitorEntryBody } from "@dymek/wire";
import { expect, test } from "vitest";
import { pl } from "../src/i18n/newticket.pl.ts";
import { bodyOf, MAX_TEXT } from "../src/tickets/new/body.ts";
import { check, draftOf, inTopic, newTicketOf, subjectOf, type Sources } from "../src/tickets/new/draft.ts";
import { at } from "./made.ts";

const topic = (id: string, name: string, ticket_subject = "Zgłoszenie dla czata z kolejki <topic>"): AgentTopic => ({
  id,
  name,
  ticket_subject,
  offer_seconds: 60,
  open: true,
  changes_at: null,
  staffed: true,
  waiting_text: { pl: "", en: "" },
  after_hours_text: { pl: "", en: "" },
});
const SALES = topic("sales", "Sprzedaż");
const SUPPORT = topic("support", "Wsparcie", "Awaria: <topic>");

function record(bodies: (VisitorEntryBody | null)[], fields: Partial<ConversationRecord> = {}): ConversationRecord {
  const entries: VisitorEntry[] = bodies.map((body, index) => ({ seq: index + 1, at: at(60 * index), body }));
  return {
    conversation_id: "chat",
    state: "active",
    topic: { id: "sales", name: "Sprzedaż" },
    visitor_name: "Anna",
    visitor_email: "anna@example.com",
    language: "pl",
    customer_id: null,
    customer_verified: false,
    owner: null,
    agents: [],
    started_at: at(0),
    ended_at: null,
    close_reason: null,
    entries,
    ...fields,
  };
}

const asks = (text: string): VisitorEntryBody => ({ kind: "visitor_message", client_id: text, text });
const sources = (fields: Partial<Sources> = {}): Sources => ({
  topics: [SALES, SUPPORT],
  record: record([asks("Czy wysyłacie?")]),
  customer: null,
  ...fields,
});
const draft = (from: Sources = sources()) => draftOf(from, pl.body, "pl", "Europe/Warsaw");

test("the text is who wrote what and when, and nothing else of the conversation", () => {
  const said = record([
    { kind: "started", topic_name: "Sprzedaż", visitor_name: "Anna" },
    { kind: "system_message", purpose: "welcome", text: "Witamy!" },
    asks("Czy wysyłacie\ndo Wrocławia?"),
    null,
    { kind: "agent_joined", agent_name: "Jan" },
    { kind: "agent_message", agent_name: "Jan", text: "Tak, jutro." },
  ]);
  expect(bodyOf(said, pl.body, "pl", "Europe/Warsaw")).toBe(
    [
      "[23.11.2026, 13:01] Wiadomość automatyczna:\n  Witamy!",
      "[23.11.2026, 13:02] Anna (gość):\n  Czy wysyłacie\n  do Wrocławia?",
      "[23.11.2026, 13:05] Jan:\n  Tak, jutro.",
    ].join("\n\n"),
  );
});

test("of a conversation that is too long the newest is kept, and it says how much is left out", () => {
  const said = record(Array.from({ length: 30 }, (_, n) => asks(`${n} ${"🙂".repeat(990)}`)));
  const text = bodyOf(said, pl.body, "pl", "Europe/Warsaw");
  expect(Array.from(text).length).toBeLessThanOrEqual(MAX_TEXT);
  expect(text).toMatch(/^\[Pominięto 16 wcześniejszych wiadomości\]\n\n/u);
  expect(text).toContain("\n  29 🙂");
  expect(text).not.toContain("\n  15 🙂");
});

test("a ticket out of a chat is called by its topic's rule, and the form is filled from the chat", () => {
  expect(draft()).toMatchObject({
    name: "Anna",
    email: "anna@example.com",
    topic_id: "sales",
    subject_line: "Zgłoszenie dla czata z kolejki Sprzedaż",
    linked: false,
  });
  expect(subjectOf(topic("x", "$& i <topic>", "O: <topic>, <topic>"))).toBe("O: $& i <topic>, $& i <topic>");
  expect(subjectOf(topic("x", "🙂".repeat(120), "<topic><topic><topic>"))).toBe("🙂".repeat(300));
});

test("without an address of the visitor's the customer's own one is taken", () => {
  const customer = { id: "c", name: "Anna Nowak", emails: ["nowak@example.com", "anna@example.com"] };
  const from = sources({ record: record([], { visitor_email: null, customer_id: "c" }), customer });
  expect(draft(from)).toMatchObject({ name: "Anna", email: "nowak@example.com", linked: true });
  expect(newTicketOf({ ...draft(from), text: "x" }, from).customer_id).toBe("c");
  expect(newTicketOf({ ...draft(from), linked: false, text: "x" }, from).customer_id).toBeNull();
});

test("a subject by the rule follows the topic, one's own stays", () => {
  expect(inTopic(draft(), sources(), "support").subject_line).toBe("Awaria: Wsparcie");
  expect(inTopic({ ...draft(), subject_line: "Faktura" }, sources(), "support").subject_line).toBe("Faktura");
  const byHand = sources({ record: null });
  expect(inTopic(draft(byHand), byHand, "support")).toMatchObject({ topic_id: "support", subject_line: "" });
});

test("every field is required and checked", () => {
  const empty = draft(sources({ record: null }));
  const missing = { rule: "missing" };
  expect(check(empty, sources())).toEqual({ name: missing, email: missing, topic: missing, subject_line: missing, text: missing });
  const wrong = { ...draft(), email: "anna", text: " \n ", name: "x".repeat(121), subject_line: "y".repeat(301) };
  expect(check(wrong, sources())).toEqual({
    email: { rule: "email" },
    text: missing,
    name: { rule: "long", max: 120 },
    subject_line: { rule: "long", max: 300 },
  });
  expect(check(draft(), sources())).toEqual({});
  expect(check(draft(), sources({ topics: [SUPPORT] }))).toEqual({ topic: missing });
});
