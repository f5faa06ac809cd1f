/**
 * The server's clock as seen from here: countdowns must be right on a machine whose clock is not.
 *
 * What is known is an interval of possible offsets (server minus local, in ms); each observation narrows it. One that
 * contradicts the interval means that the local clock was set: it starts the interval anew.
 */
export class ServerClock {
  #low = -Infinity;
  #high = Infinity;

  /** A response carried `Date: header` (whole seconds); it was asked for at `sent` and read at `read`, local ms. */
  answered(header: string | null, sent: number, read: number): void {
    const date = header ? Date.parse(header) : Number.NaN;
    if (Number.isNaN(date)) return;
    this.#narrow(date - read, date + 1000 - sent);
  }

  /** Something that the server stamped `iso` has arrived at `now`: its clock is at least there. */
  arrived(iso: string, now: number): void {
    const at = Date.parse(iso);
    if (!Number.isNaN(at)) this.#narrow(at - now, Infinity);
  }

  get offset(): number {
    if (this.#low === -Infinity) return this.#high === Infinity ? 0 : Math.min(0, this.#high);
    if (this.#high === Infinity) return Math.max(0, this.#low);
    return (this.#low + this.#high) / 2;
  }

  now(local: number): number {
    return local + this.offset;
  }

  #narrow(low: number, high: number): void {
    const both: [number, number] = [Math.max(this.#low, low), Math.min(this.#high, high)];
    [this.#low, this.#high] = both[0] <= both[1] ? both : [low, high];
  }
}

export interface Countdown {
  /** Whole seconds left, rounded up: 1 until the very end, then 0. */
  seconds: number;
  /** The share of the time that is left, 1 to 0. */
  share: number;
  over: boolean;
}

export function countdown(madeAt: string, expiresAt: string, serverNow: number): Countdown {
  const end = Date.parse(expiresAt);
  const whole = Math.max(1, end - Date.parse(madeAt));
  const left = Math.min(whole, Math.max(0, end - serverNow));
  return { seconds: Math.ceil(left / 1000), share: left / whole, over: left === 0 };
}
