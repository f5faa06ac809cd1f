import type { TicketSummary } from "@dymek/wire";
import { describe, expect, test } from "vitest";
import { compare, firstPage, refreshed, shownRows, withChange, withOlder, type Listing, type Sorting } from "../src/tickets/listing.ts";
import { at } from "./made.ts";
import { id, page, ticket } from "./made-tickets.ts";

const NEWEST: Sorting = { sort: "changed", order: "desc" };
const BY_NUMBER: Sorting = { sort: "number", order: "asc" };
const numbers = (listing: Listing): number[] => listing.rows.map((row) => row.number - 1000);
const changed = (n: number, seconds: number, fields: Partial<TicketSummary> = {}): TicketSummary =>
  ticket(n, { version: 2, changed_at: at(seconds), ...fields });

describe("order", () => {
  test("by time, and by number where the time is the same", () => {
    const all = [ticket(1, { changed_at: at(5) }), ticket(2, { changed_at: at(5) }), ticket(3, { changed_at: at(9) })];
    expect(all.toSorted((a, b) => compare(a, b, NEWEST)).map(({ number }) => number)).toEqual([1003, 1002, 1001]);
    expect(all.toSorted((a, b) => compare(a, b, { sort: "changed", order: "asc" })).map(({ number }) => number)).toEqual([
      1001, 1002, 1003,
    ]);
  });

  test("a millionth of a second counts, however it is written", () => {
    const a = ticket(9, { changed_at: "2026-11-23T12:00:00Z" });
    const b = ticket(1, { changed_at: "2026-11-23T12:00:00.000002Z" });
    const c = ticket(5, { changed_at: "2026-11-23T12:00:00.000010Z" });
    expect([c, a, b].toSorted((x, y) => compare(x, y, { sort: "changed", order: "asc" }))).toEqual([a, b, c]);
  });
});

describe("a ticket changes", () => {
  const all = firstPage(page([ticket(3), ticket(2), ticket(1)]));

  test("it goes to its place", () => {
    expect(numbers(withChange(all, changed(1, 999), true, NEWEST))).toEqual([1, 3, 2]);
    expect(numbers(withChange(all, ticket(4), true, NEWEST))).toEqual([4, 3, 2, 1]);
  });

  test("it is taken out where it belongs no longer", () => {
    expect(numbers(withChange(all, changed(2, 999), false, NEWEST))).toEqual([3, 1]);
    expect(withChange(all, ticket(7), false, NEWEST)).toBe(all);
  });

  test("what is older than what is shown changes nothing", () => {
    const newer = withChange(all, changed(2, 999, { version: 5, status: "closed" }), true, NEWEST);
    expect(withChange(newer, changed(2, 500, { version: 4 }), true, NEWEST)).toBe(newer);
    expect(withChange(newer, changed(2, 500, { version: 4 }), false, NEWEST)).toBe(newer);
  });

  test("beyond the last ticket that was read it comes with the next page", () => {
    const some = firstPage(page([ticket(1), ticket(2)], "next"));
    expect(withChange(some, ticket(5), true, BY_NUMBER)).toEqual(some);
    const { rows } = withChange(firstPage(page([ticket(3), ticket(2)], "next")), changed(9, 0), true, NEWEST);
    expect(rows.map(({ number }) => number)).toEqual([1003, 1002]);
  });
});

describe("pages", () => {
  test("the next page goes below, and a ticket that moved meanwhile stays once, as it is now", () => {
    const first = firstPage(page([ticket(4), ticket(3)], "a"));
    const moved = withChange(first, changed(2, 999), true, NEWEST);
    const both = withOlder(moved, page([ticket(2), ticket(1)]), NEWEST);
    expect(numbers(both)).toEqual([2, 4, 3, 1]);
    expect(both.rows[0]?.version).toBe(2);
    expect(both.next).toBeNull();
  });

  test("a first page read anew heals what was missed and keeps what was read beyond it", () => {
    const both = withOlder(firstPage(page([ticket(4), ticket(3)], "a")), page([ticket(2), ticket(1)], "b"), NEWEST);
    const healed = refreshed(both, page([ticket(5), ticket(3)], "c"), NEWEST);
    expect(numbers(healed)).toEqual([5, 3, 2, 1]);
    expect(healed.next).toBe("b");
  });

  test("a first page that is all there is replaces everything", () => {
    const both = withOlder(firstPage(page([ticket(4), ticket(3)], "a")), page([ticket(2)]), NEWEST);
    expect(numbers(refreshed(both, page([ticket(3)]), NEWEST))).toEqual([3]);
  });

  test("a first page that reaches beyond all that was read replaces it too", () => {
    const short = firstPage(page([ticket(4)], "a"));
    const healed = refreshed(short, page([ticket(4), ticket(3)], "b"), NEWEST);
    expect(numbers(healed)).toEqual([4, 3]);
    expect(healed.next).toBe("b");
  });
});

describe("rows under the pointer", () => {
  const before = firstPage(page([ticket(3), ticket(2), ticket(1)]));
  const frozen = before.rows.map((row) => row.id);
  const none = new Map<string, TicketSummary>();

  test("follow at once while nobody points at them", () => {
    const after = withChange(before, ticket(4), true, NEWEST);
    expect(shownRows(after, null, none)).toEqual({
      rows: after.rows.map((row) => ({ ticket: row, gone: false })),
      news: 0,
    });
  });

  test("stay where they are, say what they know now, and count what would come, go and move", () => {
    let after = withChange(before, ticket(4), true, NEWEST);
    after = withChange(after, changed(1, 999, { subject_line: "Inny temat" }), true, NEWEST);
    const closed = changed(2, 998, { status: "closed" });
    after = withChange(after, closed, false, NEWEST);
    const { rows, news } = shownRows(after, frozen, new Map([[id(2), closed]]));
    expect(rows.map(({ ticket: row, gone }) => [row.number - 1000, gone])).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ]);
    expect(rows[2]?.ticket.subject_line).toBe("Inny temat");
    expect(news).toBe(3);
  });

  test("a change in place is no news", () => {
    const after = withChange(before, changed(3, 999, { status: "open" }), true, NEWEST);
    const { rows, news } = shownRows(after, frozen, none);
    expect([rows[0]?.ticket.status, news]).toEqual(["open", 0]);
  });

  test("one row that moves is one piece of news, however many it passes", () => {
    const after = withChange(before, changed(1, 999), true, NEWEST);
    expect(shownRows(after, frozen, none).news).toBe(1);
  });
});
