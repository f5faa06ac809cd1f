/**
 * The browser's side of the wire, one for both faces (docs/protocol.md).
 *
 * Keeps a log per followed conversation whole and in order, and every request until it is answered. A face listens
 * with `on` and draws from `log(stream)`, `pending` and `desk`.
 */
import { isBeginning } from "./beginnings.ts";
import { browserSignals, browserSocket, systemClock, type Clock } from "./clock.ts";
import { MAX_MESSAGE_CHARS } from "./contract.ts";
import { firstChars } from "./count.ts";
import { NewestDesk } from "./desk.ts";
import { Listeners, type Happenings } from "./happenings.ts";
import { newId } from "./ids.ts";
import type { Log } from "./log.ts";
import type { ConnectionOptions } from "./options.ts";
import { isPassing, Outbox, RETRY_SECONDS, type Outcome, type Pending } from "./outbox.ts";
import type { View } from "./reducer.ts";
import { Streams } from "./streams.ts";
import { Transport, type Status } from "./transport.ts";
import type { Action, AgentServerFrame, Desk, Refusal, Uuid, VisitorServerFrame } from "./types.ts";

type AnyFrame = VisitorServerFrame | AgentServerFrame;

export class Connection<H extends { head: number }, E extends { seq: number }> {
  readonly #desk = new NewestDesk();
  readonly #streams: Streams<H, E>;
  readonly #listeners = new Listeners<Happenings<H, E>>();
  readonly #transport: Transport;
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #newId: () => Uuid;
  /** What stands unsent in each conversation, told again to a gateway that cannot know it. */
  readonly #unsent = new Map<Uuid, string>();

