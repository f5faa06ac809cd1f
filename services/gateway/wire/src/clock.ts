/** What the wire takes from its surroundings, so that a test can hold time and sockets in its hand. */

export interface Clock {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Calls `run` after `ms`; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
  /** From 0 up to, not including, 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** The part of a WebSocket that is used here. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export type SocketFactory = (url: string) => Socket;

export const browserSocket: SocketFactory = (url) => new WebSocket(url) as unknown as Socket;

/** Signs from the browser that trying at once makes sense, or that it does not. */
export interface Signals {
  /** The network or the page came back. */
  onWake(run: () => void): void;
  /** The network went away. */
  onOffline(run: () => void): void;
  /** Takes all listeners off. */
  stop(): void;
}

export function browserSignals(): Signals {
  const off = new AbortController();
  const { signal } = off;
  return {
    onWake(run) {
      window.addEventListener("online", run, { signal });
      window.addEventListener("pageshow", run, { signal });
      document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && run(), { signal });
    },
    onOffline(run) {
      window.addEventListener("offline", run, { signal });
    },
    stop: () => off.abort(),
  };
}

/** The address of a WebSocket of the page's own origin. */
export function socketUrl(path: string, base: string = location.href): string {
  const url = new URL(path, base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
