/**
 * The followed conversations: each log whole, each hole asked for.
 *
 * Invariants: of one conversation at most one pull waits for its answer; a pull without one is repeated; a hole that
 * an entry shows is asked for at once, one that only a number tells of once its entries have had time to arrive; the
 * face hears of a log only when something in it changed.
 */
import type { Clock } from "./clock.ts";
import { Log } from "./log.ts";
import type { View } from "./reducer.ts";
import type { Uuid } from "./types.ts";

export type Cause = "reset" | "replay" | "event";

export interface StreamHandlers<H extends { head: number }, E extends { seq: number }> {
  changed(stream: Uuid, log: Log<H, E>, fresh: readonly E[], cause: Cause): void;
  /** Asks for the entries after `after`, if there is a connection. */
  pull(stream: Uuid, after: number): void;
}

const REPULL_MS = 2_000;
/** What a beat counts is usually on its way: under load a pull for each would be needless work for everybody. */
const ARRIVAL_MS = 1_000;

export class Streams<H extends { head: number }, E extends { seq: number }> {
  readonly #logs = new Map<Uuid, Log<H, E>>();
  /** Each conversation whose next question waits; `asked` where entries that were asked for may be under way. */
  readonly #waits = new Map<Uuid, { asked: boolean; cancel: () => void }>();

  constructor(
    private readonly view: View<H, E>,
    private readonly clock: Clock,
    private readonly handlers: StreamHandlers<H, E>,
  ) {}

  get all(): [Uuid, Log<H, E>][] {
    return [...this.#logs];
  }

  get(stream: Uuid): Log<H, E> | undefined {
    return this.#logs.get(stream);
  }

  follow(stream: Uuid): Log<H, E> {
    const log = this.#logs.get(stream) ?? new Log(this.view, stream);
    this.#logs.set(stream, log);
    return log;
  }

  leave(stream: Uuid): boolean {
    this.#settled(stream);
    return this.#logs.delete(stream);
  }

  /** The connection is gone, and with it the answers to what was asked. */
  disconnected(): void {
    for (const stream of [...this.#waits.keys()]) this.#settled(stream);
  }

  reset(stream: Uuid, header: H, entries: readonly E[]): void {
    const log = this.#logs.get(stream);
    if (!log) return;
    // A gateway may leave out what is null.
    log.reset({ ...this.view.empty(stream), ...header }, entries);
    this.#after(stream, log, log.entries, "reset");
  }

  take(stream: Uuid, entries: readonly E[], head: number, cause: Cause): void {
    const log = this.#logs.get(stream);
    if (!log) return;
    const known = log.entries.length;
    if (cause === "replay") log.opened = true;
    log.take(entries, head);
    this.#after(stream, log, log.entries.slice(known), cause);
  }

  /** Compares with the numbers of a beat. */
  compare(heads: Record<Uuid, number>): void {
    for (const [stream, log] of this.#logs) {
      log.target = Math.max(log.target, heads[stream] ?? 0);
      if (log.behind) this.#askIn(ARRIVAL_MS, stream, log, false);
    }
  }

  #after(stream: Uuid, log: Log<H, E>, fresh: readonly E[], cause: Cause): void {
    if (fresh.length || cause !== "event") this.handlers.changed(stream, log, fresh, cause);
    if (!log.behind) this.#settled(stream);
    // More of a replay may be under way: after one the question waits.
    else if (cause === "replay") this.#askIn(REPULL_MS, stream, log, true);
    else if (log.torn) this.#ask(stream, log);
    else this.#askIn(ARRIVAL_MS, stream, log, false);
  }

  /** Asks at once, unless it has asked and waits for the answer. */
  #ask(stream: Uuid, log: Log<H, E>): void {
    if (this.#waits.get(stream)?.asked) return;
    this.#settled(stream);
    this.handlers.pull(stream, log.head);
    this.#askIn(REPULL_MS, stream, log, true);
  }

  /** Asks when `ms` have passed and something is still missing; a question that waits already is not put off. */
  #askIn(ms: number, stream: Uuid, log: Log<H, E>, asked: boolean): void {
    if (this.#waits.has(stream)) return;
    const cancel = this.clock.after(ms, () => {
      this.#waits.delete(stream);
      if (log.behind && this.#logs.get(stream) === log) this.#ask(stream, log);
    });
    this.#waits.set(stream, { asked, cancel });
  }

  #settled(stream: Uuid): void {
    this.#waits.get(stream)?.cancel();
    this.#waits.delete(stream);
  }
}
