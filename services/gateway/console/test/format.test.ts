import { describe, expect, test } from "vitest";
import { plural } from "../src/i18n/plural.ts";
import { en } from "../src/i18n/en.ts";
import { pl } from "../src/i18n/pl.ts";
import { dayName, duration, initials, plainAddress, toneOf } from "../src/lib/format.ts";
import { parseRoute, paths } from "../src/lib/route.ts";

test("a duration is said in its two largest units", () => {
  expect([0, 59_999, 60_000, 3_599_000, 3_600_000, 7_500_000, -5].map(duration)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "59 min",
    "1 h",
    "2 h 5 min",
    "0 s",
  ]);
});

test("initials are those of the first and the last word", () => {
  expect(["Anna Maria Nowak", "łucja", "", "🙂 Ola"].map(initials)).toEqual(["AN", "Ł", "·", "🙂O"]);
});

test("a name always has the same colour", () => {
  expect(toneOf("Anna")).toBe(toneOf("Anna"));
  expect(toneOf("Żółć")).toBeLessThan(6);
});

test("today and yesterday have their words, other days their date", () => {
  const now = new Date(2026, 10, 23, 0, 30).getTime();
  const day = (date: Date): string =>
    dayName(date.toISOString(), now, "pl", { today: "Dzisiaj", yesterday: "Wczoraj" });
  expect(day(new Date(2026, 10, 23, 0, 5))).toBe("Dzisiaj");
  expect(day(new Date(2026, 10, 22, 23, 59))).toBe("Wczoraj");
  expect(day(new Date(2026, 10, 3))).toBe("3 listopada 2026");
});

test("an address is shown without what everybody knows", () => {
  expect(plainAddress("https://www.example.com/")).toBe("www.example.com");
});

describe("plural forms", () => {
  test("follow the language's rules", () => {
    const count = plural("pl");
    const forms = { one: "znak", few: "znaki", many: "znaków" };
    expect([1, 2, 5, 12, 22].map((n) => count(n, forms))).toEqual(["znak", "znaki", "znaków", "znaków", "znaki"]);
    expect(pl.offers.left(1)).toBe("Została 1 sekunda");
    expect(en.offers.left(2)).toBe("2 seconds left");
  });
});

test("both languages have the same sentences, none of them empty", () => {
  const leaves = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`))
      : [value === "" ? `${path} is empty` : path];
  expect(leaves(en)).toEqual(leaves(pl));
});

test("addresses lead where they say, and back", () => {
  expect(parseRoute("/console")).toEqual({ page: "chats", id: null });
  expect(parseRoute(paths.home)).toEqual({ page: "chats", id: null });
  expect(parseRoute(paths.chat("c1"))).toEqual({ page: "chats", id: "c1" });
  expect(parseRoute(paths.tickets)).toEqual({ page: "tickets", id: null });
  expect(parseRoute(paths.ticket("t1"))).toEqual({ page: "tickets", id: "t1" });
  expect(parseRoute("/console/nowhere").page).toBe("missing");
  expect(parseRoute("/console/chats/a/b").page).toBe("missing");
});
