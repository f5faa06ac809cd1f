/**
 * A ticket that is open on the screen: its card as it is now, what this agent changes and writes, and what others do
 * meanwhile.
 *
 * Invariants: what was typed and chosen survives refusals, other people's changes, leaving the page and a reload; a card
 * never goes back to an older version; the page's own deeds are told as nobody else's.
 */
import type { Actor, Ticket, TicketConflict, Uuid } from "@dymek/wire";
import { batch, signal } from "@preact/signals";
import { words } from "../i18n/tickets.ts";
import { ApiError, patch, post } from "../lib/api.ts";
import { readJson, write } from "../lib/storage.ts";
import { announce } from "../state/announce.ts";
import { session } from "../state/session.ts";
import { markRead } from "../state/tickets.ts";
import { toast } from "../state/toasts.ts";
import {
  afterOwn,
  change,
  dirty,
  FIELDS,
  isEdit,
  keepMine,
  set,
  takeTheirs,
  untouched,
  wrongs,
  type Edit,
  type Field,
  type Values,
} from "./edit.ts";
import type { TicketStatus } from "./filter.ts";
import { follow } from "./following.ts";
import { troubleOf, unsentOf, type Shown, type Told, type Trouble, type Unsent } from "./outcomes.ts";
import { nameOf } from "./people.ts";
import { keepWriting, named, sent, typed, writingOf, type Kind, type Writing } from "./writing.ts";

export type OpenTicket = ReturnType<typeof openTicket>;

