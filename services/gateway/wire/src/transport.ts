/**
 * One socket kept open: connecting, back-off with full jitter, beats, drain and the browser's signs.
 *
 * Invariants: at most one socket is listened to; every loss is noticed within 2.5 beats; the wait before attempt n is
 * uniform between 0 and min(20 s, 0.5 s * 2^n), counted from the last connection that the gateway welcomed.
 */
import { type Clock, type Signals, type Socket, type SocketFactory } from "./clock.ts";
import type { ClientFrame } from "./types.ts";

/**
 * `connecting`: first attempt, nothing known yet; `online`: welcomed; `offline`: lost, attempts go on;
 * `rejected`: the token or session is not accepted, attempts have ended; `stopped`: by us.
 */
export type Status = "connecting" | "online" | "offline" | "rejected" | "stopped";

export const FIRST_WAIT_MS = 500;
export const LONGEST_WAIT_MS = 20_000;
const MISSED_BEATS = 2.5;
const WELCOME_WITHIN_MS = 10_000;

export interface TransportHandlers {
  /** The socket is open: say hello. */
  opened(): void;
  frame(frame: { t: string; [field: string]: unknown }): void;
  lost(): void;
  status(status: Status): void;
}

export class Transport {
  status: Status = "connecting";
  /** The socket that is listened to, opened or not. */
  #current: Socket | null = null;
  /** The same once it is open. */
  #socket: Socket | null = null;
  #attempt = 0;
  #beatMs = 20_000;
  #heard = 0;
  #cancelRetry = (): void => undefined;
  #cancelWatch = (): void => undefined;

  constructor(
    private readonly url: string,
    private readonly open: SocketFactory,
    private readonly clock: Clock,
    private readonly signals: Signals | null,
    private readonly handlers: TransportHandlers,
  ) {}

  start(): void {
    this.signals?.onWake(() => this.#wake());
    this.signals?.onOffline(() => this.#lose(true));
    this.#connect();
  }

  stop(as: "stopped" | "rejected" = "stopped"): void {
    this.#set(as);
    this.signals?.stop();
    this.#drop();
  }

  send(frame: ClientFrame): boolean {
    if (!this.#socket) return false;
    this.#socket.send(JSON.stringify(frame, wellFormed));
    return true;
  }

  /** The gateway accepted the hello. */
  welcomed(beatSeconds: number): void {
    this.#attempt = 0;
    this.#beatMs = beatSeconds * 1000;
    this.#watch(this.#beatMs * MISSED_BEATS);
    this.#set("online");
  }

  /** Moves to another gateway at a random moment of the next `seconds`. */
  drain(seconds: number): void {
    this.#cancelRetry();
    this.#cancelRetry = this.clock.after(this.clock.random() * seconds * 1000, () => this.refresh());
  }

  /** Connects anew at once, to be told the present state again. */
  refresh(): void {
    if (this.#ended) return;
    this.#drop();
    this.handlers.lost();
    this.#connect();
  }

  get #ended(): boolean {
    return this.status === "stopped" || this.status === "rejected";
  }

  #connect(): void {
    this.#cancelRetry();
    if (this.#ended) return;
    const socket = this.open(this.url);
    this.#socket = null;
    const mine = (): boolean => this.#current === socket;
    this.#current = socket;
    socket.onopen = () => {
      if (!mine()) return;
      this.#socket = socket;
      this.handlers.opened();
    };
    socket.onmessage = (event) => {
      if (!mine() || typeof event.data !== "string") return;
      this.#heard = this.clock.now();
      this.handlers.frame(JSON.parse(event.data) as { t: string });
    };
    socket.onclose = () => mine() && this.#lose(false);
    this.#heard = this.clock.now();
    this.#watch(WELCOME_WITHIN_MS);
  }

  /** Gives the connection up when nothing is heard for `ms`. */
  #watch(ms: number): void {
    this.#cancelWatch();
    const left = this.#heard + ms - this.clock.now();
    this.#cancelWatch = this.clock.after(Math.max(0, left), () => {
      if (this.clock.now() - this.#heard >= ms) this.#lose(false);
      else this.#watch(ms);
    });
  }

  #lose(quietly: boolean): void {
    if (this.#ended) return;
    this.#drop();
    this.handlers.lost();
    this.#set("offline");
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempt++);
    const wait = quietly ? LONGEST_WAIT_MS : this.clock.random() * most;
    this.#cancelRetry = this.clock.after(wait, () => this.#connect());
  }

  /** The page or the network is back: a waiting attempt is made now, a connection that went silent is given up. */
  #wake(): void {
    if (this.#ended) return;
    if (this.#current === null) {
      this.#attempt = 0;
      this.#connect();
    } else if (this.clock.now() - this.#heard > this.#beatMs * 1.25) {
      this.refresh();
    }
  }

  #drop(): void {
    this.#cancelRetry();
    this.#cancelWatch();
    const socket = this.#current;
    this.#current = null;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #set(status: Status): void {
    if (this.status === status) return;
    this.status = status;
    this.handlers.status(status);
  }
}

/** Half an emoticon, cut by a paste, is no text: no gateway could read the frame. */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\uFFFD") : value;
}
