import { describe, expect, test } from "vitest";
import { cardOf, lists, topicsOf, withBoard, withCard, without, type Cards } from "../src/lib/board.ts";
import { EWA, ME, at, card } from "./made.ts";

const none: Cards = new Map();
const ids = (all: { conversation_id: string }[]): string[] => all.map((one) => one.conversation_id);

describe("a card and a board", () => {
  test("the higher head holds, whichever came first", () => {
    const newer = withCard(none, card("x", { head: 5, state: "active" }), 10);
    expect(withCard(newer, card("x", { head: 4 }), 11)).toBe(newer);
    const read = withBoard(newer, { cards: [card("x", { head: 4 })], more: 0 }, 20);
    expect(read.get("x")?.card.state).toBe("active");
  });

  test("what a board does not name is gone, unless a card came while it was being read", () => {
    const known = withCard(withCard(none, card("old"), 10), card("fresh"), 25);
    expect([...withBoard(known, { cards: [card("x")], more: 0 }, 20).keys()]).toEqual(["fresh", "x"]);
  });

  test("an ended conversation is not brought back by a board that was written before its end", () => {
    const ended = withCard(none, card("x", { head: 9, state: "closed" }), 25);
    const read = withBoard(ended, { cards: [card("x", { head: 8, state: "active" })], more: 0 }, 20);
    expect(lists(read, ME.id).team).toEqual([]);
    expect(withBoard(read, { cards: [], more: 0 }, 90).has("x")).toBe(false);
  });

  test("one that is no longer the agent's to see is dropped, unless it has come back since", () => {
    const known = withCard(none, card("x", { head: 5 }), 1);
    const dropped = without(known, card("x", { head: 5 }), 2);
    expect([lists(dropped, ME.id).waiting, topicsOf(dropped), cardOf(dropped, "x")]).toEqual([[], [], undefined]);
    expect(without(known, card("x", { head: 4 }), 2)).toBe(known);
    expect(ids(lists(withCard(dropped, card("x", { head: 6 }), 3), ME.id).waiting)).toEqual(["x"]);
  });

  test("one that went while a board was being read is not brought back by it, only by the next", () => {
    const board = { cards: [card("x", { head: 5 })], more: 0 };
    const gone = without(none, card("x", { head: 5 }), 25);
    const read = withBoard(gone, board, 20);
    expect(lists(read, ME.id).waiting).toEqual([]);
    expect(ids(lists(withBoard(read, board, 90), ME.id).waiting)).toEqual(["x"]);
  });
});

describe("the lists", () => {
  const support = { id: "support", name: "Pomoc" };
  const all = [
    card("second", { waiting_since: at(10) }),
    card("first", { waiting_since: at(5), state: "offered", offered_to: EWA }),
    card("mine", { state: "active", owner: ME, participants: [ME] }),
    card("joined", { state: "active", owner: EWA, participants: [EWA, ME] }),
    card("hers", { state: "active", owner: EWA, participants: [EWA], topic: support }),
    card("over", { state: "closed" }),
  ].reduce((cards, one) => withCard(cards, one, 1), none);

  test("waiting ones stand in the order of their waiting, the offered ones among them", () => {
    expect(ids(lists(all, ME.id).waiting)).toEqual(["first", "second"]);
  });

  test("the team's are those that the agent does not take part in", () => {
    expect(ids(lists(all, ME.id).team)).toEqual(["hers"]);
    expect(ids(lists(all, "somebody").team)).toEqual(["mine", "joined", "hers"]);
  });

  test("one topic can be chosen of those there are", () => {
    expect(topicsOf(all).map(({ name }) => name)).toEqual(["Pomoc", "Sprzedaż"]);
    expect(ids(lists(all, ME.id, "support").waiting)).toEqual([]);
    expect(ids(lists(all, ME.id, "support").team)).toEqual(["hers"]);
  });
});