export function openTicket(id: Uuid) {
  const path = `/api/tickets/${encodeURIComponent(id)}`;
  const signedIn = session.peek();
  const me = signedIn.state === "in" ? signedIn.me.agent_id : "";
  /** Whoever signs in after this agent finds nothing of theirs. */
  const owned = `${me}.${id}`;
  const key = `dymek.ticket.${owned}.edit`;
  const shown = signal<Shown>({ state: "loading" });
  const edit = signal<Edit | null>(null);
  const writing = signal<Writing>(writingOf(owned));
  const busy = signal<"saving" | "sending" | null>(null);
  const trouble = signal<Trouble | null>(null);
  const unsent = signal<Record<Kind, Unsent | null>>({ reply: null, comment: null });
  const told = signal<Told | null>(null);
  /** How often the card was answered; what stands beside it is read as often. */
  const answers = signal(0);

  const ticketNow = (): Ticket | null => (shown.value.state === "ready" ? shown.value.ticket : null);

  const putEdit = (next: Edit): void => {
    edit.value = next;
    write(key, dirty(next) ? JSON.stringify(next) : null, "session");
  };
  const putWriting = (next: Writing): void => {
    writing.value = next;
    keepWriting(owned, next);
  };
  const putUnsent = (kind: Kind, why: Unsent | null): void => {
    if (unsent.value[kind] !== why) unsent.value = { ...unsent.value, [kind]: why };
  };

  /** The card as somebody answered it; `own` are the fields that this page itself has just changed. */
  const take = (ticket: Ticket, own: readonly Field[] = []): void => {
    const before = ticketNow();
    if (before && ticket.version < before.version) return;
    batch(() => {
      shown.value = { state: "ready", ticket };
      answers.value += 1;
      const kept = readJson<unknown>(key, "session");
      const open = edit.value ?? (isEdit(kept) ? kept : untouched(ticket));
      const { edit: next, theirs } = afterOwn(open, ticket, own);
      if (!before && dirty(next) && next.clashes.length === 0) trouble.value = { kind: "restored" };
      putEdit(next);
      const by = following.by(open.version, ticket.version, own.length > 0 ? me : null);
      const wrote = before !== null && ticket.messages.length > before.messages.length && own.length === 0;
      if (theirs.length > 0 || wrote) tell(by, theirs, wrote, next.clashes.length > 0);
    });
    seen();
  };

  const tell = (by: Actor | null, fields: readonly Field[], wrote: boolean, clashes: boolean): void => {
    const said = words().others;
    const who = by?.kind === "system" ? said.system : (nameOf(by?.id ?? null) ?? said.somebody);
    told.value = { who, fields, wrote };
    const changed = fields.length > 0 && said.changed(who, fields.map((field) => words().fields[field]).join(", "));
    announce([changed, wrote && said.wrote(who), clashes && said.clashTitle].filter(Boolean).join(". "));
  };

  /** It is read when it is before somebody's eyes. */
  const seen = (): void => {
    const ticket = ticketNow();
    if (!ticket?.unread || document.visibilityState !== "visible") return;
    shown.value = { state: "ready", ticket: { ...ticket, unread: false } };
    void markRead(id);
  };

  const following = follow(id, path, {
    version: () => ticketNow()?.version ?? null,
    take,
    failed: (gone) => {
      if (gone) shown.value = { state: "gone" };
      else if (!ticketNow()) shown.value = { state: "fault" };
    },
  });

  const begin = (deed: "saving" | "sending"): void => {
    busy.value = deed;
    following.pause();
  };
  const done = (): void => {
    busy.value = null;
    following.resume();
  };

  const save = async (): Promise<boolean> => {
    const open = edit.value;
    if (!open || busy.value || !dirty(open)) return false;
    if (open.clashes.length > 0) return false;
    const wrong = wrongs(open, Date.now());
    if (Object.keys(wrong).length > 0) {
      trouble.value = { kind: "wrong", wrong };
      return false;
    }
    batch(() => {
      begin("saving");
      trouble.value = told.value = null;
    });
    try {
      take(await patch<Ticket>(path, change(open)), FIELDS);
      toast({ tone: "good", text: words().save.saved });
      return true;
    } catch (error) {
      fail(error);
      return false;
    } finally {
      done();
    }
  };

  const fail = (error: unknown): void => {
    if (!(error instanceof ApiError)) throw error;
    const present = (error.body as Partial<TicketConflict> | null)?.present;
    if (error.status === 409 && present) take({ ...present, unread: true });
    else trouble.value = troubleOf(error);
  };

  /** Sends what stands in the open tab; then what was changed beside it is saved too. */
  const send = async (status: TicketStatus | null): Promise<boolean> => {
    const kind: Kind = writing.value.kind;
    if (busy.value || !writing.value[kind].text.trim()) return false;
    putWriting(named(writing.value, kind));
    const was = writing.value[kind];
    batch(() => {
      begin("sending");
      putUnsent(kind, null);
    });
    try {
      const ticket = await post<Ticket>(`${path}/messages`, { id: was.id, kind, text: was.text.trim(), status });
      const outcome = sent(writing.value, kind, was, ticket);
      batch(() => {
        putWriting(outcome.writing);
        if (outcome.earlier) putUnsent(kind, { kind: "earlier" });
        take(ticket, ["state"]);
      });
      announce(kind === "reply" ? words().write.sent : words().write.commented);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      putUnsent(kind, unsentOf(error));
      return false;
    } finally {
      done();
    }
    if (edit.value && dirty(edit.value)) await save();
    return true;
  };

  /** Follows the ticket until the answer is called. */
  const start = (): (() => void) => {
    document.addEventListener("visibilitychange", seen);
    const stop = following.start();
    return () => {
      stop();
      document.removeEventListener("visibilitychange", seen);
    };
  };

  const revise = (next: Edit | null): void => {
    if (next) putEdit(next);
    trouble.value = null;
  };

  return {
    id,
    shown,
    edit,
    writing,
    busy,
    trouble,
    unsent,
    told,
    answers,
    start,
    save,
    send,
    retry: (): void => {
      shown.value = { state: "loading" };
      void following.pull();
    },
    set: <F extends Field>(field: F, value: Values[F]): void => revise(edit.value && set(edit.value, field, value)),
    keepMine: (fields?: readonly Field[]): void => revise(edit.value && keepMine(edit.value, fields)),
    takeTheirs: (fields?: readonly Field[]): void => revise(edit.value && takeTheirs(edit.value, fields)),
    discard: (): void => revise(edit.value && takeTheirs(edit.value, FIELDS)),
    dismiss: (): void => void (told.value = null),
    type: (text: string): void => {
      putUnsent(writing.value.kind, null);
      putWriting(typed(writing.value, text));
    },
    turnTo: (kind: Kind): void => putWriting({ ...writing.value, kind }),
  };
}
