import type { TicketSummary } from "@dymek/wire";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { session } from "../src/state/session.ts";
import {
  catchUp,
  countUnread,
  forgetTickets,
  hideTickets,
  hold,
  listing,
  loadOlder,
  markRead,
  release,
  showTickets,
  shown,
  ticketChanged,
  ticketsState,
  unreadTickets,
  watchTickets,
} from "../src/state/tickets.ts";
import { EVERYTHING_OPEN } from "../src/tickets/filter.ts";
import { at, EWA, ME, me } from "./made.ts";
import { id, page, ticket } from "./made-tickets.ts";
import { later, Server, type Asked } from "./ticket-server.ts";

const BY_EWA = { kind: "agent" as const, id: EWA.id };
const LIST = "GET /api/tickets";
let server: Server;
let stored: TicketSummary[];

const isCount = ({ query }: Asked): boolean => query.get("limit") === "1";
const rows = (): [number, boolean][] => shown.value.rows.map(({ ticket: row, gone }) => [row.number - 1000, gone]);
const change = (n: number, fields: Partial<TicketSummary> = {}): TicketSummary => {
  const changed = ticket(n, { version: 2, changed_at: at(9999), ...fields });
  stored = [changed, ...stored.filter((one) => one.id !== changed.id)].filter(({ status }) => status !== "closed");
  return changed;
};

beforeEach(() => {
  vi.useFakeTimers();
  session.value = { state: "in", me: me() };
  stored = [ticket(3), ticket(2), ticket(1)];
  server = new Server();
  server.on(LIST, (asked) => [200, isCount(asked) ? { ...page([]), total: 7 } : page(stored)]);
});
afterEach(() => {
  forgetTickets();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the list", () => {
  test("is asked for as its filter says, and shown", async () => {
    await showTickets({ ...EVERYTHING_OPEN, assignee: "me" });
    expect(server.of(LIST)[0]?.query.get("assignee")).toBe(ME.id);
    expect(ticketsState.value).toBe("ready");
    expect(rows()).toEqual([[3, false], [2, false], [1, false]]);
  });

  test("of the newest filter wins, whichever answer comes last", async () => {
    const slow = later<[number, unknown]>();
    server.on(LIST, (asked) => (asked.query.get("q") === "ka" ? slow.promise : [200, page([ticket(9)])]));
    const first = showTickets({ ...EVERYTHING_OPEN, q: "ka" });
    await showTickets({ ...EVERYTHING_OPEN, q: "kawa" });
    slow.give([200, page(stored)]);
    await first;
    expect(rows()).toEqual([[9, false]]);
  });

  test("that cannot be read says so, and is read when it is tried again", async () => {
    server.on(LIST, [503, {}]);
    await showTickets(EVERYTHING_OPEN);
    expect(ticketsState.value).toBe("fault");
    server.on(LIST, [200, page(stored)]);
    const again = showTickets(EVERYTHING_OPEN);
    expect(ticketsState.value).toBe("loading");
    await again;
    expect(rows()).toHaveLength(3);
  });

  test("stays on the screen when it cannot be read anew", async () => {
    await showTickets(EVERYTHING_OPEN);
    server.on(LIST, [503, {}]);
    await showTickets(EVERYTHING_OPEN);
    expect([ticketsState.value, rows().length]).toEqual(["ready", 3]);
  });

  test("goes on where the last page ended", async () => {
    server.on(LIST, ({ query }) => [200, query.has("after") ? page([ticket(1)]) : page([ticket(3), ticket(2)], "there")]);
    await showTickets({ ...EVERYTHING_OPEN, unread: true });
    await loadOlder();
    const last = server.of(LIST).at(-1)!.query;
    expect([last.get("after"), last.get("unread")]).toEqual(["there", "true"]);
    expect(rows()).toEqual([[3, false], [2, false], [1, false]]);
    expect(listing.value?.next).toBeNull();
  });
});

