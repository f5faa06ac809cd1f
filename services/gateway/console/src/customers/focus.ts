/** Where the focus goes when what had it is gone: never back to the top of the page. */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

const lost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** When what had the focus inside is gone, `place` takes it; it needs a tabIndex. */
export function useFocusKept(place: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | null>(null);
  useEffect(() => {
    const came = ({ target }: FocusEvent): void => {
      last.current = place.current?.contains(target as Node) ? (target as Element) : null;
    };
    document.addEventListener("focusin", came);
    return () => document.removeEventListener("focusin", came);
  }, []);
  useEffect(() => {
    if (!last.current || last.current.isConnected || !lost()) return;
    place.current?.focus();
  });
}

/**
 * A list that is read on by a button, which goes with the last page (`ended`): the focus moves to the first of what
 * came. `list` holds one link or button for each of the `count` that were found.
 */
export function useReadOn<T extends HTMLElement>(count: number, ended: boolean) {
  const list = useRef<T>(null);
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (before.current === null || (count === before.current && !ended)) return;
    const at = before.current;
    before.current = null;
    if (!ended || !lost()) return;
    const all = list.current?.querySelectorAll<HTMLElement>("a, button");
    all?.[Math.min(at, all.length - 1)]?.focus();
  });
  return { list, pressed: () => void (before.current = count) };
}
