/**
 * What an agent writes into a ticket's thread and has not sent: a reply and a comment side by side, kept over a reload.
 *
 * A text has an id from the first attempt to send it on, so that sending it again after a lost answer is the same
 * message; where it was changed in between and the first one had arrived, the rest stays with the agent.
 */
import { newId, type Ticket, type Uuid } from "@dymek/wire";
import { readJson, write } from "../lib/storage.ts";

export type Kind = "reply" | "comment";

export interface Text {
  text: string;
  /** Under which it was sent, or tried to be. */
  id: Uuid | null;
}

export interface Writing {
  kind: Kind;
  reply: Text;
  comment: Text;
}

const EMPTY: Text = { text: "", id: null };
export const NOTHING: Writing = { kind: "reply", reply: EMPTY, comment: EMPTY };

/** `owned` names the agent and the ticket. */
const key = (owned: string): string => `dymek.ticket.${owned}.text`;

export function writingOf(owned: string): Writing {
  const kept = readJson<Partial<Writing>>(key(owned), "session");
  const text = (one?: Partial<Text>): Text => ({ text: String(one?.text ?? ""), id: one?.id ?? null });
  if (!kept) return NOTHING;
  return { kind: kept.kind === "comment" ? "comment" : "reply", reply: text(kept.reply), comment: text(kept.comment) };
}

export function keepWriting(owned: string, writing: Writing): void {
  const nothing = !writing.reply.text && !writing.comment.text && writing.kind === "reply";
  write(key(owned), nothing ? null : JSON.stringify(writing), "session");
}

export const typed = (writing: Writing, text: string): Writing => ({
  ...writing,
  [writing.kind]: { ...writing[writing.kind], text },
});

/** The text of its kind with an id, before it is sent. */
export function named(writing: Writing, kind: Kind): Writing {
  return { ...writing, [kind]: { ...writing[kind], id: writing[kind].id ?? newId() } };
}

export interface Sent {
  writing: Writing;
  /** An earlier attempt had arrived with other words: what stands in the field now was not sent. */
  earlier: boolean;
}

/** The ticket answers a message. What was typed since it was sent stays, without the words that are in the thread. */
export function sent(writing: Writing, kind: Kind, was: Text, ticket: Ticket): Sent {
  const stored = ticket.messages.find((message) => message.id === was.id);
  const earlier = stored !== undefined && stored.text.trim() !== was.text.trim();
  const now = writing[kind].text;
  const words = was.text.trimEnd();
  const rest = earlier || !now.startsWith(words) ? now : now.slice(words.length).trimStart();
  return { writing: { ...writing, [kind]: { text: rest, id: null } }, earlier };
}
