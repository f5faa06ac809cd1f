import { describe, expect, test } from "vitest";
import { afterOwn, change, dirty, drafted, isEdit, keepMine, rebase, set, takeTheirs, untouched, wrongs } from "../src/tickets/edit.ts";
import { at, EWA, ME, SALES, START } from "./made.ts";
import { card } from "./made-tickets.ts";

const MINE = { id: ME.id, name: ME.name };
const mine = () => set(set(untouched(card()), "assignee", MINE), "subject_line", "Mój temat");

describe("an agent's changes", () => {
  test("are what differs from the ticket; put back, nothing is changed", () => {
    const edit = mine();
    expect(edit.mine).toEqual({ assignee: MINE, subject_line: "Mój temat" });
    expect(dirty(set(set(edit, "assignee", null), "subject_line", " Pytanie   1 "))).toBe(false);
    expect(dirty(set(untouched(card({ tags: ["a", "b"] })), "tags", ["b", "a"]))).toBe(false);
  });

  test("are saved as a whole with the version they were decided on", () => {
    expect(change(set(mine(), "subject_line", "  Mój \t temat "))).toEqual({
      version: 1,
      subject_line: "Mój temat",
      status: "new",
      postponed_until: null,
      topic: SALES,
      assignee: MINE,
      tags: [],
      customer: null,
    });
  });

  test("a time is sent only for a postponed ticket", () => {
    const postponed = untouched(card({ status: "postponed", postponed_until: at(99) }));
    expect(change(postponed).postponed_until).toBe(at(99));
    expect(change(set(postponed, "state", { status: "open", postponed_until: at(99) })).postponed_until).toBeNull();
  });

  test("that cannot be are named by field, before anything is sent", () => {
    const edit = set(mine(), "subject_line", "   ");
    expect(wrongs(edit, START)).toEqual({ subject_line: "missing" });
    expect(wrongs(set(mine(), "subject_line", "x".repeat(301)), START)).toEqual({ subject_line: "long" });
    expect(wrongs(set(mine(), "state", { status: "postponed", postponed_until: null }), START)).toEqual({ state: "when" });
    expect(wrongs(set(mine(), "state", { status: "postponed", postponed_until: at(-1) }), START)).toEqual({ state: "past" });
    expect(wrongs(set(mine(), "state", { status: "postponed", postponed_until: at(1) }), START)).toEqual({});
  });

  test("a ticket whose time has just come may be changed in everything else", () => {
    const due = untouched(card({ status: "postponed", postponed_until: at(-1) }));
    expect(wrongs(set(due, "assignee", MINE), START)).toEqual({});
  });
});

