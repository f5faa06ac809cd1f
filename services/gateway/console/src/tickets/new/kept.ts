/**
 * The id of the ticket that a form makes, and what has been typed there, for as long as the tab is open: a double
 * click, a reload or sending it again after a cut makes one ticket, and nothing typed is lost.
 */
import { newId, type Ticket } from "@dymek/wire";
import { readJson, write } from "../../lib/storage.ts";
import type { Draft } from "./draft.ts";

export interface Kept {
  /** The ticket's id, chosen once for this form. */
  id: string;
  /** What the agent has typed; null while nothing has been changed. */
  draft: Draft | null;
  /** The ticket that an earlier attempt made under this id, where what is typed now is another. */
  earlier?: Earlier;
}

export type Earlier = Pick<Ticket, "id" | "number">;

/** What the form is about names it; another agent's in the same tab is another form. */
export const keyOf = (agentId: string, conversation: string, customer: string): string =>
  `dymek.new-ticket.${agentId}.${conversation || customer || "by-hand"}`;

export function keptForm(key: string): Kept {
  const before = readJson<Kept>(key, "session");
  if (before?.id) return before;
  const kept = { id: newId(), draft: null };
  keep(key, kept);
  return kept;
}

export const keep = (key: string, kept: Kept): void => write(key, JSON.stringify(kept), "session");
export const drop = (key: string): void => write(key, null, "session");
