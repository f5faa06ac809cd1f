/**
 * The list of outgoing mail as far as it has been shown, the newest first.
 *
 * Reading it again reads as many pages as are shown, so that nobody loses their place and every state is the present
 * one. What was read stays when a later reading fails. Of two readings of different lists the later one holds.
 */
import type { Mail, Mails } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../lib/api.ts";

export type Chosen = Mail["state"] | "all";

export const PAGE = 100;

export interface MailList {
  state: "loading" | "ready" | "fault";
  mails: readonly Mail[];
  /** Nothing is older than what is shown. */
  whole: boolean;
  /** The last reading failed, so that what is shown may be old. */
  stale: boolean;
  busy: boolean;
  /** It was asked for anew and is there: how many there are is said. Not of what is read by itself. */
  spoken: boolean;
}

const NOTHING: MailList = { state: "loading", mails: [], whole: false, stale: false, busy: true, spoken: false };

/** Those of the state, at least `atLeast` where there are so many; and whether there are no older ones. */
export async function readMails(
  chosen: Chosen,
  atLeast: number,
  signal?: AbortSignal,
): Promise<Pick<MailList, "mails" | "whole">> {
  const mails: Mail[] = [];
  for (;;) {
    const page = await readPage(chosen, mails.at(-1)?.mail_id, signal);
    mails.push(...page);
    const whole = page.length < PAGE;
    if (whole || mails.length >= atLeast) return { mails, whole };
  }
}

async function readPage(chosen: Chosen, before: string | undefined, signal?: AbortSignal): Promise<Mail[]> {
  const asked = new URLSearchParams();
  if (chosen !== "all") asked.set("state", chosen);
  if (before !== undefined) asked.set("before", before);
  return (await get<Mails>(`/api/mails?${asked.toString()}`, signal)).mails;
}

/** The list, how to read it anew, and how to read what is older. It is read anew when the page comes to the front. */
export function useMails(chosen: Chosen): [list: MailList, refresh: () => void, older: () => Promise<void>] {
  const [list, setList] = useState(NOTHING);
  const off = useRef<AbortController | null>(null);
  const shown = useRef(0);
  /** How many are asked for: what a reading replaces that was still under way is asked for with it. */
  const goal = useRef(0);

  /** A wish stands until it is answered, whatever else is read meanwhile. */
  const wished = useRef(false);

  const read = async (more: number): Promise<void> => {
    goal.current = Math.max(goal.current, shown.current + more);
    off.current?.abort();
    const now = new AbortController();
    off.current = now;
    setList((before) => ({ ...before, busy: true, spoken: false }));
    try {
      const found = await readMails(chosen, goal.current, now.signal);
      if (now.signal.aborted) return;
      shown.current = goal.current = found.mails.length;
      setList({ ...found, state: "ready", stale: false, busy: false, spoken: wished.current });
      wished.current = false;
    } catch {
      if (now.signal.aborted) return;
      goal.current = shown.current;
      wished.current = false;
      setList((before) => ({
        ...before,
        state: before.state === "ready" ? "ready" : "fault",
        stale: before.state === "ready",
        busy: false,
      }));
    }
  };

  useEffect(() => {
    shown.current = goal.current = 0;
    wished.current = false;
    setList(NOTHING);
    void read(0);
    const look = (): void => {
      if (document.visibilityState === "visible") void read(0);
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("focus", look);
      off.current?.abort();
    };
  }, [chosen]);

  const again = (): void => {
    if (list.state === "fault") setList(NOTHING);
    wished.current = true;
    void read(0);
  };
  const older = (): Promise<void> => {
    wished.current = true;
    return read(1);
  };
  return [list, again, older];
}