  constructor(
    view: View<H, E>,
    private readonly options: ConnectionOptions,
  ) {
    this.#clock = options.clock ?? systemClock;
    this.#newId = options.newId ?? newId;
    this.#outbox = new Outbox(this.#clock, () => this.#listeners.tell("pending", this.pending), options.store ?? null);
    this.#streams = new Streams(view, this.#clock, {
      changed: (stream, log, fresh, cause) => {
        this.#outbox.shown(stream, log.head);
        this.#listeners.tell("log", stream, log, fresh, cause);
      },
      pull: (stream, after) => void this.#transport.send({ t: "pull", stream, after }),
    });
    for (const stream of options.streams ?? []) this.#streams.follow(stream);
    const signals = options.signals === undefined ? browserSignals() : options.signals;
    this.#transport = new Transport(options.url, options.socket ?? browserSocket, this.#clock, signals, {
      opened: () => this.#hello(),
      frame: (frame) => this.#receive(frame as unknown as AnyFrame),
      lost: () => this.#lost(),
      status: (status) => this.#listeners.tell("status", status),
    });
  }

  /** An agent's desk, the newest known. */
  get desk(): Desk | null {
    return this.#desk.current;
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
    return this.#listeners.on(what, listener);
  }

  start(): void {
    this.#transport.start();
  }

  stop(): void {
    this.#lost();
    this.#transport.stop();
  }

  log(stream: Uuid): Log<H, E> | undefined {
    return this.#streams.get(stream);
  }

  /** Follows a conversation; `log` tells when it is there. Following one twice does nothing. */
  open(stream: Uuid): Log<H, E> {
    const known = this.#streams.get(stream);
    if (known) return known;
    const log = this.#streams.follow(stream);
    // Without a socket the next hello names it; with one it was greeted before, welcomed yet or not.
    this.#transport.send({ t: "open", stream, after: 0 });
    return log;
  }

  leave(stream: Uuid): void {
    this.#unsent.delete(stream);
    if (this.#streams.leave(stream)) this.#transport.send({ t: "leave", stream });
  }

  /** Asks for something to be done; kept and repeated until it is answered. What begins a stream also follows it. */
  send(action: Action, stream: Uuid | null = null, id: Uuid = this.#newId()): Promise<Outcome> {
    if (isBeginning(action) && stream) this.#streams.follow(stream);
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

  /** Tells that somebody writes; a `text` stands there until another is told, or an empty one. */
  typing(stream: Uuid, typing: boolean, text = ""): void {
    const unsent = firstChars(text, MAX_MESSAGE_CHARS);
    if (unsent) this.#unsent.set(stream, unsent);
    else this.#unsent.delete(stream);
    if (this.status === "online") this.#transport.send({ t: "typing", stream, typing, text: unsent });
  }

  /** Connects anew at once: everything is told again, for a page that was found to be behind. */
  resync(): void {
    this.#transport.refresh();
  }

  seen(stream: Uuid, seq: number): void {
    if (this.status === "online") this.#transport.send({ t: "seen", stream, seq });
  }

  #hello(): void {
    const unborn = this.#outbox.unborn;
    const followed = this.#streams.all.filter(([stream]) => !unborn.has(stream));
    const streams = Object.fromEntries(followed.map(([stream, log]) => [stream, log.head]));
    const { token, widget } = this.options;
    this.#transport.send({ t: "hello", v: 1, ...(token !== undefined && { token }), ...(widget !== undefined && { widget }), streams });
  }

  #transmit(pending: Pending): boolean {
    const { id, stream, action } = pending;
    const sent = this.#transport.send({ t: "send", id, ...(stream && { stream }), action });
    // A conversation can be opened as soon as its start is on its way: frames are taken in order.
    if (sent && stream && isBeginning(action)) this.#transport.send({ t: "open", stream, after: 0 });
    return sent;
  }

  #lost(): void {
    this.#streams.disconnected();
    this.#outbox.disconnected();
  }

  #receive(frame: AnyFrame): void {
    switch (frame.t) {
      case "welcome":
        this.#transport.welcomed(frame.beat_seconds);
        if (frame.desk) this.#takeDesk(frame.desk, true);
        if (frame.topics?.length) this.#listeners.tell("topics", frame.topics);
        this.#listeners.tell("welcome");
        this.#outbox.connected((pending) => this.#transmit(pending));
        for (const [stream, text] of this.#unsent) this.#transport.send({ t: "typing", stream, typing: false, text });
        return;
      case "reset":
        this.#streams.reset(frame.stream, frame.snapshot.header as unknown as H, frame.snapshot.entries as unknown as E[]);
        if ("place" in frame.snapshot && frame.snapshot.place) {
          this.#listeners.tell("place", { t: "place", stream: frame.stream, place: frame.snapshot.place });
        }
        return;
      case "replay":
        return this.#streams.take(frame.stream, frame.entries as unknown as E[], frame.head, "replay");
      case "event":
        return this.#streams.take(frame.stream, [frame.entry as unknown as E], 0, "event");
      case "ack":
        return this.#acked(frame.id, frame.seq ?? null);
      case "refused":
        return this.#refused(frame.id ?? null, frame.refusal);
      case "beat":
        return this.#beat(frame.heads ?? {}, frame.desk ?? null);
      case "desk":
        return this.#takeDesk(frame.desk, false);
      case "drain":
        return this.#transport.drain(frame.within);
      case "typing":
        return this.#listeners.tell("typing", frame);
      case "place":
        return this.#listeners.tell("place", frame);
      case "delivered":
        return this.#listeners.tell("delivered", frame);
      case "topics":
        return this.#listeners.tell("topics", frame.topics);
      case "visitor":
        return this.#listeners.tell("visitor", frame);
      case "card":
        return this.#listeners.tell("card", frame);
      case "alert":
        return this.#listeners.tell("alert", frame);
      case "ticket":
        return this.#listeners.tell("ticket", frame);
    }
  }

  #acked(id: Uuid, seq: number | null): void {
    const stream = this.#outbox.done(id, seq)?.stream;
    const log = stream ? this.#streams.get(stream) : undefined;
    if (!stream || !log) return;
    this.#outbox.shown(stream, log.head);
    // A start that the gateway had not yet heard of when the stream was to be opened.
    if (!log.opened && seq !== null) this.#transport.send({ t: "open", stream, after: 0 });
  }

  #refused(id: Uuid | null, refusal: Refusal): void {
    if (id && this.#outbox.refused(id, refusal)) return;
    if (refusal.code === "unauthorised" && !id) {
      this.#transport.stop("rejected");
      this.#lost();
    }
    if (id && this.#streams.get(id)) {
      // The gateway knows a conversation from its start on, and that has not been answered yet.
      if (this.#outbox.unborn.has(id)) return;
      if (isPassing(refusal)) return this.#openLater(id, refusal);
      // Not followed there: here it must be opened anew before anything of it is heard again.
      this.#streams.leave(id);
    }
    this.#listeners.tell("refused", id, refusal);
  }

  /** A pull repeats itself; an `open` is asked for again once the refusal may have passed. */
  #openLater(stream: Uuid, refusal: Refusal): void {
    const log = this.#streams.get(stream);
    if (log?.opened !== false) return;
    this.#clock.after((refusal.retry_after ?? RETRY_SECONDS) * 1000, () => {
      if (this.#streams.get(stream) === log && !log.opened) this.#transport.send({ t: "open", stream, after: log.head });
    });
  }

  #beat(heads: Record<Uuid, number>, desk: number | null): void {
    this.#transport.send({ t: "pong" });
    this.#streams.compare(heads);
    if (this.#desk.misses(desk)) this.#transport.refresh();
  }

  #takeDesk(desk: Desk, whole: boolean): void {
    if (this.#desk.take(desk, whole)) this.#listeners.tell("desk", desk);
  }
}
