/** An agent's desk: the newest version that was heard of holds, however versions overtake one another. */
import type { Desk } from "./types.ts";

/** The newest desk may be under way when a beat tells of it: only one missed twice is asked for. */
const MISSED_BEATS = 2;

export class NewestDesk {
  current: Desk | null = null;
  #missed = 0;

  /** True when it is news. A `whole` desk, that of a welcome, is also where its version is known. */
  take(desk: Desk, whole: boolean): boolean {
    const known = this.current?.version ?? -1;
    if (whole ? desk.version < known : desk.version <= known) return false;
    this.current = desk;
    this.#missed = 0;
    return true;
  }

  /** Whether the version of this beat has been missing so long that all must be asked for again. */
  misses(version: number | null): boolean {
    const behind = version !== null && this.current !== null && version > this.current.version;
    this.#missed = behind ? this.#missed + 1 : 0;
    return this.#missed >= MISSED_BEATS;
  }
}
