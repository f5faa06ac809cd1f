/** One reading of the history of a customer or a conversation; read anew when what it depends on changes. */
import { useEffect, useState } from "preact/hooks";
import { get } from "../lib/api.ts";

export interface Reading<T> {
  state: "loading" | "ready" | "fault";
  value: T | null;
  again: () => void;
}

/** `path` null: there is nothing to read. What was read stays while it is read anew, but never for another path. */
export function useReading<T>(path: string | null, because: string | number | null = null): Reading<T> {
  const [read, setRead] = useState<{ path: string | null; value: T | null; fault: boolean }>({
    path: null,
    value: null,
    fault: false,
  });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    get<T>(path, stop.signal)
      .then((value) => setRead({ path, value, fault: false }))
      .catch(() => {
        if (stop.signal.aborted) return;
        setRead((before) => (before.path === path && before.value ? before : { path, value: null, fault: true }));
      });
    return () => stop.abort();
  }, [path, because, tries]);
  const mine = read.path === path ? read : { value: null, fault: false };
  return {
    state: mine.fault ? "fault" : mine.value === null ? "loading" : "ready",
    value: mine.value,
    again: () => {
      setRead({ path: null, value: null, fault: false });
      setTries((before) => before + 1);
    },
  };
}
