/** Hooks without a domain. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

/** The local time in ms, renewed every `every` ms while the page is open. */
export function useNow(every = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/**
 * Puts off what would move the page while a button is being pressed: between press and release it would slide away from
 * under the pointer, and the click would be nobody's.
 */
export function useAfterPress(): (run: () => void) => void {
  const pressed = useRef(false);
  useEffect(() => {
    const press = (): void => void (pressed.current = true);
    // The click follows the release.
    const release = (): void => void setTimeout(() => (pressed.current = false));
    document.addEventListener("pointerdown", press, true);
    document.addEventListener("pointerup", release, true);
    document.addEventListener("pointercancel", release, true);
    return () => {
      document.removeEventListener("pointerdown", press, true);
      document.removeEventListener("pointerup", release, true);
      document.removeEventListener("pointercancel", release, true);
    };
  }, []);
  return useCallback((run) => {
    if (!pressed.current) return run();
    document.addEventListener("pointerup", () => setTimeout(run), { once: true, capture: true });
  }, []);
}

/** A button with a pop-up; Escape closes it and goes back to the button, a press outside of `root` only closes it. */
export function usePopup() {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback((byKey: boolean) => {
    setOpen(false);
    if (byKey) button.current?.focus();
  }, []);
  useDismiss(open, root, close);
  return { open, setOpen, root, button };
}

function useDismiss(open: boolean, root: { current: HTMLElement | null }, close: (byKey: boolean) => void): void {
  useEffect(() => {
    if (!open) return;
    const pressed = (event: PointerEvent): void => {
      if (!root.current?.contains(event.target as Node)) close(false);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close(true);
    };
    document.addEventListener("pointerdown", pressed);
    document.addEventListener("keydown", key);
    return () => {
      document.removeEventListener("pointerdown", pressed);
      document.removeEventListener("keydown", key);
    };
  }, [open, close]);
}
