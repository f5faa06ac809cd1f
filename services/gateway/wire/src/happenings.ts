/** What a connection tells the face above it. */
import type { Log } from "./log.ts";
import type { Pending } from "./outbox.ts";
import type { Cause } from "./streams.ts";
import type { Status } from "./transport.ts";
import type { Alert, Card, Delivered, Desk, Place, Refusal, TicketChanged, TopicView, TypingSeen, Uuid, VisitorOnline } from "./types.ts";

/** What a face may listen to. `entries` are those that were new to the log, [] where the header alone was replaced. */
export interface Happenings<H extends { head: number }, E extends { seq: number }> {
  status: (status: Status) => void;
  /** The gateway has accepted a hello: what is not repaired by numbers must be read anew. */
  welcome: () => void;
  log: (stream: Uuid, log: Log<H, E>, entries: readonly E[], cause: Cause) => void;
  pending: (pending: readonly Pending[]) => void;
  /** A stream is not, or no longer, followed; or the gateway complained without naming a request (`stream` is null). */
  refused: (stream: Uuid | null, refusal: Refusal) => void;
  typing: (frame: TypingSeen) => void;
  place: (frame: Place) => void;
  delivered: (frame: Delivered) => void;
  /** All topics of the widget, as they are now. */
  topics: (topics: readonly TopicView[]) => void;
  visitor: (frame: VisitorOnline) => void;
  desk: (desk: Desk) => void;
  /** A conversation of the board, which may be older than what is known of it. */
  card: (frame: Card) => void;
  alert: (frame: Alert) => void;
  /** A ticket, which may be older than what is known of it. */
  ticket: (frame: TicketChanged) => void;
}

type Listener = (...details: never[]) => void;

/** Listeners by what they listen to. */
export class Listeners<All extends { [What in keyof All]: Listener }> {
  readonly #sets = new Map<keyof All, Set<Listener>>();

  on<What extends keyof All>(what: What, listener: All[What]): () => void {
    const set = this.#sets.get(what) ?? new Set();
    this.#sets.set(what, set.add(listener));
    return () => set.delete(listener);
  }

  tell<What extends keyof All>(what: What, ...details: Parameters<All[What]>): void {
    for (const listener of this.#sets.get(what) ?? []) listener(...(details as never[]));
  }
}
