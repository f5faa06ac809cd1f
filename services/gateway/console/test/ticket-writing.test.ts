import { describe, expect, test } from "vitest";
import { addTags } from "../src/tickets/tags.ts";
import { inThreeDays, localOf, momentOf, monday, tomorrow } from "../src/tickets/when.ts";
import { keepWriting, named, NOTHING, sent, typed, writingOf } from "../src/tickets/writing.ts";
import { card, message } from "./made-tickets.ts";

describe("what is written", () => {
  test("is kept per ticket and agent, a reply and a comment apart", () => {
    const both = { ...typed({ ...typed(NOTHING, "Odpowiedź"), kind: "comment" as const }, "Komentarz") };
    keepWriting("jan.1", both);
    expect(writingOf("jan.1")).toEqual(both);
    expect(writingOf("ewa.1")).toEqual(NOTHING);
    expect(writingOf("jan.2")).toEqual(NOTHING);
    keepWriting("jan.1", NOTHING);
    expect(writingOf("jan.1")).toEqual(NOTHING);
  });

  test("is the same message however often it is tried", () => {
    const once = named(typed(NOTHING, "Dzień dobry"), "reply");
    expect(once.reply.id).toMatch(/^[0-9a-f-]{36}$/u);
    expect(named(once, "reply")).toEqual(once);
  });

  test("is gone once it is in the thread, and the next one is another message", () => {
    const trying = named(typed(NOTHING, "Dzień dobry "), "reply");
    const ticket = card({ messages: [message(), message({ id: trying.reply.id, kind: "reply", text: "Dzień dobry" })] });
    expect(sent(trying, "reply", trying.reply, ticket)).toEqual({ writing: NOTHING, earlier: false });
  });

  test.each([
    ["Dzień dobry, i jeszcze", ", i jeszcze"],
    ["Dzień dobry\n\nPS Do jutra", "PS Do jutra"],
    ["Dzień dobry", ""],
    ["Zupełnie co innego", "Zupełnie co innego"],
  ])("what was typed while it was being sent stays, without what was sent: %j", (now, rest) => {
    const trying = named(typed(NOTHING, "Dzień dobry "), "reply");
    const ticket = card({ messages: [message({ id: trying.reply.id, text: "Dzień dobry" })] });
    expect(sent(typed(trying, now), "reply", trying.reply, ticket).writing.reply).toEqual({ text: rest, id: null });
  });

  test("changed after a lost answer that had arrived, it stays and is told", () => {
    const trying = named(typed(NOTHING, "Druga wersja"), "reply");
    const ticket = card({ messages: [message({ id: trying.reply.id, text: "Pierwsza wersja" })] });
    const outcome = sent(trying, "reply", trying.reply, ticket);
    expect(outcome).toEqual({ writing: { ...NOTHING, reply: { text: "Druga wersja", id: null } }, earlier: true });
  });
});

describe("tags", () => {
  test("each once, in small letters", () => {
    expect(addTags(["zwrot"], "#Faktura, ZWROT,  do  wyjaśnienia ")).toEqual({
      tags: ["zwrot", "faktura", "do wyjaśnienia"],
      rest: "",
    });
  });

  test("what is none stays in the field", () => {
    expect(addTags([], `dobry, a#b, ${"x".repeat(41)}`)).toEqual({ tags: ["dobry"], rest: `a#b, ${"x".repeat(41)}` });
    const full = Array.from({ length: 20 }, (_, n) => `t${n}`);
    expect(addTags(full, "jeden")).toEqual({ tags: full, rest: "jeden" });
  });
});

describe("until when", () => {
  const wednesday = new Date(2026, 10, 25, 16, 30).getTime();

  test("days and hours are those of this computer", () => {
    expect(localOf(tomorrow(wednesday))).toBe("2026-11-26T09:00");
    expect(localOf(inThreeDays(wednesday))).toBe("2026-11-28T09:00");
    expect(localOf(monday(wednesday))).toBe("2026-11-30T09:00");
    expect(localOf(monday(new Date(2026, 10, 30, 8, 0).getTime()))).toBe("2026-12-07T09:00");
    expect(momentOf("2026-11-26T09:00")).toBe(tomorrow(wednesday));
  });

  test("what is no time is none", () => {
    expect([momentOf(""), momentOf("jutro"), localOf(null), localOf("x")]).toEqual([null, null, "", ""]);
  });
});