describe("somebody else changes the ticket meanwhile", () => {
  test("in other fields: theirs comes in, mine stays, and it is known what they did", () => {
    const { edit, theirs } = rebase(mine(), card({ version: 2, status: "open", tags: ["pilne"] }));
    expect(theirs).toEqual(["state", "tags"]);
    expect(edit.clashes).toEqual([]);
    expect(drafted(edit)).toMatchObject({
      subject_line: "Mój temat",
      assignee: MINE,
      tags: ["pilne"],
      state: { status: "open" },
    });
    expect(change(edit).version).toBe(2);
  });

  test("in the same field: a clash, with both words there to choose from", () => {
    const { edit } = rebase(mine(), card({ version: 2, assignee: EWA }));
    expect(edit.clashes).toEqual(["assignee"]);
    expect([edit.mine.assignee, edit.base.assignee]).toEqual([MINE, EWA]);
    expect(keepMine(edit, ["assignee"])).toMatchObject({ clashes: [], mine: { assignee: MINE } });
    expect(takeTheirs(edit, ["assignee"])).toMatchObject({ clashes: [], mine: { subject_line: "Mój temat" } });
    expect(drafted(takeTheirs(edit)).assignee).toEqual(EWA);
  });

  test("in the tags: each is added or removed by itself, and none is a clash", () => {
    const tagged = (version: number, ...tags: string[]) => card({ version, tags });
    const edit = set(untouched(tagged(1, "a", "b", "c")), "tags", ["b", "c", "moje"]);
    const once = rebase(edit, tagged(2, "a", "b", "ich"));
    expect([once.edit.mine.tags, once.edit.clashes, once.theirs]).toEqual([["b", "ich", "moje"], [], ["tags"]]);
    const twice = rebase(once.edit, tagged(3, "a", "b", "moje"));
    expect([twice.edit.mine.tags, twice.edit.clashes]).toEqual([["b", "moje"], []]);
    expect(dirty(rebase(twice.edit, tagged(4, "moje", "b")).edit)).toBe(false);
  });

  test("to just what I wanted: nothing is left to do", () => {
    const { edit } = rebase(mine(), card({ version: 2, assignee: { ...MINE, name: "Jan K." } }));
    expect(edit.mine).toEqual({ subject_line: "Mój temat" });
    expect(edit.clashes).toEqual([]);
  });

  test("again before I have chosen: the clash stays, with their newest word", () => {
    const once = rebase(mine(), card({ version: 2, assignee: EWA })).edit;
    const twice = rebase(once, card({ version: 3, assignee: EWA, status: "open" })).edit;
    expect(twice.clashes).toEqual(["assignee"]);
    const back = rebase(once, card({ version: 3, assignee: null })).edit;
    expect(back).toMatchObject({ clashes: ["assignee"], base: { assignee: null } });
  });

  test("after I have said that mine holds: only a new change of it clashes", () => {
    const kept = keepMine(rebase(mine(), card({ version: 2, assignee: EWA })).edit);
    expect(rebase(kept, card({ version: 3, assignee: EWA, status: "open" })).edit.clashes).toEqual([]);
    expect(rebase(kept, card({ version: 3, assignee: null })).edit.clashes).toEqual(["assignee"]);
  });

  test("choosing a new value is choosing mine", () => {
    const { edit } = rebase(mine(), card({ version: 2, assignee: EWA }));
    expect(set(edit, "assignee", null).clashes).toEqual([]);
  });

  test("an answer that is older than what is known changes nothing", () => {
    const { edit } = rebase(mine(), card({ version: 3, assignee: EWA }));
    expect(rebase(edit, card({ version: 2 }))).toEqual({ edit, theirs: [] });
  });

  test("the time of a postponed ticket is part of its status", () => {
    const edit = set(untouched(card()), "state", { status: "postponed", postponed_until: at(60) });
    const same = card({ version: 2, status: "postponed", postponed_until: "2026-11-23T13:01:00+01:00" });
    expect(rebase(edit, same).edit.mine).toEqual({});
    const other = card({ version: 2, status: "postponed", postponed_until: at(120) });
    expect(rebase(edit, other).edit.clashes).toEqual(["state"]);
  });
});

describe("an own deed", () => {
  test("is nobody else's: a sent reply changes the status without a clash", () => {
    const edit = set(mine(), "state", { status: "closed", postponed_until: null });
    const { edit: next, theirs } = afterOwn(edit, card({ version: 2, status: "waiting", assignee: EWA }), ["state"]);
    expect(theirs).toEqual(["assignee"]);
    expect(next.clashes).toEqual(["assignee"]);
    expect(drafted(next).state.status).toBe("closed");
  });

  test("keeps what was changed while it was being saved", () => {
    const saved = card({ version: 2, assignee: MINE, subject_line: "Mój temat" });
    const { edit, theirs } = afterOwn(set(mine(), "tags", ["pilne"]), saved);
    expect([edit.mine, theirs, edit.clashes]).toEqual([{ tags: ["pilne"] }, [], []]);
  });
});

test("an edit that an older page has kept is gone on with only where it is whole", () => {
  expect(isEdit(JSON.parse(JSON.stringify(mine())))).toBe(true);
  for (const broken of [null, {}, { version: 1 }, { ...mine(), base: { subject_line: "x" } }]) expect(isEdit(broken)).toBe(false);
});
