/** What a connection is made with. */
import type { Clock, Signals, SocketFactory } from "./clock.ts";
import type { PendingStore } from "./outbox.ts";
import type { Uuid } from "./types.ts";

export interface ConnectionOptions {
  /** A ws: or wss: address; see `socketUrl`. */
  url: string;
  /** The visitor's token; an agent is known by the session cookie. */
  token?: string;
  /** The key of a panel's widget, where there is no token yet: its topics are all that is heard. */
  widget?: string;
  /** Conversations to follow from the start. */
  streams?: readonly Uuid[];
  /** Where unanswered requests outlive a reload. */
  store?: PendingStore;
  clock?: Clock;
  socket?: SocketFactory;
  signals?: Signals | null;
  newId?: () => Uuid;
}
