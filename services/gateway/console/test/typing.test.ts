import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TypingSignal } from "../src/lib/typing.ts";

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

test("writing is told at once, repeated rarely, and its end is told", () => {
  const told: boolean[] = [];
  const signal = new TypingSignal((on) => told.push(on));
  for (const text of ["D", "Dz", "Dzi"]) {
    signal.changed(text);
    vi.advanceTimersByTime(500);
  }
  expect(told).toEqual([true]);
  vi.advanceTimersByTime(2_000);
  signal.changed("Dzie");
  expect(told).toEqual([true, true]);
  vi.advanceTimersByTime(4_000);
  expect(told).toEqual([true, true, false]);
});

test("an emptied field ends it, and nothing is told of one that was empty", () => {
  const told: boolean[] = [];
  const signal = new TypingSignal((on) => told.push(on));
  signal.changed("  ");
  signal.stop();
  expect(told).toEqual([]);
  signal.changed("a");
  signal.changed("");
  expect(told).toEqual([true, false]);
});
