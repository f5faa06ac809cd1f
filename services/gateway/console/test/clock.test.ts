import { describe, expect, test } from "vitest";
import { ServerClock, countdown } from "../src/lib/clock.ts";

const T = Date.parse("2026-11-23T12:00:00Z");
const http = (ms: number): string => new Date(ms).toUTCString();

describe("the server's clock", () => {
  test("is the local one until something is known", () => {
    expect(new ServerClock().now(T)).toBe(T);
  });

  test("is found from a response's date within half a second", () => {
    const clock = new ServerClock();
    clock.answered(http(T + 60_000), T, T + 100); // the server is a minute ahead
    expect(Math.abs(clock.offset - 60_450)).toBeLessThanOrEqual(550);
  });

  test("gets sharper with every answer", () => {
    const clock = new ServerClock();
    const real = 12_345;
    for (let i = 0; i < 20; i++) {
      const local = T + i * 1_037;
      clock.answered(http(Math.floor((local + 20 + real) / 1000) * 1000), local, local + 40);
    }
    expect(Math.abs(clock.offset - real)).toBeLessThan(120);
  });

  test("is never before a moment that the server has already stamped", () => {
    const clock = new ServerClock();
    clock.arrived(new Date(T + 5_000).toISOString(), T);
    expect(clock.now(T)).toBeGreaterThanOrEqual(T + 5_000);
  });

  test("starts anew when the local clock was set", () => {
    const clock = new ServerClock();
    clock.answered(http(T), T, T + 10);
    clock.answered(http(T), T + 3_600_000, T + 3_600_010);
    expect(Math.round(clock.offset / 60_000)).toBe(-60);
  });

  test("ignores a response without a date", () => {
    const clock = new ServerClock();
    clock.answered(null, T, T);
    clock.answered("nonsense", T, T);
    expect(clock.offset).toBe(0);
  });
});

describe("an offer's countdown", () => {
  const made = new Date(T).toISOString();
  const expires = new Date(T + 20_000).toISOString();

  test("counts whole seconds, the last one until the very end", () => {
    expect(countdown(made, expires, T)).toEqual({ seconds: 20, share: 1, over: false });
    expect(countdown(made, expires, T + 19_400)).toMatchObject({ seconds: 1, over: false });
    expect(countdown(made, expires, T + 20_000)).toEqual({ seconds: 0, share: 0, over: true });
  });

  test("never shows more time than there was, nor less than none", () => {
    expect(countdown(made, expires, T - 700).seconds).toBe(20);
    expect(countdown(made, expires, T + 90_000)).toEqual({ seconds: 0, share: 0, over: true });
  });
});
