/**
 * The followed conversations: each log whole, each hole asked for.
 *
 * Invariants: of one conversation at most one pull waits for its answer; a pull without one is repeated; the face
 * hears of a log only when something in it changed.
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

export class Streams<H extends { head: number }, E extends { seq: number }> {
  readonly #logs = new Map<Uuid, Log<H, E>>();
  readonly #pulling = new Map<Uuid, () => void>();

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
    for (const stream of [...this.#pulling.keys()]) this.#settled(stream);
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
      if (log.behind) this.#ask(stream, log, false);
    }
  }

  #after(stream: Uuid, log: Log<H, E>, fresh: readonly E[], cause: Cause): void {
    if (fresh.length || cause !== "event") this.handlers.changed(stream, log, fresh, cause);
    if (log.behind) this.#ask(stream, log, cause === "replay");
    else this.#settled(stream);
  }

  /** More of a replay may be under way: after one the question waits. */
  #ask(stream: Uuid, log: Log<H, E>, later: boolean): void {
    if (this.#pulling.has(stream)) return;
    if (!later) this.handlers.pull(stream, log.head);
    const again = (): void => {
      this.#pulling.delete(stream);
      if (log.behind && this.#logs.get(stream) === log) this.#ask(stream, log, false);
    };
    this.#pulling.set(stream, this.clock.after(REPULL_MS, again));
  }

  #settled(stream: Uuid): void {
    this.#pulling.get(stream)?.();
    this.#pulling.delete(stream);
  }
}
