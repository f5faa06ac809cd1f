/**
 * Reads a ticket, and reads it anew whenever it may have become another: others change it, the network was away, the
 * page comes back into sight.
 *
 * Invariants: while the page's own deed is under way nothing is read, and a read from before it is given up, because its
 * answer could tell that deed as somebody else's. A change is somebody's only where every version of it was heard of and
 * all were theirs.
 */
import type { Actor, Ticket, Uuid } from "@dymek/wire";
import { effect, untracked } from "@preact/signals";
import { ApiError, get } from "../lib/api.ts";
import { connectionStatus } from "../state/live.ts";
import { lastHeard } from "../state/tickets.ts";

export interface Reader {
  /** Of the card that is shown, if one is. */
  version: () => number | null;
  take: (ticket: Ticket) => void;
  failed: (gone: boolean) => void;
}

export function follow(id: Uuid, path: string, reader: Reader) {
  /** Who made a version, of those newer than the card. */
  const heard = new Map<number, Actor>();
  let reading: AbortController | null = null;
  let paused = false;
  let stopped = false;
  let again = false;

  const pull = async (): Promise<void> => {
    if (stopped) return;
    if (reading || paused) {
      again = true;
      return;
    }
    const mine = (reading = new AbortController());
    again = false;
    try {
      reader.take(await get<Ticket>(path, mine.signal));
      if (Math.max(...heard.keys()) > (reader.version() ?? 0)) again = true;
    } catch (error) {
      if (mine.signal.aborted) return;
      reader.failed(error instanceof ApiError && (error.status === 404 || error.status === 422));
    } finally {
      if (mine === reading) {
        reading = null;
        if (again) void pull();
      }
    }
  };

  const giveUp = (): void => {
    reading?.abort();
    reading = null;
  };

  return {
    pull,
    /** A deed of the page's own begins. */
    pause: (): void => {
      paused = true;
      again ||= reading !== null;
      giveUp();
    },
    resume: (): void => {
      paused = false;
      if (again) void pull();
    },
    /** Who alone has made the versions after `from` up to `to`, leaving out those of `except`; they are told now. */
    by: (from: number, to: number, except: Uuid | null): Actor | null => {
      const makers = Array.from({ length: to - from }, (_, n) => heard.get(from + 1 + n));
      for (const version of heard.keys()) if (version <= to) heard.delete(version);
      const [one, ...rest] = makers.filter((maker) => !except || maker?.id !== except);
      return one && rest.every((maker) => maker?.kind === one.kind && maker.id === one.id) ? one : null;
    },
    /** Follows the ticket until the answer is called. */
    start: (): (() => void) => {
      let offline = false;
      stopped = false;
      const stops = [
        effect(() => {
          if (lastHeard.value?.ticket.id !== id) return;
          const { ticket, by } = lastHeard.value;
          const present = untracked(reader.version);
          const newer = ticket.version > (present ?? 0);
          if (newer && !heard.has(ticket.version)) heard.set(ticket.version, by);
          if (present === null) return;
          // The same version told by the system: of a reply's mail there is news.
          if (newer || (ticket.version === present && by.kind === "system")) untracked(() => void pull());
        }),
        effect(() => {
          const online = connectionStatus.value === "online";
          if (online && offline) untracked(() => void pull());
          offline = !online;
        }),
      ];
      const back = (): void => {
        if (document.visibilityState === "visible") void pull();
      };
      document.addEventListener("visibilitychange", back);
      void pull();
      return () => {
        stopped = true;
        giveUp();
        for (const stop of stops) stop();
        document.removeEventListener("visibilitychange", back);
      };
    },
  };
}
