/**
 * The live half of the console: one connection, and signals that pages draw from.
 *
 * Every conversation on the desk and the one on the screen is followed; what leaves both is left. A stream that was
 * refused is asked for again only when it comes (back) onto the desk. A refusal that shows this page to be behind makes
 * it ask anew for what it was behind with.
 */
import {
  connectAgent,
  socketUrl,
  type Action,
  type AgentConnection,
  type ConnectionStatus,
  type Desk,
  type Entry,
  type Header,
  type Pending,
  type Refusal,
  type RefusalCode,
  type Uuid,
} from "@dymek/wire";
import { batch, signal } from "@preact/signals";
import { sentence } from "../i18n/index.ts";
import { serverClock } from "../lib/api.ts";
import { newOffers, wanted } from "../lib/desk.ts";
import { departure, type Departure } from "../lib/rights.ts";
import { readJson, write } from "../lib/storage.ts";
import { heardCard, readBoard, startBoard, stopBoard } from "./board.ts";
import { ticketArrived, ticketChanged } from "./tickets.ts";
import { checkSession, session } from "./session.ts";
import { toast } from "./toasts.ts";

export interface LogView {
  header: Header;
  entries: readonly Entry[];
}

/** What a visitor is writing; where `typing` is false the text stands unsent. */
export interface Peek {
  text: string;
  typing: boolean;
  since: number;
}

export const desk = signal<Desk | null>(null);
export const connectionStatus = signal<ConnectionStatus>("connecting");
export const pending = signal<readonly Pending[]>([]);
export const logs = signal<ReadonlyMap<Uuid, LogView>>(new Map());
export const denied = signal<ReadonlyMap<Uuid, Refusal>>(new Map());
export const peeks = signal<ReadonlyMap<Uuid, Peek>>(new Map());
/** Whether the visitor has the page open; of whom nothing is here, nothing is known. */
export const visitorsOnline = signal<ReadonlyMap<Uuid, boolean>>(new Map());
export const viewed = signal<Uuid | null>(null);
/** How this agent came out of a conversation, until they are in it again: outlives the log, which may be refused. */
export const departures = signal<ReadonlyMap<Uuid, Departure>>(new Map());

/** Told of every entry and offer that arrives while the page is open, for sound, notices and announcement. */
export const arrivals = {
  entry: (_stream: Uuid, _entry: Entry, _log: LogView): void => undefined,
  offers: (_desk: Desk, _fresh: Desk["offers"]): void => undefined,
};

const AGAIN_MS = 2_000;

let connection: AgentConnection | null = null;

export function startLive(agentId: Uuid): void {
  stopLive();
  const key = `dymek.pending.${agentId}`;
  const made = connectAgent({
    url: socketUrl("/ws/agent"),
    store: {
      load: () => readJson<Pending[]>(key, "session") ?? [],
      save: (all) => write(key, all.length ? JSON.stringify(all) : null, "session"),
    },
  });
  connection = made;
  startBoard();
  made.on("welcome", () => {
    // Who came or went while there was no connection was not heard: it is told anew for each conversation.
    visitorsOnline.value = new Map();
    void readBoard((made.desk?.role ?? "agent") !== "agent");
  });
  made.on("card", heardCard);
  made.on("status", (status) => {
    connectionStatus.value = status;
    // A refused upgrade looks like a lost network; only the session's own answer tells them apart.
    if (status === "offline") void checkSession();
    if (status === "rejected") void beginAgain(made, agentId);
  });
  made.on("desk", takeDesk);
  made.on("pending", (all) => (pending.value = all));
  made.on("log", (stream, log, entries, cause) => {
    const view = { header: log.header, entries: log.entries };
    set(logs, stream, view);
    if (entries.some(({ body }) => body.kind === "agent_left" || body.kind === "agent_joined"))
      set(departures, stream, departure(log.entries, agentId));
    const last = entries.at(-1)?.body.kind;
    if (last === "visitor_message" || last === "ended") set(peeks, stream, null);
    if (cause === "reset") return;
    for (const entry of entries) {
      if (cause === "event") serverClock.arrived(entry.at, Date.now());
      arrivals.entry(stream, entry, view);
    }
  });
  made.on("refused", (stream, refusal) => {
    if (!stream) return;
    if (viewed.value !== stream && !wanted(desk.value, null).has(stream)) return;
    batch(() => {
      set(denied, stream, refusal);
      set(logs, stream, null);
    });
  });
  made.on("typing", (frame) => {
    if (frame.who !== "visitor") return;
    set(
      peeks,
      frame.stream,
      frame.typing || frame.text ? { text: frame.text, typing: frame.typing, since: Date.now() } : null,
    );
  });
  made.on("visitor", (frame) => {
    set(visitorsOnline, frame.stream, frame.online);
    if (!frame.online) set(peeks, frame.stream, null);
  });
  made.on("alert", (frame) => ticketArrived(frame));
  made.on("ticket", ({ ticket, by, news }) => ticketChanged(ticket, by, news));
  pending.value = made.pending;
  made.start();
}

