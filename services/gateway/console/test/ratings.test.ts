import { expect, test } from "vitest";
import { goodShare, sumOf, totalOf } from "../src/ratings/figures.ts";
import { chosen, dayOf, plus, queryOf, queryOfPreset, spanFaults } from "../src/ratings/span.ts";

const TODAY = "2026-11-23";
const asked = (query: string) => chosen(Object.fromEntries(new URLSearchParams(query)), TODAY);

test("the last seven days are counted unless the address says otherwise, today among them", () => {
  expect(asked("")).toEqual({ preset: 7, since: "2026-11-17", until: TODAY });
  expect(asked(queryOfPreset(30))).toEqual({ preset: 30, since: "2026-10-25", until: TODAY });
  expect(asked("days=8")).toEqual({ preset: 7, since: "2026-11-17", until: TODAY });
});

test("an own span stands in the address as it was chosen", () => {
  const span = { since: "2026-02-27", until: "2026-03-02" };
  expect(asked(queryOf(span))).toEqual({ preset: null, ...span });
});

test("what cannot be counted is not asked for", () => {
  for (const wrong of ["since=2026-11-23&until=2026-11-22", "since=2026-02-30&until=2026-03-01", "since=x&until=y"])
    expect(asked(wrong).preset).toBe(7);
});

test("a span has two days in order, and no more than the server counts", () => {
  expect(spanFaults({ since: "", until: "2026-02-31" })).toEqual({ since: "missing", until: "missing" });
  expect(spanFaults({ since: "2026-11-23", until: "2026-11-22" })).toEqual({ until: "order" });
  expect(spanFaults({ since: "2026-11-23", until: "2026-11-23" })).toEqual({});
  expect(spanFaults({ since: "2025-11-23", until: "2026-11-23" })).toEqual({});
  expect(spanFaults({ since: "2025-11-22", until: "2026-11-23" })).toEqual({ until: "long" });
});

test("days are counted on the calendar, over a change of the clock too", () => {
  expect(plus("2026-10-26", -1)).toBe("2026-10-25");
  expect(plus("2026-03-29", 1)).toBe("2026-03-30");
  expect(dayOf(new Date(2026, 0, 5, 0, 30))).toBe("2026-01-05");
});

test("shares are of all ratings, and of none there is no share", () => {
  const rows = [
    { good: 2, neutral: 1, bad: 0 },
    { good: 3, neutral: 0, bad: 1 },
  ];
  expect(sumOf(rows)).toEqual({ good: 5, neutral: 1, bad: 1 });
  expect(totalOf(sumOf(rows))).toBe(7);
  expect(goodShare(sumOf(rows))).toBe(71);
  expect(goodShare(sumOf([]))).toBeNull();
});
