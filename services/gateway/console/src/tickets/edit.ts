/**
 * What an agent changes of a ticket, while others may change it too. Pure.
 *
 * Invariants: what the agent chose stays until they save it or give it up themselves; a field that both have changed in
 * different ways is a clash, and nothing is saved before the agent has said whose word holds. Tags never clash: each is
 * added or removed by itself.
 */
import type { ChangeTicket, NamedRef, Ticket } from "@dymek/wire";
import type { TicketStatus } from "./filter.ts";

/** Status and time belong together: only a postponed ticket has one, in ISO with a zone. */
export interface TicketState {
  status: TicketStatus;
  postponed_until: string | null;
}

export interface Values {
  subject_line: string;
  state: TicketState;
  assignee: NamedRef | null;
  topic: NamedRef;
  tags: string[];
  customer: NamedRef | null;
}

export type Field = keyof Values;
export const FIELDS: readonly Field[] = ["subject_line", "state", "assignee", "topic", "tags", "customer"];

export interface Edit {
  version: number;
  /** The ticket as the agent knows it. */
  base: Values;
  mine: Partial<Values>;
  clashes: readonly Field[];
}

export function valuesOf(ticket: Ticket): Values {
  const { subject_line, status, postponed_until, assignee, topic, tags, customer } = ticket;
  return { subject_line, state: { status, postponed_until }, assignee, topic, tags: [...tags], customer };
}

/** People, topics and customers are who they are whatever they are called. */
export function same(field: Field, a: Values[Field], b: Values[Field]): boolean {
  if (field === "state") {
    const [one, other] = [a as TicketState, b as TicketState];
    const moment = ({ postponed_until: until }: TicketState): number => (until ? Date.parse(until) : 0);
    return one.status === other.status && moment(one) === moment(other);
  }
  if (field === "tags") return [...(a as string[])].sort().join() === [...(b as string[])].sort().join();
  if (field === "subject_line") return line(a as string) === line(b as string);
  return (a as NamedRef | null)?.id === (b as NamedRef | null)?.id;
}

const line = (text: string): string => text.trim().replace(/\s+/gu, " ");

export const untouched = (ticket: Ticket): Edit => ({
  version: ticket.version,
  base: valuesOf(ticket),
  mine: {},
  clashes: [],
});

export const drafted = (edit: Edit): Values => ({ ...edit.base, ...edit.mine });
export const dirty = (edit: Edit): boolean => Object.keys(edit.mine).length > 0;

/** The agent sets a field; set back to what it was, it is not changed any more. */
export function set<F extends Field>(edit: Edit, field: F, value: Values[F]): Edit {
  const mine = { ...edit.mine, [field]: value };
  if (same(field, value, edit.base[field])) delete mine[field];
  return { ...edit, mine, clashes: edit.clashes.filter((one) => one !== field) };
}

export interface Rebased {
  edit: Edit;
  /** What others changed since, whether or not the agent had changed it too. */
  theirs: readonly Field[];
}

/** The ticket has become this meanwhile. An older state of it changes nothing. */
export function rebase(edit: Edit, present: Ticket): Rebased {
  if (present.version < edit.version) return { edit, theirs: [] };
  const now = valuesOf(present);
  const theirs = FIELDS.filter((field) => !same(field, edit.base[field], now[field]));
  const mine: Partial<Values> = {};
  for (const field of FIELDS) {
    const own = field === "tags" ? tagsOfBoth(edit, now.tags) : edit.mine[field];
    if (own !== undefined && !same(field, own, now[field])) Object.assign(mine, { [field]: own });
  }
  const clashes = FIELDS.filter((field) => field !== "tags" && field in mine && (theirs.includes(field) || edit.clashes.includes(field)));
  return { edit: { version: present.version, base: now, mine, clashes }, theirs };
}

/** What either has added is there, what either has removed is not; nothing where the agent has changed no tag. */
function tagsOfBoth({ base, mine }: Edit, now: readonly string[]): string[] | undefined {
  const own = mine.tags;
  if (!own) return undefined;
  const kept = now.filter((tag) => own.includes(tag) || !base.tags.includes(tag));
  return [...kept, ...own.filter((tag) => !base.tags.includes(tag) && !now.includes(tag))];
}

/** The same after a deed of the agent's own, which brought about these fields: nothing in them is anybody else's. */
export function afterOwn(edit: Edit, present: Ticket, own: readonly Field[] = FIELDS): Rebased {
  const rebased = rebase(edit, present);
  const clashes = rebased.edit.clashes.filter((field) => !own.includes(field) || edit.clashes.includes(field));
  return {
    edit: { ...rebased.edit, clashes },
    theirs: rebased.theirs.filter((field) => !own.includes(field)),
  };
}

/** Of two words the agent's own holds. */
export const keepMine = (edit: Edit, fields: readonly Field[] = edit.clashes): Edit => ({
  ...edit,
  clashes: edit.clashes.filter((field) => !fields.includes(field)),
});

/** Of two words the other one holds. */
export function takeTheirs(edit: Edit, fields: readonly Field[] = edit.clashes): Edit {
  const mine = { ...edit.mine };
  for (const field of fields) delete mine[field];
  return { ...edit, mine, clashes: edit.clashes.filter((field) => !fields.includes(field)) };
}

/** Why the agent's values cannot be saved, by field. */
export type Wrong = "missing" | "long" | "when" | "past";

export const LONGEST_SUBJECT = 300;

export function wrongs(edit: Edit, now: number): Partial<Record<Field, Wrong>> {
  const { subject_line, state } = drafted(edit);
  const wrong: Partial<Record<Field, Wrong>> = {};
  if (!line(subject_line)) wrong.subject_line = "missing";
  else if (subject_line.length > LONGEST_SUBJECT) wrong.subject_line = "long";
  if (state.status === "postponed" && edit.mine.state) {
    const until = Date.parse(state.postponed_until ?? "");
    if (Number.isNaN(until)) wrong.state = "when";
    else if (until <= now) wrong.state = "past";
  }
  return wrong;
}

export function change(edit: Edit): ChangeTicket {
  const { subject_line, state, assignee, topic, tags, customer } = drafted(edit);
  return {
    version: edit.version,
    subject_line: line(subject_line),
    status: state.status,
    postponed_until: state.status === "postponed" ? state.postponed_until : null,
    topic,
    assignee,
    tags,
    customer,
  };
}

/** A stored edit that this version of the page can go on with. */
export function isEdit(value: unknown): value is Edit {
  const edit = value as Edit | null;
  return (
    typeof edit?.version === "number" &&
    typeof edit.mine === "object" &&
    Array.isArray(edit.clashes) &&
    FIELDS.every((field) => field in (edit.base ?? {}))
  );
}
