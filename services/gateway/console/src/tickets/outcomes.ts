/** What becomes of reading, saving and sending a ticket, and of what others do to it. */
import type { Ticket } from "@dymek/wire";
import type { ApiError } from "../lib/api.ts";
import type { Field, Wrong } from "./edit.ts";

export type Shown = { state: "loading" } | { state: "ready"; ticket: Ticket } | { state: "gone" } | { state: "fault" };

export type Trouble =
  | { kind: "restored" }
  | { kind: "wrong"; wrong: Partial<Record<Field, Wrong>> }
  | { kind: "refused"; field: Field | null; said: string }
  | { kind: "gone" }
  | { kind: "fault" };

export type Unsent = { kind: "refused"; said: string } | { kind: "earlier" } | { kind: "gone" } | { kind: "fault" };

/** What others have done to the ticket while it was open. */
export interface Told {
  who: string;
  fields: readonly Field[];
  wrote: boolean;
}

const FIELD_OF: Record<string, Field> = {
  subject_line: "subject_line",
  status: "state",
  postponed_until: "state",
  topic: "topic",
  assignee: "assignee",
  tags: "tags",
  customer: "customer",
};

const saidBy = (error: ApiError): string => error.said || (error.field ?? "");

/** Why a change was not saved; a conflict is dealt with where the ticket is. */
export function troubleOf(error: ApiError): Trouble {
  if (error.status === 422) {
    const named = (error.field ?? "").split(/[:.]/u)[0]!.trim();
    return { kind: "refused", field: FIELD_OF[named] ?? null, said: saidBy(error) };
  }
  return { kind: error.status === 404 ? "gone" : "fault" };
}

/** Why a text was not sent. */
export function unsentOf(error: ApiError): Unsent {
  if (error.status === 422) return { kind: "refused", said: saidBy(error) };
  return { kind: error.status === 404 ? "gone" : "fault" };
}
