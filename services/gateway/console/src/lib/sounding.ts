/**
 * Of an agent's tabs in one browser one makes the sounds and the notifications: the one that was touched last.
 * Held by a lock of the browser, so that another tab takes over when this one goes. A browser without such locks
 * sounds in every tab: twice is better than never.
 */
import { signal } from "@preact/signals";

const NAME = "dymek.sounding";

/** Whether this tab is the one. */
export const sounding = signal(true);

export function takeTurns(): void {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return;
  sounding.value = false;
  let queued: AbortController | null = null;
  const hold = (steal: boolean): void => {
    queued?.abort();
    queued = steal ? null : new AbortController();
    let held = false;
    locks
      .request(NAME, queued ? { signal: queued.signal } : { steal }, () => {
        sounding.value = held = true;
        return new Promise<never>(() => undefined);
      })
      .catch(() => {
        // Either another tab has taken it from this one, or this one left the queue to take it itself.
        if (!held) return;
        sounding.value = false;
        hold(false);
      });
  };
  const touched = (): void => {
    if (!sounding.value) hold(true);
  };
  hold(document.visibilityState === "visible" && document.hasFocus());
  window.addEventListener("focus", touched);
  window.addEventListener("pointerdown", touched, { passive: true });
}