describe("a ticket changes while the list is open", () => {
  beforeEach(() => showTickets(EVERYTHING_OPEN));

  test("it comes up, a new one comes in, a closed one goes", () => {
    ticketChanged(change(1, { status: "open" }), BY_EWA);
    expect(rows().map(([n]) => n)).toEqual([1, 3, 2]);
    ticketChanged(change(4, { changed_at: at(10000) }), BY_EWA);
    expect(rows().map(([n]) => n)).toEqual([4, 1, 3, 2]);
    ticketChanged(change(3, { status: "closed" }), BY_EWA);
    expect(rows().map(([n]) => n)).toEqual([4, 1, 2]);
  });

  test("a customer who was found makes a ticket neither unread nor read", () => {
    const unread = () => listing.value?.rows.find((row) => row.id === ticket(1).id)?.unread;
    const found = { kind: "system", id: null } as const;
    for (const [version, before] of [[2, false], [4, true]] as const) {
      ticketChanged(change(1, { version, unread: before }), BY_EWA);
      ticketChanged(change(1, { version: version + 1, unread: !before }), found, false);
      expect(unread()).toBe(before);
    }
  });

  test("under the pointer nothing moves until it goes", () => {
    hold();
    ticketChanged(change(1, { status: "open" }), BY_EWA);
    ticketChanged(change(4), BY_EWA);
    ticketChanged(change(3, { status: "closed" }), BY_EWA);
    expect(rows()).toEqual([[3, true], [2, false], [1, false]]);
    expect(shown.value.rows[2]?.ticket.status).toBe("open");
    expect(shown.value.news).toBe(3);
    release();
    expect(rows().map(([n]) => n)).toEqual([4, 1, 2]);
    expect(shown.value.news).toBe(0);
  });

  test("what is new is shown when it is asked for, and rows are held again from then on", () => {
    hold();
    ticketChanged(change(4), BY_EWA);
    catchUp();
    expect(rows().map(([n]) => n)).toEqual([4, 3, 2, 1]);
    ticketChanged(change(5), BY_EWA);
    expect(rows().map(([n]) => n)).toEqual([4, 3, 2, 1]);
    expect(shown.value.news).toBe(1);
  });

  test("an older state of it changes nothing, in whichever order they come", () => {
    const newest = change(1, { version: 3, status: "waiting" });
    ticketChanged(newest, BY_EWA);
    ticketChanged(ticket(1, { version: 2, status: "closed" }), BY_EWA);
    expect(shown.value.rows[0]?.ticket).toEqual(newest);
  });

  test("the number of all and of the unread is read anew, once for many changes", async () => {
    server.asked.length = 0;
    for (let version = 2; version < 12; version++) ticketChanged(change(1, { version }), BY_EWA);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(server.of(LIST)).toHaveLength(2);
    expect(unreadTickets.value).toBe(7);
    expect(listing.value?.total).toBe(3);
  });

  test("what was heard while a page was on its way is not overwritten by it", async () => {
    const slow = later<[number, unknown]>();
    server.on(LIST, () => slow.promise);
    const reading = showTickets(EVERYTHING_OPEN);
    ticketChanged(ticket(2, { version: 5, status: "closed", changed_at: at(9999) }), BY_EWA);
    slow.give([200, page([ticket(3), ticket(2), ticket(1)])]);
    await reading;
    expect(rows().map(([n]) => n)).toEqual([3, 1]);
  });

  test("a list that nobody looks at is left alone and read when they come back", async () => {
    hideTickets();
    ticketChanged(change(4), BY_EWA);
    expect(rows()).toHaveLength(3);
    await showTickets(EVERYTHING_OPEN);
    expect(rows().map(([n]) => n)).toEqual([4, 3, 2, 1]);
  });
});

test("words are looked for by the server: a ticket that may hold them is not put in, but one that is shown stays", async () => {
  await showTickets({ ...EVERYTHING_OPEN, q: "kawa" });
  ticketChanged(ticket(9, { version: 2 }), BY_EWA);
  ticketChanged(ticket(2, { version: 2, status: "open", changed_at: at(9999) }), BY_EWA);
  expect(rows().map(([n]) => n)).toEqual([2, 3, 1]);
});

test("what was missed is read every minute, and when the connection is there again", async () => {
  await showTickets(EVERYTHING_OPEN);
  stored = [ticket(4), ...stored];
  const stop = watchTickets();
  await vi.advanceTimersByTimeAsync(0);
  expect(rows().map(([n]) => n)).toEqual([4, 3, 2, 1]);
  stored = [ticket(5), ...stored];
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rows().map(([n]) => n)).toEqual([5, 4, 3, 2, 1]);
  stop();
  server.asked.length = 0;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(server.asked).toEqual([]);
});

describe("unread", () => {
  test("counts tickets that are not closed", async () => {
    await countUnread();
    const { query } = server.of(LIST)[0]!;
    expect(query.getAll("status")).toEqual(["new", "open", "waiting", "postponed"]);
    expect([query.get("unread"), query.get("limit"), unreadTickets.value]).toEqual(["true", "1", 7]);
  });

  test("a ticket that was read is read in the list too", async () => {
    await showTickets(EVERYTHING_OPEN);
    server.on(`POST /api/tickets/${id(2)}/read`, [204, null]);
    await markRead(id(2));
    expect(shown.value.rows.map(({ ticket: row }) => row.unread)).toEqual([true, false, true]);
  });

  test("and stays unread where that could not be told", async () => {
    await showTickets(EVERYTHING_OPEN);
    await markRead(id(2));
    expect(shown.value.rows.map(({ ticket: row }) => row.unread)).toEqual([true, true, true]);
  });
});
