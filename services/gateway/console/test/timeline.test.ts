import { describe, expect, test } from "vitest";
import { timeline, type Item } from "../src/lib/timeline.ts";
import {
  EWA,
  ME,
  SALES,
  answered,
  at,
  entries,
  joined,
  left,
  offered,
  pendingPost,
  said,
  started,
  wrote,
} from "./made.ts";

const drawn = (...args: Parameters<typeof entries>): Item[] => timeline(entries(...args), [], ME.id, "Anna");
const kinds = (items: Item[]): string[] => items.map((item) => item.kind);

describe("the log on the screen", () => {
  test("tells an offer in one line, with its outcome once it has one", () => {
    const open = drawn([started(), offered("o", EWA)]);
    expect(open.at(-1)).toMatchObject({ kind: "offer", name: EWA.name, outcome: null });
    const ended = drawn([
      started(),
      offered("o", EWA),
      { kind: "offer_ended", offer_id: "o", agent: EWA, outcome: "expired" },
    ]);
    expect(kinds(ended)).toEqual(["day", "started", "offer"]);
    expect(ended.at(-1)).toMatchObject({ outcome: "expired" });
  });

  test("says who offers it to whom", () => {
    const item = drawn([started(), joined(), offered("o", EWA, ME), answered("o", "declined", EWA)]).at(-1);
    expect(item).toMatchObject({ kind: "offer", by: ME.name, byMe: true, name: EWA.name, outcome: "declined" });
  });

  test("tells a hand-over and a take-over in one line", () => {
    const handed = drawn([started(), joined(), left(ME, "handed_over"), joined(EWA)]);
    expect(kinds(handed)).toEqual(["day", "started", "joined", "handed"]);
    expect(handed.at(-1)).toMatchObject({ from: ME.name, to: EWA.name, taken: false });
    const taken = drawn([started(), joined(), left(ME, "taken_over"), { kind: "owner_changed", agent: EWA }]);
    expect(taken.at(-1)).toMatchObject({ kind: "handed", to: EWA.name, taken: true });
  });

  test("tells an owner's leaving, and who leads since, each by itself", () => {
    const items = drawn([started(), joined(), joined(EWA, false), left(), { kind: "owner_changed", agent: EWA }]);
    expect(items.slice(-2)).toMatchObject([
      { kind: "left", me: true, reason: "left" },
      { kind: "owner", name: EWA.name, me: false },
    ]);
  });

  test("tells once that everybody left because the conversation was moved", () => {
    const items = drawn([
      started(),
      joined(),
      joined(EWA, false),
      left(ME, "moved"),
      left(EWA, "moved"),
      { kind: "waiting_again", reason: "moved", topic: SALES },
    ]);
    expect(kinds(items)).toEqual(["day", "started", "joined", "joined", "waits"]);
    expect(items.at(-1)).toMatchObject({ reason: "moved", topic: SALES.name });
  });

  test("shows the company's texts and the warning of inactivity", () => {
    const items = drawn([
      started(),
      { kind: "system_message", purpose: "welcome", text: "Witamy!" },
      { kind: "inactivity_warned", closes_at: at(900) },
    ]);
    expect(items.slice(-2)).toMatchObject([
      { kind: "company", purpose: "welcome", text: "Witamy!" },
      { kind: "warned", closesAt: at(900) },
    ]);
  });

  test("groups bubbles of one author within minutes", () => {
    const items = drawn([started(), said("A"), said("B"), wrote("C")]).filter((item) => item.kind === "message");
    expect(items.map((item) => [item.first, item.last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
    const late = drawn([said("A"), said("B")], 600).filter((item) => item.kind === "message");
    expect(late.every((item) => item.first && item.last)).toBe(true);
  });

  test("separates days", () => {
    expect(kinds(drawn([started(), said("A")], 86_400))).toEqual(["day", "started", "day", "message"]);
  });

  test("tells own words, a colleague's and the visitor's apart", () => {
    const items = drawn([said("A"), wrote("B"), wrote("C", EWA)]).filter((item) => item.kind === "message");
    expect(items.map((item) => item.by)).toEqual(["visitor", "me", "agent"]);
  });

  test("shows only the newest rating", () => {
    const items = drawn([
      started(),
      { kind: "rated", score: "bad", comment: "" },
      { kind: "rated", score: "good", comment: "Jednak tak" },
    ]);
    expect(items.filter((item) => item.kind === "rated")).toMatchObject([{ rating: { score: "good" } }]);
  });

  test("says nothing of a look-up where there was no address", () => {
    const looked = { kind: "customer_looked_up", customer_id: null, verified: false } as const;
    expect(kinds(drawn([started("Ola", null), looked]))).not.toContain("looked_up");
    expect(kinds(drawn([started("Ola"), looked]))).toContain("looked_up");
  });

  test("tells who says whose conversation it is, and that it is taken back", () => {
    const anna = { id: "c-anna", name: "Anna Nowak" };
    const items = drawn([
      started("Ola", null),
      { kind: "customer_attached", customer: anna, by: ME },
      { kind: "customer_attached", customer: null, by: EWA },
    ]);
    expect(items.slice(-2)).toMatchObject([
      { kind: "attached", customer: anna.name, me: true },
      { kind: "attached", customer: null, me: false, name: EWA.name },
    ]);
  });

  test("skips a kind that only a newer gateway knows", () => {
    expect(kinds(drawn([started(), { kind: "note" } as never, joined()]))).toEqual(["day", "started", "joined"]);
  });
});

describe("own messages on their way", () => {
  const told = entries([started(), wrote("A", ME, "one")]);

  test("stand after the log, in the order they were written", () => {
    const items = timeline(told, [pendingPost("two", "B"), pendingPost("three", "C")], ME.id, "Anna");
    expect(items.slice(-2)).toMatchObject([
      { kind: "pending", text: "B" },
      { kind: "pending", text: "C" },
    ]);
  });

  test("are never shown twice, also when the entry arrives before its acknowledgement", () => {
    const items = timeline(told, [pendingPost("one", "A")], ME.id, "Anna");
    expect(kinds(items)).toEqual(["day", "started", "message"]);
  });

  test("keep their key when they become an entry, so that the bubble stays the same element", () => {
    const before = timeline(told.slice(0, 1), [pendingPost("one", "A")], ME.id, "Anna").at(-1);
    const after = timeline(told, [], ME.id, "Anna").at(-1);
    expect(before?.key).toBe(after?.key);
  });
});
