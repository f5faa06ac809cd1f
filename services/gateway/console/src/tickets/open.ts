/**
 * A ticket that is open on the screen: its card as it is now, what this agent changes and writes, and what others do
 * meanwhile.
 *
 * Invariants: what was typed and chosen survives refusals, other people's changes, leaving the page and a reload; a card
 * never goes back to an older version; while this page's own deed is under way the card is read only afterwards.
 */
import type { Actor, Me, Ticket, TicketConflict, Uuid } from "@dymek/wire";
import { batch, effect, signal, untracked } from "@preact/signals";
import { words } from "../i18n/tickets.ts";
import { ApiError, get, post, request } from "../lib/api.ts";
import { readJson, write } from "../lib/storage.ts";
import { announce } from "../state/announce.ts";
import { connectionStatus } from "../state/live.ts";
import { session } from "../state/session.ts";
import { lastHeard, markRead } from "../state/tickets.ts";
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
import { troubleOf, unsentOf, type Shown, type Told, type Trouble, type Unsent } from "./outcomes.ts";
import { nameOf } from "./people.ts";
import { keepWriting, named, sent, typed, writingOf, type Kind, type Writing } from "./writing.ts";

export type OpenTicket = ReturnType<typeof openTicket>;

export function openTicket(id: Uuid) {
  const path = `/api/tickets/${encodeURIComponent(id)}`;
  const me = session.peek().state === "in" ? (session.peek() as { me: Me }).me.agent_id : "";
  /** Whoever signs in after this agent finds nothing of theirs. */
  const owned = `${me}.${id}`;
  const key = `dymek.ticket.${owned}.edit`;
  const shown = signal<Shown>({ state: "loading" });
  const edit = signal<Edit | null>(null);
  const writing = signal<Writing>(writingOf(owned));
  const busy = signal<"saving" | "sending" | null>(null);
  const trouble = signal<Trouble | null>(null);
  const unsent = signal<Unsent | null>(null);
  const told = signal<Told | null>(null);
  const off = new AbortController();
  let reading = false;
  let again = false;
  let who: Actor | null = null;

  const ticketNow = (): Ticket | null => (shown.value.state === "ready" ? shown.value.ticket : null);

  const putEdit = (next: Edit): void => {
    edit.value = next;
    write(key, dirty(next) ? JSON.stringify(next) : null, "session");
  };
  const putWriting = (next: Writing): void => {
    writing.value = next;
    keepWriting(owned, next);
  };

  /** The card as somebody answered it; `own` are the fields that this page itself has just changed. */
  const take = (ticket: Ticket, own: readonly Field[] = []): void => {
    const before = ticketNow();
    if (before && ticket.version < before.version) return;
    batch(() => {
      shown.value = { state: "ready", ticket };
      const kept = readJson<unknown>(key, "session");
      const open = edit.value ?? (isEdit(kept) ? kept : untouched(ticket));
      const { edit: next, theirs } = afterOwn(open, ticket, own);
      if (!before && dirty(next) && next.clashes.length === 0) trouble.value = { kind: "restored" };
      putEdit(next);
      const wrote = before !== null && ticket.messages.length > before.messages.length && own.length === 0;
      if (theirs.length > 0 || wrote) tell(theirs, wrote, next);
    });
    seen();
  };

  const tell = (fields: readonly Field[], wrote: boolean, next: Edit): void => {
    const said = words().others;
    const name = who?.kind === "system" ? said.system : (nameOf(who?.id ?? null) ?? said.somebody);
    told.value = { who: name, fields, wrote };
    const changed = fields.length > 0 && said.changed(name, fields.map((field) => words().fields[field]).join(", "));
    const clash = next.clashes.length > 0 && said.clashTitle;
    announce([changed, wrote && said.wrote(name), clash].filter(Boolean).join(". "));
  };

  /** It is read when it is before somebody's eyes. */
  const seen = (): void => {
    const ticket = ticketNow();
    if (!ticket?.unread || document.visibilityState !== "visible") return;
    shown.value = { state: "ready", ticket: { ...ticket, unread: false } };
    void markRead(id);
  };

  const pull = async (): Promise<void> => {
    if (reading || busy.value) {
      again = true;
      return;
    }
    reading = true;
    again = false;
    try {
      take(await get<Ticket>(path, off.signal));
      const heard = lastHeard.peek();
      if (heard?.ticket.id === id && heard.ticket.version > (ticketNow()?.version ?? 0)) again = true;
    } catch (error) {
      if (off.signal.aborted) return;
      const gone = error instanceof ApiError && (error.status === 404 || error.status === 422);
      if (gone) shown.value = { state: "gone" };
      else if (!ticketNow()) shown.value = { state: "fault" };
    } finally {
      reading = false;
      if (again && !off.signal.aborted) void pull();
    }
  };

  const done = (): void => {
    busy.value = null;
    if (again && !off.signal.aborted) void pull();
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
      busy.value = "saving";
      trouble.value = told.value = null;
    });
    try {
      const body = JSON.stringify(change(open));
      take(await request<Ticket>(path, { method: "PATCH", body }), FIELDS);
      toast({ tone: "good", text: words().save.saved });
      announce(words().save.saved);
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
    if (error.status === 409 && present) {
      who = null;
      take({ ...present, unread: true });
    } else {
      trouble.value = troubleOf(error);
    }
  };

  /** Sends what stands in the open tab; then what was changed beside it is saved too. */
  const send = async (status: TicketStatus | null): Promise<boolean> => {
    const kind: Kind = writing.value.kind;
    if (busy.value || !writing.value[kind].text.trim()) return false;
    putWriting(named(writing.value, kind));
    const was = writing.value[kind];
    batch(() => {
      busy.value = "sending";
      unsent.value = null;
    });
    try {
      const ticket = await post<Ticket>(`${path}/messages`, { id: was.id, kind, text: was.text.trim(), status });
      const outcome = sent(writing.value, kind, was, ticket);
      batch(() => {
        putWriting(outcome.writing);
        if (outcome.earlier) unsent.value = { kind: "earlier" };
        take(ticket, ["state"]);
      });
      announce(kind === "reply" ? words().write.sent : words().write.commented);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      unsent.value = unsentOf(error);
      return false;
    } finally {
      done();
    }
    if (edit.value && dirty(edit.value)) await save();
    return true;
  };

  /** Follows the ticket until the answer is called. */
  const start = (): (() => void) => {
    let offline = false;
    const stops = [
      effect(() => {
        const heard = lastHeard.value;
        const ticket = shown.peek();
        if (heard?.ticket.id !== id || ticket.state !== "ready") return;
        const newer = heard.ticket.version > ticket.ticket.version;
        // The same version told by the system: of a reply's mail there is news.
        if (!newer && !(heard.ticket.version === ticket.ticket.version && heard.by.kind === "system")) return;
        who = heard.by;
        untracked(() => void pull());
      }),
      effect(() => {
        const online = connectionStatus.value === "online";
        if (online && offline) untracked(() => void pull());
        offline = !online;
      }),
    ];
    const back = (): void => {
      seen();
      if (document.visibilityState === "visible") void pull();
    };
    document.addEventListener("visibilitychange", back);
    void pull();
    return () => {
      off.abort();
      for (const stop of stops) stop();
      document.removeEventListener("visibilitychange", back);
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
    start,
    save,
    send,
    retry: (): void => {
      shown.value = { state: "loading" };
      void pull();
    },
    set: <F extends Field>(field: F, value: Values[F]): void => revise(edit.value && set(edit.value, field, value)),
    keepMine: (fields?: readonly Field[]): void => revise(edit.value && keepMine(edit.value, fields)),
    takeTheirs: (fields?: readonly Field[]): void => revise(edit.value && takeTheirs(edit.value, fields)),
    discard: (): void => revise(edit.value && takeTheirs(edit.value, FIELDS)),
    dismiss: (): void => void (told.value = null),
    type: (text: string): void => putWriting(typed(writing.value, text)),
    turnTo: (kind: Kind): void => putWriting({ ...writing.value, kind }),
  };
}
