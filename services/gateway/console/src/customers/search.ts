/**
 * Customers as one types: the newest question wins, older ones are given up. What was found stays on the screen until
 * the next answer is there, also when it fails, and the last answer is remembered for whoever comes back to the list:
 * they find as many as they left.
 */
import type { CustomerPage } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { get } from "../lib/api.ts";
import { lastFound, type Found } from "../state/customers.ts";

export type { Found };

export interface Search {
  found: Found | null;
  state: "busy" | "ready" | "fault";
  /** Reads the next page. */
  more: () => void;
  /** Asks again for what failed. */
  again: () => void;
}

/** The most that the service tells at once. */
const MOST = 100;

export function customersPath(q: string, after: string | null, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) });
  if (q) query.set("q", q);
  if (after) query.set("after", after);
  return `/api/customers?${query}`;
}

/** Both pages as one; a card that has moved meanwhile stands where it was found last. */
export function joined(found: Found, page: CustomerPage): Found {
  const fresh = new Set(page.customers.map(({ id }) => id));
  return {
    q: found.q,
    customers: [...found.customers.filter(({ id }) => !fresh.has(id)), ...page.customers],
    next: page.next,
  };
}

/** `q` null: nothing is sought yet. `remembered`: by the list, which people leave and come back to. */
export function useSearch(q: string | null, { limit = 50, remembered = false } = {}): Search {
  const [found, setFound] = useState<Found | null>(() => {
    const last = remembered ? lastFound.peek() : null;
    return last?.q === q ? last : null;
  });
  const [state, setState] = useState<Search["state"]>("busy");
  const running = useRef<AbortController | null>(null);
  const asked = useRef<Found | null>(null);

  /** The page after these, or from the start as many as are shown. */
  const ask = async (after: Found | null): Promise<void> => {
    if (q === null) return;
    running.current?.abort();
    const stop = (running.current = new AbortController());
    asked.current = after;
    setState("busy");
    const wanted = after === null && found?.q === q ? found.customers.length : 0;
    try {
      let next = after ?? { q, customers: [], next: null };
      do {
        const size = Math.min(MOST, Math.max(limit, wanted - next.customers.length));
        const page = await get<CustomerPage>(customersPath(q, next.next, size), stop.signal);
        if (stop.signal.aborted) return;
        next = joined(next, page);
      } while (next.next !== null && next.customers.length < wanted);
      if (remembered) lastFound.value = next;
      setFound(next);
      setState("ready");
    } catch {
      if (!stop.signal.aborted) setState("fault");
    }
  };

  useEffect(() => {
    void ask(null);
    return () => running.current?.abort();
  }, [q, limit]);

  return {
    found,
    state,
    more: () => {
      if (found?.next && found.q === q && state !== "busy") void ask(found);
    },
    again: () => {
      if (state === "fault") void ask(asked.current);
    },
  };
}

/** `value` as it was when it last stood still for `ms`. */
export function useSettled<T>(value: T, ms = 200): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** What may be known of somebody who was sought and not found. */
export function given(q: string): { name: string; email: string; phone: string } {
  const text = q.trim();
  if (/^[^@\s]+@[^@\s]+$/u.test(text)) return { name: "", email: text, phone: "" };
  if (/\d/u.test(text) && /^[+\-()./ \d]+$/u.test(text)) return { name: "", email: "", phone: text };
  return { name: text, email: "", phone: "" };
}

/** What was found, in a few words for those who listen. */
export function statusOf({ found, state }: Pick<Search, "found" | "state">): string {
  const said = words().list;
  if (state === "fault") return "";
  if (!found) return said.searching;
  if (!found.q || found.customers.length === 0) return "";
  return said.found(found.customers.length, found.next !== null);
}
