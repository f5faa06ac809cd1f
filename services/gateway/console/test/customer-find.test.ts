import { describe, expect, test } from "vitest";
import { marks, phoneMarks } from "../src/customers/find.ts";
import { fold } from "../src/lib/fold.ts";
import { customersPath, given, joined, statusOf } from "../src/customers/search.ts";
import { found } from "./made-customers.ts";

const hits = (all: { text: string; hit: boolean }[]): string[] => all.filter(({ hit }) => hit).map(({ text }) => text);
const whole = (all: { text: string }[]): string => all.map(({ text }) => text).join("");

describe("what is marked in a found card", () => {
  test("words are found without their diacritics and capitals", () => {
    expect(fold("  ŁÓDŹ  Źródła ")).toBe("lodz zrodla");
    expect(hits(marks("Piekarnia Źródlana, Łódź", "lodz"))).toEqual(["Łódź"]);
    expect(hits(marks("Piekarnia Źródlana, Łódź", "ZRODL"))).toEqual(["Źródl"]);
  });

  test("only where a word begins, also inside an address", () => {
    expect(hits(marks("Nowak-Lis", "lis"))).toEqual(["Lis"]);
    expect(hits(marks("Nowalis", "lis"))).toEqual([]);
    expect(hits(marks("anna@piekarnia.pl", "piek"))).toEqual(["piek"]);
  });

  test("each part of what is sought, and the text stays whole", () => {
    const pieces = marks("Anna Nowak, Annopol", "ann now");
    expect(hits(pieces)).toEqual(["Ann", "Now", "Ann"]);
    expect(whole(pieces)).toBe("Anna Nowak, Annopol");
  });

  test("letters that are two when folded, and marks that are letters of their own, are marked whole", () => {
    expect(hits(marks("Weiß", "weis"))).toEqual(["Weiß"]);
    expect(hits(marks("Lo\u0301dz\u0301 2", "lodz"))).toEqual(["Lo\u0301dz\u0301"]);
  });

  test("a phone's digits, however they are spaced on either side", () => {
    expect(hits(phoneMarks("+48 600 100 200", "600-100"))).toEqual(["600 100"]);
    expect(hits(phoneMarks("+48 600 100 200", "0048 600"))).toEqual(["48 600"]);
    expect(hits(phoneMarks("42 630 00 00", "anna"))).toEqual([]);
  });

  test("nothing is marked where nothing is sought", () => {
    expect(marks("Anna", "")).toEqual([{ text: "Anna", hit: false }]);
    expect(marks("", "anna")).toEqual([]);
  });
});

describe("a search", () => {
  test("asks by what is typed, page after page", () => {
    expect(customersPath("łódź & co", null, 50)).toBe("/api/customers?limit=50&q=%C5%82%C3%B3d%C5%BA+%26+co");
    expect(customersPath("", "place", 20)).toBe("/api/customers?limit=20&after=place");
  });

  test("shows a card once, where it was found last", () => {
    const first = { q: "", customers: [found("a"), found("b")], next: "n" };
    const both = joined(first, { customers: [found("b", { name: "Nowa" }), found("c")], next: null });
    expect(both.customers.map(({ id, name }) => `${id} ${name}`)).toEqual(["a Klient a", "b Nowa", "c Klient c"]);
    expect(both.next).toBeNull();
  });

  test("says how many were found, in the right form", () => {
    const all = (n: number, next: string | null = null) =>
      statusOf({ found: { q: "a", customers: Array.from({ length: n }, (_, at) => found(String(at))), next }, state: "ready" });
    expect([all(1), all(3), all(7), all(50, "more")]).toEqual(["1 wynik", "3 wyniki", "7 wyników", "Ponad 50 wyników"]);
  });

  test("of somebody unknown begins their card with what was typed", () => {
    expect(given("Jan Lis")).toEqual({ name: "Jan Lis", email: "", phone: "" });
    expect(given(" jan@x.pl ")).toEqual({ name: "", email: "jan@x.pl", phone: "" });
    expect(given("+48 600 100")).toEqual({ name: "", email: "", phone: "+48 600 100" });
  });
});
