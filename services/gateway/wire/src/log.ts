/**
 * One conversation's log as this client has it.
 *
 * Invariants: `entries` are numbered without gaps and end at `header.head`; an entry that was seen before changes
 * nothing; one that comes too early waits in `early` until the hole before it is filled.
 */
import type { View } from "./reducer.ts";
import type { Uuid } from "./types.ts";

export class Log<H extends { head: number } = { head: number }, E extends { seq: number } = { seq: number }> {
  header: H;
  entries: readonly E[] = [];
  /** The gateway has answered for this stream: what is here is a conversation, not only the wish for one. */
  opened = false;
  /** The highest number heard of; above `header.head` something is missing. */
  target = 0;
  readonly #early = new Map<number, E>();
  readonly #view: View<H, E>;

  constructor(view: View<H, E>, stream: Uuid) {
    this.#view = view;
    this.header = view.empty(stream);
  }

  get head(): number {
    return this.header.head;
  }

  get behind(): boolean {
    return this.target > this.head;
  }

  /** Something is here that comes after what is missing. */
  get torn(): boolean {
    return this.#early.size > 0;
  }

  /** Forgets what is here and takes a snapshot instead. */
  reset(header: H, entries: readonly E[]): void {
    this.header = header;
    this.entries = entries;
    this.target = Math.max(header.head, ...this.#early.keys());
    this.opened = true;
    this.#settle();
  }

  /** Takes entries in any order, repeated or not. True when something was new. */
  take(entries: readonly E[], target = 0): boolean {
    const before = this.head;
    for (const entry of entries) {
      if (entry.seq > this.head) this.#early.set(entry.seq, entry);
      this.target = Math.max(this.target, entry.seq);
    }
    this.target = Math.max(this.target, target);
    this.#settle();
    return this.head > before;
  }

  #settle(): void {
    const fresh: E[] = [];
    for (const seq of this.#early.keys()) if (seq <= this.head) this.#early.delete(seq);
    for (let next = this.#early.get(this.head + 1); next; next = this.#early.get(this.head + 1)) {
      this.#early.delete(next.seq);
      this.header = this.#view.apply(this.header, next);
      fresh.push(next);
    }
    if (fresh.length) this.entries = [...this.entries, ...fresh];
  }
}
