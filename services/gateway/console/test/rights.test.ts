import { describe, expect, test } from "vitest";
import { departure, leavesNobody, partIn, rights, successor } from "../src/lib/rights.ts";
import { EWA, ME, answered, chat, desk, entries, joined, left, log, offer, offered, started } from "./made.ts";

const ADAM = { id: "adam", name: "Adam Wilk" };
const seen = (...args: Parameters<typeof entries>) => log(entries(...args)).header;
const may = (header: ReturnType<typeof seen>, supervises = false): string[] =>
  Object.entries(rights(header, ME.id, supervises)).flatMap(([what, on]) => (on ? [what] : []));

describe("what may be done in a conversation", () => {
  test("its owner hands it over, leaves or ends it", () => {
    expect(may(seen([started(), joined()]))).toEqual(["choose", "move", "leave", "end"]);
  });

  test("who joined may only leave; who has not may join", () => {
    expect(may(seen([started(), joined(EWA), joined(ME, false)]))).toEqual(["leave"]);
    expect(may(seen([started(), joined(EWA)]))).toEqual(["join"]);
  });

  test("a supervisor may reassign, join and take over, and end it once inside", () => {
    expect(may(seen([started(), joined(EWA)]), true)).toEqual(["choose", "move", "join", "takeOver"]);
    expect(may(seen([started(), joined(EWA), joined(ME, false)]), true)).toEqual([
      "choose",
      "move",
      "leave",
      "takeOver",
      "end",
    ]);
  });

  test("nobody joins one that waits, and nothing can be done in one that is over", () => {
    expect(may(seen([started()]))).toEqual([]);
    expect(may(seen([started()]), true)).toEqual(["choose", "move", "takeOver"]);
    expect(may(seen([started(), joined(), { kind: "ended", reason: "inactive", agent: null }]), true)).toEqual([]);
  });

  test("leaving is asked about only where nobody would be left", () => {
    expect(leavesNobody(seen([started(), joined()]), ME.id)).toBe(true);
    expect(leavesNobody(seen([started(), joined(), joined(EWA, false)]), ME.id)).toBe(false);
  });
});

describe("an agent's part", () => {
  test("is told by the desk; a supervisor watches the rest", () => {
    const now = desk({ chats: [chat("a")], offers: [offer("o", { conversation_id: "b" })] });
    expect(["a", "b", "c"].map((id) => partIn(id, now))).toEqual(["own", "offered", "none"]);
    expect(partIn("c", now, true)).toBe("watching");
  });

  test("of somebody who is inside and asked to lead is to take part", () => {
    const now = desk({ chats: [chat("a")], offers: [offer("o", { conversation_id: "a" })] });
    expect(partIn("a", now)).toBe("own");
  });
});

describe("how an agent came out", () => {
  test("is the last word about them", () => {
    const told = entries([started(), joined(), offered("o", EWA, ME), answered("o", "accepted", EWA)]);
    expect(departure(told, ME.id)).toBeNull();
    const gone = entries([started(), joined(), left(ME, "handed_over"), joined(EWA)]);
    expect(departure(gone, ME.id)).toEqual({ reason: "handed_over" });
    expect(successor(gone, 2)).toEqual(EWA);
    expect(departure(entries([started(), joined(), left(), joined()]), ME.id)).toBeNull();
  });

  test("names nobody where others only happened to be in it", () => {
    const gone = entries([started(), joined(EWA), joined(ADAM, false), joined(ME, false), left()]);
    expect(departure(gone, ME.id)).toEqual({ reason: "left" });
    expect(successor(gone, 4)).toBeNull();
  });
});
