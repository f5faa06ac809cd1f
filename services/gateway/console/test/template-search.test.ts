import { expect, test } from "vitest";
import { search, slashAt, usableIn } from "../src/templates/search.ts";
import { template } from "./made-templates.ts";

test.each([
  ["/", 1, { from: 0, query: "" }],
  ["/hej", 4, { from: 0, query: "hej" }],
  ["/hej", 2, { from: 0, query: "h" }],
  ["Witam /zwr", 10, { from: 6, query: "zwr" }],
  ["Witam\n/zwrot tow", 16, { from: 6, query: "zwrot tow" }],
  ["i/lub", 5, null],
  ["https://dymek.test", 18, null],
  ["/home/jan", 9, null],
  ["10 / 2", 6, null],
  ["/hej\n", 5, null],
  ["hej", 3, null],
  [`/${"x".repeat(61)}`, 62, null],
])("a slash that looks for a template begins a word: %j at %d", (text, caret, slash) => {
  expect(slashAt(text, caret)).toEqual(slash);
});

const HELLO = template({ shortcut: "hej", title: "Powitanie", text: "Dzień dobry, w czym mogę pomóc?" });
const RETURN = template({ shortcut: "zwrot", title: "Zwrot towaru", text: "Zwrot w Łodzi trwa 14 dni." });
const SOON = template({ shortcut: "chwila", title: "Proszę o chwilę", text: "Sprawdzam zwrot." });
const ALL = [HELLO, RETURN, SOON];
const titles = (query: string, of = ALL): string[] => search(of, query).map(({ title }) => title);

test("a template is found by shortcut, title and text, without diacritics and in any case", () => {
  expect(titles("")).toEqual(["Powitanie", "Zwrot towaru", "Proszę o chwilę"]);
  expect(titles("CHWIL")).toEqual(["Proszę o chwilę"]);
  expect(titles("lodzi")).toEqual(["Zwrot towaru"]);
  expect(titles("zwrot 14")).toEqual(["Zwrot towaru"]);
  expect(titles("dzien dobry")).toEqual(["Powitanie"]);
  expect(titles("nic takiego")).toEqual([]);
  expect(titles(" strasse", [...ALL, template({ title: "Adres", text: "Große Straße 1" })])).toEqual(["Adres"]);
});

test("what is meant best stands first: the shortcut, then the title, then the text", () => {
  expect(titles("zwrot")).toEqual(["Zwrot towaru", "Proszę o chwilę"]);
  const own = template({ shortcut: "zwrot", title: "Mój zwrot", own: true });
  expect(titles("zwrot", [own, ...ALL])[0]).toBe("Mój zwrot");
  const exact = template({ shortcut: "h", title: "Inne" });
  expect(titles("h", [HELLO, exact])).toEqual(["Inne", "Powitanie"]);
});

test("templates of other topics are left out of a conversation", () => {
  const sales = template({ topic_ids: ["sales"] });
  const support = template({ topic_ids: ["support", "it"] });
  const every = template();
  expect(usableIn([sales, support, every], "sales")).toEqual([sales, every]);
  expect(usableIn([sales, support, every], null)).toEqual([sales, support, every]);
});
