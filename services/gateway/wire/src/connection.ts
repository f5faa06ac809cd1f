/**
 * The browser's side of the wire, one for both faces (docs/protocol.md).
 *
 * Keeps a log per followed conversation whole and in order, and every request until it is answered. A face listens
 * with `on` and draws from `log(stream)`, `pending` and `desk`.
 */
import { browserSignals, browserSocket, systemClock, type Clock, type Signals, type SocketFactory } from "./clock.ts";
import { Log } from "./log.ts";
import { Outbox, type Outcome, type Pending, type PendingStore } from "./outbox.ts";
import { agentView, visitorView, type View } from "./reducer.ts";
import { Transport, type Status } from "./transport.ts";
import type {
  Action,
  AgentServerFrame,
  Alert,
  Delivered,
  Desk,
  Entry,
  Header,
  Place,
  Refusal,
  TypingSeen,
  Uuid,
  VisitorEntry,
  VisitorHeader,
  VisitorOnline,
  VisitorServerFrame,
} from "./types.ts";

export interface ConnectionOptions {
  /** A ws: or wss: address; see `socketUrl`. */
  url: string;
  /** The visitor's token; an agent is known by the session cookie. */
  token?: string;
  /** Conversations to follow from the start. */
  streams?: readonly Uuid[];
  /** Where unanswered requests outlive a reload. */
  store?: PendingStore;
  clock?: Clock;
  socket?: SocketFactory;
  signals?: Signals | null;
  newId?: () => Uuid;
}

/** What a face may listen to. `entries` are those that were new to the log, [] where the header alone was replaced. */
export interface Happenings<H extends { head: number }, E extends { seq: number }> {
  status: (status: Status) => void;
  log: (stream: Uuid, log: Log<H, E>, entries: readonly E[], cause: "reset" | "replay" | "event") => void;
  pending: (pending: readonly Pending[]) => void;
  /** A stream could not be opened, or the gateway complained without naming a request (`stream` is null). */
  refused: (stream: Uuid | null, refusal: Refusal) => void;
  typing: (frame: TypingSeen) => void;
  place: (frame: Place) => void;
  delivered: (frame: Delivered) => void;
  visitor: (frame: VisitorOnline) => void;
  desk: (desk: Desk) => void;
  alert: (frame: Alert) => void;
}

type AnyFrame = VisitorServerFrame | AgentServerFrame;
const REPULL_MS = 2_000;

export class Connection<H extends { head: number }, E extends { seq: number }> {
  /** An agent's desk, the newest known. */
  desk: Desk | null = null;
  readonly #logs = new Map<Uuid, Log<H, E>>();
  readonly #listeners: { [K in keyof Happenings<H, E>]?: Set<Happenings<H, E>[K]> } = {};
  readonly #transport: Transport;
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #newId: () => Uuid;
  readonly #pulling = new Map<Uuid, () => void>();
  #deskMissed = 0;

