import { describe, expect, test } from "vitest";
import { apiQuery, EVERYTHING_OPEN, fits, narrowing, parseFilter, tidyTag, writeFilter, type TicketFilter } from "../src/tickets/filter.ts";
import { EWA, ME, SALES } from "./made.ts";
import { id, ticket } from "./made-tickets.ts";

const filter = (fields: Partial<TicketFilter> = {}): TicketFilter => ({ ...EVERYTHING_OPEN, ...fields });
const asked = (fields: Partial<TicketFilter>): string => decodeURIComponent(apiQuery(filter(fields), ME.id).toString());

describe("the address", () => {
  test("says nothing of what nobody chose", () => {
    expect(writeFilter(EVERYTHING_OPEN)).toBe("");
    expect(parseFilter("")).toEqual(EVERYTHING_OPEN);
  });

  test.each<Partial<TicketFilter>>([
    { statuses: ["new", "closed"] },
    { statuses: [] },
    { assignee: "me" },
    { assignee: "none" },
    { assignee: id(7) },
    { topics: [id(1), id(2)] },
    { tag: "zwrot towaru & więcej" },
    { customer: id(3), conversation: id(4), unread: true },
    { q: "kawa #1042, Łódź", sort: "opened", order: "asc" },
    { sort: "number" },
  ])("keeps %o over a reload", (fields) => {
    expect(parseFilter(writeFilter(filter(fields)))).toEqual(filter(fields));
  });

  test("what it says wrongly is left out", () => {
    const wrong = "?status=lost,open&assignee=jan&topic=x,,&customer=1&sort=name&order=up&unread=yes&q=kawa";
    expect(parseFilter(wrong)).toEqual(filter({ statuses: ["open"], q: "kawa" }));
    expect(parseFilter("?status=nothing").statuses).toBeNull();
  });

  test("a question is cut where the server stops reading", () => {
    expect(parseFilter(`?q=${"a".repeat(300)}`).q).toHaveLength(200);
  });
});

describe("what the server is asked", () => {
  test("tickets that are not closed, the last changed first, where nothing is chosen", () => {
    expect(asked({})).toBe("status=new&status=open&status=waiting&status=postponed&sort=changed&order=desc");
  });

  test("closed ones too for whoever looks for words, a customer or a conversation", () => {
    expect(asked({ q: " kawa " })).toBe("q=kawa&sort=changed&order=desc");
    expect(asked({ customer: id(3) })).toBe(`customer=${id(3)}&sort=changed&order=desc`);
    expect(asked({ conversation: id(3) })).toBe(`conversation=${id(3)}&sort=changed&order=desc`);
  });

  test("a chosen status holds for a search as well", () => {
    expect(asked({ q: "kawa", statuses: ["open"] })).toContain("status=open&q=kawa");
  });

  test("me is this agent", () => {
    expect(asked({ assignee: "me" })).toContain(`assignee=${ME.id}`);
    expect(asked({ assignee: "none" })).toContain("assignee=none");
  });

  test("every topic by itself", () => {
    expect(asked({ topics: [id(1), id(2)], unread: true, tag: "zwrot" })).toContain(
      `topic=${id(1)}&topic=${id(2)}&tag=zwrot&unread=true`,
    );
  });
});

describe("a ticket that changes while the list is open", () => {
  const open = ticket(1, { status: "open", assignee: EWA, tags: ["zwrot"], customer: { id: id(3), name: "Anna" } });

  test.each<[string, Partial<TicketFilter>, "yes" | "no" | "unknown"]>([
    ["is not closed", {}, "yes"],
    ["has another status", { statuses: ["new"] }, "no"],
    ["is a colleague's", { assignee: EWA.id }, "yes"],
    ["is not mine", { assignee: "me" }, "no"],
    ["is somebody's", { assignee: "none" }, "no"],
    ["is of the topic", { topics: [id(1), SALES.id] }, "yes"],
    ["is of another topic", { topics: [id(1)] }, "no"],
    ["has the tag", { tag: "zwrot" }, "yes"],
    ["has not the tag", { tag: "faktura" }, "no"],
    ["is the customer's", { customer: id(3) }, "yes"],
    ["is unread", { unread: true }, "yes"],
    ["may hold the words", { q: "kawa" }, "unknown"],
    ["may be of the conversation", { conversation: id(9) }, "unknown"],
    ["does not fit, whatever words it holds", { q: "kawa", statuses: ["closed"] }, "no"],
  ])("%s", (_, fields, answer) => {
    expect(fits(open, filter(fields), ME.id)).toBe(answer);
  });

  test("leaves the list of what is to do when it is closed, and that of the unread when it is read", () => {
    expect(fits({ ...open, status: "closed" }, filter(), ME.id)).toBe("no");
    expect(fits({ ...open, unread: false }, filter({ unread: true }), ME.id)).toBe("no");
  });
});

test("a tag is looked for as it is kept", () => {
  expect(tidyTag("  #Zwrot   Towaru ")).toBe("zwrot towaru");
});

test("only what narrows the list is counted", () => {
  expect(narrowing(filter({ sort: "number", q: "kawa" }))).toBe(0);
  expect(narrowing(filter({ assignee: "me", unread: true, statuses: [] }))).toBe(3);
});
