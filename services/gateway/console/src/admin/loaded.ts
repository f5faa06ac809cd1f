/** What a page shows: loading, there, or not to be had now. */
import { useEffect, useState } from "preact/hooks";

export type Loaded<T> = { state: "loading" } | { state: "ready"; value: T } | { state: "fault" };

export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, key: string): [Loaded<T>, () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const off = new AbortController();
    setLoaded({ state: "loading" });
    load(off.signal)
      .then(
        (value): Loaded<T> => ({ state: "ready", value }),
        (): Loaded<T> => ({ state: "fault" }),
      )
      .then((read) => {
        if (!off.signal.aborted) setLoaded(read);
      });
    return () => off.abort();
  }, [key, tries]);
  return [loaded, () => setTries(tries + 1)];
}