/** The socket's session has ended; where another tab has signed in since, this page goes on with that session. */
async function beginAgain(rejected: AgentConnection, agentId: Uuid): Promise<void> {
  await checkSession();
  setTimeout(() => {
    if (connection === rejected && session.value.state === "in") startLive(agentId);
  }, AGAIN_MS);
}

export function stopLive(): void {
  connection?.stop();
  connection = null;
  batch(() => {
    desk.value = null;
    connectionStatus.value = "connecting";
    pending.value = [];
    logs.value = denied.value = peeks.value = visitorsOnline.value = departures.value = new Map<never, never>();
  });
  stopBoard();
}

function takeDesk(next: Desk): void {
  const before = desk.value;
  const fresh = newOffers(before, next);
  const known = wanted(before, null);
  batch(() => {
    desk.value = next;
    for (const id of wanted(next, null)) if (!known.has(id)) set(denied, id, null);
  });
  if (before) for (const offer of fresh) serverClock.arrived(offer.made_at, Date.now());
  follow();
  if (before && before.role !== next.role) void readBoard(next.role !== "agent");
  if (fresh.length) arrivals.offers(next, fresh);
}

/** Names the conversation on the screen. */
export function view(id: Uuid | null): void {
  viewed.value = id;
  if (id) set(denied, id, null);
  follow();
}

function follow(): void {
  if (!connection || !desk.value) return;
  const now = wanted(desk.value, viewed.value);
  for (const id of now) if (!denied.value.has(id)) connection.open(id);
  for (const id of logs.value.keys()) {
    if (now.has(id)) continue;
    connection.leave(id);
    for (const map of [logs, peeks, visitorsOnline] as const) set(map as typeof logs, id, null);
  }
}

/** Asks for something; a refusal is told in a sentence. True when it was done. */
export async function ask(action: Action, stream: Uuid | null = null): Promise<boolean> {
  const refusal = await attempt(action, stream);
  if (refusal) toast({ tone: "danger", text: sentence(refusal) });
  return refusal === null;
}

/** Asks for something; null when it was done, else why not, for those who tell it in their own place. */
export async function attempt(action: Action, stream: Uuid | null = null): Promise<Refusal | null> {
  if (!connection) return { code: "unavailable", detail: null, retry_after: null };
  const outcome = await connection.send(action, stream);
  if (outcome.ok) return null;
  correct(outcome.refusal, stream);
  return outcome.refusal;
}

/** Posts a message; it shows as pending until stored, and stays with its refusal where it was refused. */
export function post(stream: Uuid, text: string): void {
  void attempt({ do: "post", text }, stream);
}

/** Refusals that can only mean that this page shows something that is no longer so. */
const BEHIND: readonly RefusalCode[] = [
  "too_late",
  "taken",
  "visitor_left",
  "not_yours",
  "closed",
  "not_active",
  "conflict",
  "unknown",
];

function correct({ code }: Refusal, stream: Uuid | null): void {
  // Others have gone on without this console: everything it shows may be old.
  if (code === "away") return connection?.resync();
  if (!BEHIND.includes(code)) return;
  void readBoard();
  if (!stream || !connection) return;
  connection.leave(stream);
  set(denied, stream, null);
  follow();
}

export const retry = (id: Uuid): void => connection?.retry(id);
export const discard = (id: Uuid): void => connection?.discard(id);
export const typing = (stream: Uuid, on: boolean): void => connection?.typing(stream, on);
export const seen = (stream: Uuid, seq: number): void => connection?.seen(stream, seq);

function set<V>(map: { value: ReadonlyMap<Uuid, V> }, id: Uuid, value: V | null): void {
  if (value === null && !map.value.has(id)) return;
  const next = new Map(map.value);
  if (value === null) next.delete(id);
  else next.set(id, value);
  map.value = next;
}
