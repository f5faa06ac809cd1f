// A clock and sockets that a test holds in its hand.
import { visitorView, type Clock, type Signals, type Socket, type VisitorEntry, type VisitorHeader } from "../src/index.ts";
import { connectVisitor, type ConnectionOptions, type VisitorConnection } from "../src/index.ts";

export class HandClock implements Clock {
  time = 0;
  luck = 0.5;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  random(): number {
    return this.luck;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
    }
    this.time = end;
  }
}

export type Frame = { t: string; [field: string]: any };

export class HandSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: Frame[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Frame);
  }

  close(): void {
    this.closed = true;
  }

  /** The gateway says something. */
  says(frame: Frame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  of(t: string): Frame[] {
    return this.sent.filter((frame) => frame.t === t);
  }
}

export class HandSignals implements Signals {
  wake = (): void => undefined;
  offline = (): void => undefined;
  stopped = false;
  onWake(run: () => void): void {
    this.wake = run;
  }
  onOffline(run: () => void): void {
    this.offline = run;
  }
  stop(): void {
    this.stopped = true;
  }
}

export class Stage {
  readonly clock = new HandClock();
  readonly signals = new HandSignals();
  readonly sockets: HandSocket[] = [];
  readonly connection: VisitorConnection;
  #ids = 0;

  constructor(options: Partial<ConnectionOptions> = {}) {
    this.connection = connectVisitor({
      url: "ws://gateway/ws/visitor",
      ...(options.widget === undefined && { token: "secret" }),
      clock: this.clock,
      signals: this.signals,
      newId: () => `id-${++this.#ids}`,
      socket: () => {
        const socket = new HandSocket();
        this.sockets.push(socket);
        return socket;
      },
      ...options,
    });
  }

  get socket(): HandSocket {
    return this.sockets.at(-1) as HandSocket;
  }

  /** The newest socket opens and is welcomed. */
  welcome(beat = 20): HandSocket {
    this.socket.onopen?.();
    this.socket.says({ t: "welcome", v: 1, beat_seconds: beat, desk: null });
    return this.socket;
  }

  online(): HandSocket {
    this.connection.start();
    return this.welcome();
  }
}

export const at = "2025-03-14T09:26:53.589000Z";

export const message = (seq: number, text = `message ${seq}`): VisitorEntry => ({
  seq,
  at,
  body: { kind: "visitor_message", client_id: `client-${seq}`, text },
});

export const messages = (from: number, to: number): VisitorEntry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => message(from + i));

export const header = (stream: string, head: number): VisitorHeader => ({ ...visitorView.empty(stream), head });

export const reset = (stream: string, head: number): Frame => ({
  t: "reset",
  stream,
  snapshot: { header: header(stream, head), entries: messages(1, head), place: null },
});

/** The stream that a test follows. */
export const S = "stream-1";

/** The numbers of the entries that the page has. */
export const seqs = (stage: Stage, stream = S): number[] => stage.connection.log(stream)?.entries.map((entry) => entry.seq) ?? [];

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