  constructor(
    private readonly view: View<H, E>,
    private readonly options: ConnectionOptions,
  ) {
    this.#clock = options.clock ?? systemClock;
    this.#newId = options.newId ?? (() => crypto.randomUUID());
    this.#outbox = new Outbox(this.#clock, () => this.#tell("pending", this.pending), options.store ?? null);
    for (const stream of options.streams ?? []) this.#follow(stream);
    const signals = options.signals === undefined ? browserSignals() : options.signals;
    this.#transport = new Transport(options.url, options.socket ?? browserSocket, this.#clock, signals, {
      opened: () => this.#hello(),
      frame: (frame) => this.#receive(frame as unknown as AnyFrame),
      lost: () => this.#lost(),
      status: (status) => this.#tell("status", status),
    });
  }

  get status(): Status {
    return this.#transport.status;
  }

  /** Requests without an answer, and stored ones whose entry has not arrived; oldest first. */
  get pending(): readonly Pending[] {
    return this.#outbox.all;
  }

  /** Listens; the answer stops listening. */
  on<K extends keyof Happenings<H, E>>(what: K, listener: Happenings<H, E>[K]): () => void {
    const set = ((this.#listeners[what] as Set<Happenings<H, E>[K]> | undefined) ??= new Set() as never) as Set<
      Happenings<H, E>[K]
    >;
    set.add(listener);
    return () => set.delete(listener);
  }

  start(): void {
    this.#transport.start();
  }

  stop(): void {
    this.#lost();
    this.#transport.stop();
  }

  log(stream: Uuid): Log<H, E> | undefined {
    return this.#logs.get(stream);
  }

  /** Follows a conversation; `log` tells when it is there. Following one twice does nothing. */
  open(stream: Uuid): Log<H, E> {
    const known = this.#logs.get(stream);
    if (known) return known;
    const log = this.#follow(stream);
    if (this.status === "online") this.#transport.send({ t: "open", stream, after: 0 });
    return log;
  }

  leave(stream: Uuid): void {
    this.#stopPulling(stream);
    if (this.#logs.delete(stream) && this.status === "online") this.#transport.send({ t: "leave", stream });
  }

  /** Asks for something to be done; kept and repeated until it is answered. A start also follows its stream. */
  send(action: Action, stream: Uuid | null = null, id: Uuid = this.#newId()): Promise<Outcome> {
    if (action.do === "start" && stream) this.#follow(stream);
    return this.#outbox.add(id, stream, action);
  }

  /** Sends a refused message once more. */
  retry(id: Uuid): void {
    this.#outbox.retry(id);
  }

  /** Forgets a request, usually a refused message. */
  discard(id: Uuid): void {
    this.#outbox.discard(id);
  }

  typing(stream: Uuid, typing: boolean, text = ""): void {
    if (this.status === "online") this.#transport.send({ t: "typing", stream, typing, ...(text && { text }) });
  }

  seen(stream: Uuid, seq: number): void {
    if (this.status === "online") this.#transport.send({ t: "seen", stream, seq });
  }

  #follow(stream: Uuid): Log<H, E> {
    const log = this.#logs.get(stream) ?? new Log(this.view, stream);
    this.#logs.set(stream, log);
    return log;
  }

  #hello(): void {
    const unborn = this.#outbox.unborn;
    const followed = [...this.#logs].filter(([stream]) => !unborn.has(stream));
    const streams = Object.fromEntries(followed.map(([stream, log]) => [stream, log.head]));
    const { token } = this.options;
    this.#transport.send({ t: "hello", v: 1, ...(token !== undefined && { token }), streams });
  }

  #transmit(pending: Pending): boolean {
    const { id, stream, action } = pending;
    const sent = this.#transport.send({ t: "send", id, ...(stream && { stream }), action });
    // A conversation can be opened as soon as its start is on its way: frames are taken in order.
    if (sent && stream && action.do === "start") this.#transport.send({ t: "open", stream, after: 0 });
    return sent;
  }

  #lost(): void {
    for (const stream of [...this.#pulling.keys()]) this.#stopPulling(stream);
    this.#outbox.disconnected();
  }

  #receive(frame: AnyFrame): void {
    switch (frame.t) {
      case "welcome":
        this.#transport.welcomed(frame.beat_seconds);
        if (frame.desk) this.#takeDesk(frame.desk, true);
        return this.#outbox.connected((pending) => this.#transmit(pending));
      case "reset":
        return this.#reset(frame.stream, frame.snapshot as unknown as { header: H; entries: E[]; place?: number | null });
      case "replay":
        return this.#take(frame.stream, frame.entries as unknown as E[], frame.head, "replay");
      case "event":
        return this.#take(frame.stream, [frame.entry as unknown as E], 0, "event");
      case "ack":
        this.#outbox.done(frame.id, frame.seq ?? null);
        return this.#settleShown();
      case "refused":
        return this.#refused(frame.id ?? null, frame.refusal);
      case "beat":
        return this.#beat(frame.heads ?? {}, frame.desk ?? null);
      case "desk":
        return this.#takeDesk(frame.desk, false);
      case "drain":
        return this.#transport.drain(frame.within);
      case "typing":
        return this.#tell("typing", frame);
      case "place":
        return this.#tell("place", frame);
      case "delivered":
        return this.#tell("delivered", frame);
      case "visitor":
        return this.#tell("visitor", frame);
      case "alert":
        return this.#tell("alert", frame);
    }
  }

  #settleShown(): void {
    for (const [stream, log] of this.#logs) this.#outbox.shown(stream, log.head);
  }

  #reset(stream: Uuid, snapshot: { header: H; entries: E[]; place?: number | null }): void {
    const log = this.#logs.get(stream);
    if (!log) return;
    log.reset(snapshot.header, snapshot.entries);
    this.#after(stream, log, log.entries, "reset");
    if (snapshot.place) this.#tell("place", { t: "place", stream, place: snapshot.place });
  }

  #take(stream: Uuid, entries: E[], head: number, cause: "replay" | "event"): void {
    const log = this.#logs.get(stream);
    if (!log) return;
    if (cause === "replay") log.opened = true;
    const known = log.entries.length;
    log.take(entries, head);
    this.#after(stream, log, log.entries.slice(known), cause);
  }

  #after(stream: Uuid, log: Log<H, E>, fresh: readonly E[], cause: "reset" | "replay" | "event"): void {
    this.#outbox.shown(stream, log.head);
    if (fresh.length || cause !== "event") this.#tell("log", stream, log, fresh, cause);
    if (log.behind) this.#pull(stream, log, cause === "replay");
    else this.#stopPulling(stream);
  }

  /** Fills a hole. More of a replay may be under way, so after one the question waits a little. */
  #pull(stream: Uuid, log: Log<H, E>, later: boolean): void {
    if (this.#pulling.has(stream)) return;
    if (!later) this.#transport.send({ t: "pull", stream, after: log.head });
    const again = (): void => {
      this.#pulling.delete(stream);
      if (log.behind && this.status === "online") this.#pull(stream, log, false);
    };
    this.#pulling.set(stream, this.#clock.after(REPULL_MS, again));
  }

  #stopPulling(stream: Uuid): void {
    this.#pulling.get(stream)?.();
    this.#pulling.delete(stream);
  }

  #refused(id: Uuid | null, refusal: Refusal): void {
    if (id && this.#outbox.refused(id, refusal)) return;
    if (refusal.code === "unauthorised" && !id) this.#transport.stop("rejected");
    const log = id ? this.#logs.get(id) : undefined;
    if (id && log && !log.opened && !this.#outbox.unborn.has(id)) this.#logs.delete(id);
    this.#tell("refused", id, refusal);
  }

  #beat(heads: Record<Uuid, number>, desk: number | null): void {
    this.#transport.send({ t: "pong" });
    for (const [stream, log] of this.#logs) {
      log.target = Math.max(log.target, heads[stream] ?? 0);
      if (log.behind) this.#pull(stream, log, false);
    }
    // The newest desk may be under way; only a version missed twice asks for all of it again.
    this.#deskMissed = desk !== null && this.desk !== null && desk > this.desk.version ? this.#deskMissed + 1 : 0;
    if (this.#deskMissed >= 2) this.#transport.refresh();
  }

  #takeDesk(desk: Desk, whole: boolean): void {
    if (!whole && this.desk && desk.version <= this.desk.version) return;
    if (whole && this.desk && desk.version < this.desk.version) return;
    this.desk = desk;
    this.#deskMissed = 0;
    this.#tell("desk", desk);
  }

  #tell<K extends keyof Happenings<H, E>>(what: K, ...details: Parameters<Happenings<H, E>[K]>): void {
    for (const listener of this.#listeners[what] ?? []) (listener as (...all: unknown[]) => void)(...details);
  }
}

export type AgentConnection = Connection<Header, Entry>;
export type VisitorConnection = Connection<VisitorHeader, VisitorEntry>;

export function connectAgent(options: ConnectionOptions): AgentConnection {
  return new Connection(agentView, options);
}

export function connectVisitor(options: ConnectionOptions): VisitorConnection {
  return new Connection(visitorView, options);
}
