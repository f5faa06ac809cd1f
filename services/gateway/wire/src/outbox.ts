/**
 * What this client asked for and has no answer to yet.
 *
 * Invariants: a request keeps its id until it is answered, however often it is sent; of one stream only the oldest
 * unanswered request is on its way, so that what a person wrote arrives in the order it was written; a refusal that
 * passes by itself (`isPassing`) is tried again, any other one ends the request.
 */
import { isBeginning } from "./beginnings.ts";
import type { Clock } from "./clock.ts";
import type { Action, Refusal, Uuid } from "./types.ts";

/** `queued`: not sent on this connection; `sent`: no answer yet; `done`: stored; `refused`: ended, see `refusal`. */
export type PendingState = "queued" | "sent" | "done" | "refused";

export interface Pending {
  readonly id: Uuid;
  readonly stream: Uuid | null;
  readonly action: Action;
  /** When the person asked for it, ISO 8601. */
  readonly at: string;
  readonly state: PendingState;
  /** How often it was put on the wire. */
  readonly tries: number;
  /** The entry's number, once done. */
  readonly seq: number | null;
  readonly refusal: Refusal | null;
}

export type Outcome = { ok: true; seq: number | null } | { ok: false; refusal: Refusal };

/** Where unanswered requests outlive a reload. */
export interface PendingStore {
  load(): Pending[];
  save(pending: readonly Pending[]): void;
}

export const SILENCE_MS = 10_000;
/** The wait before a passing refusal is tried again, where the gateway names none. */
export const RETRY_SECONDS = 2;

/** Whether the refusal passes by itself, so that the same may be asked again: any that says after how long. */
export const isPassing = ({ code, retry_after }: Refusal): boolean =>
  typeof retry_after === "number" || code === "too_fast" || code === "unavailable";

interface Item {
  pending: Pending;
  settle: (outcome: Outcome) => void;
  cancel: () => void;
}

export class Outbox {
  readonly #items = new Map<Uuid, Item>();
  #transmit: ((pending: Pending) => boolean) | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly changed: () => void,
    private readonly store: PendingStore | null = null,
  ) {
    for (const pending of store?.load() ?? []) {
      if (pending.state !== "done") this.#items.set(pending.id, fresh({ ...pending, state: pending.state === "refused" ? "refused" : "queued" }));
    }
  }

  get all(): readonly Pending[] {
    return [...this.#items.values()].map((item) => item.pending);
  }

  /** Streams whose beginning has not been acknowledged: the gateway may not know them yet. */
  get unborn(): Set<Uuid> {
    return new Set(this.all.filter((p) => isBeginning(p.action) && unanswered(p)).map((p) => p.stream as Uuid));
  }

  add(id: Uuid, stream: Uuid | null, action: Action): Promise<Outcome> {
    const at = new Date().toISOString();
    const pending: Pending = { id, stream, action, at, state: "queued", tries: 0, seq: null, refusal: null };
    return new Promise((resolve) => {
      this.#items.set(id, { ...fresh(pending), settle: resolve });
      this.#notify();
      this.#advance();
    });
  }

  /** The connection is up: `transmit` puts a request on the wire and answers whether it could. */
  connected(transmit: (pending: Pending) => boolean): void {
    this.#transmit = transmit;
    this.#advance();
  }

  /** The connection is gone: what was sent without an answer is queued again. */
  disconnected(): void {
    this.#transmit = null;
    for (const item of this.#items.values()) {
      if (item.pending.state === "sent") this.#change(item, { state: "queued" });
    }
    this.#notify();
  }

  done(id: Uuid, seq: number | null): Pending | null {
    const item = this.#items.get(id);
    if (!item) return null;
    this.#change(item, { state: "done", seq });
    item.settle({ ok: true, seq });
    if (seq === null) this.#items.delete(id);
    this.#notify();
    this.#advance();
    return item.pending;
  }

  refused(id: Uuid, refusal: Refusal): boolean {
    const item = this.#items.get(id);
    if (!item) return false;
    if (isPassing(refusal)) {
      this.#change(item, { state: "sent", refusal }); // stays at the head of its stream until tried again
      const wait = (refusal.retry_after ?? RETRY_SECONDS) * 1000;
      item.cancel = this.clock.after(wait + this.clock.random() * 250, () => this.#again(item));
    } else {
      this.#change(item, { state: "refused", refusal });
      item.settle({ ok: false, refusal });
      if (item.pending.action.do !== "post") this.#items.delete(id);
      this.#advance();
    }
    this.#notify();
    return true;
  }

  /** Sends a refused message once more. */
  retry(id: Uuid): void {
    const item = this.#items.get(id);
    if (item?.pending.state !== "refused") return;
    this.#again(item);
  }

  discard(id: Uuid): void {
    this.#items.get(id)?.cancel();
    if (this.#items.delete(id)) this.#notify();
    this.#advance();
  }

  /** Drops what is already in the log up to `head`. */
  shown(stream: Uuid, head: number): void {
    let dropped = false;
    for (const { pending: p } of [...this.#items.values()]) {
      if (p.stream === stream && p.state === "done" && (p.seq ?? 0) <= head) dropped = this.#items.delete(p.id);
    }
    if (dropped) this.#notify();
  }

  #again(item: Item): void {
    this.#change(item, { state: "queued", refusal: null });
    this.#notify();
    this.#advance();
  }

  #advance(): void {
    if (!this.#transmit) return;
    const busy = new Set<Uuid | null>();
    for (const item of [...this.#items.values()]) {
      const { stream, state, action } = item.pending;
      // Answers to offers concern different offers: they must not wait for one another.
      const lane = action.do === "accept" || action.do === "decline" ? item.pending.id : stream;
      if (!unanswered(item.pending) || busy.has(lane)) continue;
      busy.add(lane);
      if (state === "queued") this.#send(item);
    }
  }

  #send(item: Item): void {
    if (!this.#transmit?.(item.pending)) return;
    this.#change(item, { state: "sent", tries: item.pending.tries + 1 });
    item.cancel = this.clock.after(SILENCE_MS, () => this.#again(item));
    this.#notify();
  }

  #change(item: Item, to: Partial<Pending>): void {
    item.cancel();
    item.cancel = () => undefined;
    item.pending = { ...item.pending, ...to };
  }

  #notify(): void {
    this.store?.save(this.all.filter((p) => p.state !== "done"));
    this.changed();
  }
}

function unanswered(pending: Pending): boolean {
  return pending.state === "queued" || pending.state === "sent";
}

function fresh(pending: Pending): Item {
  return { pending, settle: () => undefined, cancel: () => undefined };
}
