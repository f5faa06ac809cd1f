/** The form of a new ticket: what it starts with, what is wrong in it, and what is sent. Pure. */
import {
  charCount,
  firstChars,
  type AgentTopic,
  type ConversationRecord,
  type Customer,
  type LanguageCode,
  type NewTicket,
} from "@dymek/wire";
import type { Fault, Faults } from "../../admin/checks.ts";
import type { NewTicketMessages } from "../../i18n/newticket.pl.ts";
import { bodyOf, MAX_TEXT } from "./body.ts";

export const MAX_NAME = 120;
export const MAX_EMAIL = 254;
export const MAX_SUBJECT = 300;

/** What a ticket can be made from; all of it may be missing but the topics. */
export interface Sources {
  topics: readonly AgentTopic[];
  record: ConversationRecord | null;
  customer: Pick<Customer, "id" | "name" | "emails"> | null;
}

export interface Draft {
  name: string;
  email: string;
  language: LanguageCode;
  /** Whether it is kept in the customer's history, where there is a customer. */
  linked: boolean;
  topic_id: string;
  subject_line: string;
  text: string;
}

/** The subject by the topic's own rule. */
export function subjectOf(topic: Pick<AgentTopic, "name" | "ticket_subject">): string {
  return firstChars(topic.ticket_subject.replaceAll("<topic>", () => topic.name), MAX_SUBJECT);
}

export function draftOf(
  { topics, record, customer }: Sources,
  words: NewTicketMessages["body"],
  language: LanguageCode,
  zone?: string,
): Draft {
  const topic = topics.find(({ id }) => id === record?.topic.id);
  return {
    name: record?.visitor_name ?? customer?.name ?? "",
    email: record?.visitor_email ?? customer?.emails[0] ?? "",
    language: record?.language ?? language,
    linked: customer !== null,
    // Where there is only one there is nothing to choose.
    topic_id: topic?.id ?? (topics.length === 1 ? topics[0]!.id : ""),
    subject_line: record && topic ? subjectOf(topic) : "",
    text: record ? bodyOf(record, words, record.language, zone) : "",
  };
}

/** The draft in another topic: a subject that is still the rule's follows it, one's own stays. */
export function inTopic(draft: Draft, { topics, record }: Sources, topic_id: string): Draft {
  const [before, after] = [draft.topic_id, topic_id].map((id) => topics.find((topic) => topic.id === id));
  const ruled = record !== null && (!draft.subject_line.trim() || (before && draft.subject_line === subjectOf(before)));
  return { ...draft, topic_id, subject_line: ruled && after ? subjectOf(after) : draft.subject_line };
}

const required = (text: string, max: number): Fault | null =>
  !text.trim() ? { rule: "missing" } : charCount(text.trim()) > max ? { rule: "long", max } : null;

/** A topic that was chosen before a reload may be gone since. */
export function check(draft: Draft, { topics }: Pick<Sources, "topics">): Faults {
  const { name, subject_line, text } = draft;
  const email = required(draft.email, MAX_EMAIL) ?? (/^[^@\s]+@[^@\s]+$/u.test(draft.email.trim()) ? null : { rule: "email" as const });
  const faults = {
    name: required(name, MAX_NAME),
    email,
    topic: topics.some(({ id }) => id === draft.topic_id) ? null : { rule: "missing" as const },
    subject_line: required(subject_line, MAX_SUBJECT),
    text: required(text, MAX_TEXT),
  };
  return Object.fromEntries(Object.entries(faults).filter((pair): pair is [string, Fault] => pair[1] !== null));
}

/** What is sent of a draft without faults. */
export function newTicketOf(draft: Draft, { topics, record, customer }: Sources): NewTicket {
  const topic = topics.find(({ id }) => id === draft.topic_id)!;
  return {
    topic: { id: topic.id, name: topic.name },
    subject_line: oneLine(draft.subject_line),
    name: draft.name.trim(),
    email: draft.email.trim(),
    language: draft.language,
    text: draft.text.trim(),
    conversation_id: record?.conversation_id ?? null,
    customer_id: draft.linked && customer ? customer.id : null,
  };
}

const oneLine = (text: string): string => text.split(/\s+/u).filter(Boolean).join(" ");
