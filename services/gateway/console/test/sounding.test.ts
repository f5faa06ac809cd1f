import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The browser's locks, as far as they are used: one holder, a queue, stealing. */
class Locks {
  holder: { lose: (error: Error) => void } | null = null;
  readonly queue: { grant: () => void }[] = [];

  request(_: string, options: { steal?: boolean; signal?: AbortSignal }, run: () => Promise<never>): Promise<never> {
    return new Promise((_, reject) => {
      const grant = (): void => {
        this.holder = { lose: reject };
        void run();
      };
      if (options.steal) {
        this.holder?.lose(new DOMException("stolen", "AbortError"));
        grant();
      } else if (!this.holder) {
        grant();
      } else {
        const waiting = { grant };
        this.queue.push(waiting);
        options.signal?.addEventListener("abort", () => {
          this.queue.splice(this.queue.indexOf(waiting), 1);
          reject(new DOMException("left", "AbortError"));
        });
      }
    });
  }

  /** The holder's tab is closed. */
  closed(): void {
    this.holder = null;
    this.queue.shift()?.grant();
  }
}

let locks: Locks;
beforeEach(() => {
  locks = new Locks();
  vi.stubGlobal("navigator", { locks });
});
afterEach(() => vi.unstubAllGlobals());

/** A tab of its own: a fresh copy of the module. */
async function tab(focused: boolean) {
  vi.resetModules();
  vi.spyOn(document, "hasFocus").mockReturnValue(focused);
  const touched: (() => void)[] = [];
  vi.spyOn(window, "addEventListener").mockImplementation((what, run) => {
    if (what === "focus") touched.push(run as () => void);
  });
  const { sounding, takeTurns } = await import("../src/lib/sounding.ts");
  takeTurns();
  await Promise.resolve();
  return { sounding, touch: () => touched.forEach((run) => run()) };
}

test("of two tabs the one that was touched last sounds, and the other when that one goes", async () => {
  const first = await tab(true);
  expect(first.sounding.value).toBe(true);
  const second = await tab(true);
  await vi.waitFor(() => expect(first.sounding.value).toBe(false));
  expect(second.sounding.value).toBe(true);

  first.touch();
  await vi.waitFor(() => expect(second.sounding.value).toBe(false));
  expect(first.sounding.value).toBe(true);
  await vi.waitFor(() => expect(locks.queue).toHaveLength(1));
  locks.closed();
  expect(second.sounding.value).toBe(true);
});

test("a tab opened behind waits for its turn", async () => {
  const first = await tab(true);
  const second = await tab(false);
  expect([first.sounding.value, second.sounding.value]).toEqual([true, false]);
});

test("without such locks every tab sounds", async () => {
  vi.stubGlobal("navigator", {});
  const only = await tab(false);
  expect(only.sounding.value).toBe(true);
});
