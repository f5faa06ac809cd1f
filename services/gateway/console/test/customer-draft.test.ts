import { describe, expect, test } from "vitest";
import { checkCard } from "../src/customers/check.ts";
import { bodyOf, changedParts, draftOf, mergeCards, newDraft, tidy } from "../src/customers/draft.ts";
import { kept, shownValue, tidyValue, typed, webAddress, wrongValue } from "../src/customers/values.ts";
import { anna, field, FIELDS } from "./made-customers.ts";

const words = { yes: "Tak", no: "Nie" };
const base = draftOf(anna());

describe("a value by its kind", () => {
  test("a number is typed and shown with the language's comma, and kept with a point", () => {
    expect(typed("number", "1250.5", "pl")).toBe("1250,5");
    expect(kept("number", "1250,5", "pl")).toBe("1250.5");
    expect(typed("number", "1250.5", "en")).toBe("1250.5");
    expect(shownValue("number", "-3.25", "pl", words)).toBe("-3,25");
    expect(tidyValue("number", " 1\u00a0250.50 ")).toBe("1250.50");
  });

  test("in English a comma is no decimal point, because it might be a thousand", () => {
    expect(wrongValue(field("n", { kind: "number" }), "1,000")).toBe("number");
    expect(wrongValue(field("n", { kind: "number" }), "1000.25")).toBeNull();
  });

  test("a date is a day that there is", () => {
    const date = field("d", { kind: "date" });
    expect(wrongValue(date, "2024-02-29")).toBeNull();
    expect(wrongValue(date, "2025-02-29")).toBe("date");
    expect(wrongValue(date, "29.02.2024")).toBe("date");
    expect(shownValue("date", "2021-05-04", "pl", words)).toBe("4 maja 2021");
  });

  test("a choice is one of the list, and what is on the card may stay when the list has changed", () => {
    const plan = field("p", { kind: "choice", choices: ["Roczny"] });
    expect(wrongValue(plan, "Roczny")).toBeNull();
    expect(wrongValue(plan, "Dawny")).toBe("choice");
    expect(wrongValue(plan, "Dawny", "Dawny")).toBeNull();
    expect(wrongValue(plan, "")).toBeNull();
  });

  test("yes and no are kept as such and read in the language", () => {
    expect(shownValue("yes_no", "yes", "pl", words)).toBe("Tak");
    expect(shownValue("yes_no", "no", "pl", words)).toBe("Nie");
  });

  test("only an address of the web is a link", () => {
    expect(webAddress("https://firma.pl/a?b=1")).toBe("https://firma.pl/a?b=1");
    for (const other of ["javascript:alert(1)", "firma.pl", "ftp://firma.pl", "https:", "https://a b", "http://"])
      expect(webAddress(other), other).toBeNull();
    expect(wrongValue(field("l", { kind: "link" }), "firma.pl")).toBe("link");
  });
});

describe("what can be wrong with a card", () => {
  const check = (patch: Partial<typeof base>): string[] => {
    const faults = checkCard({ ...base, ...patch }, base, FIELDS);
    return Object.entries(faults).map(([path, fault]) => `${path} ${fault.rule}`);
  };

  test("nothing with the one that was read", () => expect(check({})).toEqual([]));
  test("a name is needed", () => expect(check({ name: "  " })).toEqual(["name missing"]));
  test("each address is one, and stands there once whatever its capitals", () => {
    expect(check({ emails: ["a@x.pl", "b", "A@X.PL"] })).toEqual(["emails.1 email", "emails.2 twice"]);
  });
  test("a phone has digits", () => expect(check({ phones: ["brak"] })).toEqual(["phones.0 phone"]));
  test("each custom field by its own kind", () => {
    expect(check({ values: { limit: "dużo", since: "wczoraj", page: "firma.pl" } })).toEqual([
      "values.limit number",
      "values.since date",
      "values.page link",
    ]);
  });
  test("a number may be typed in thousands", () => expect(check({ values: { limit: "1 250.50" } })).toEqual([]));
  test("lengths are the contract's", () => {
    expect(check({ name: "a".repeat(121), note: "b".repeat(4001) })).toEqual(["name long", "note long"]);
  });
});

describe("a card that is saved", () => {
  test("goes without empty lines, blanks and fields that are not there any more", () => {
    const draft = { ...base, name: " Anna ", emails: ["", " a@x.pl "], phones: [" "], values: { limit: "1 000", gone: "x" } };
    const body = bodyOf(tidy(draft, FIELDS), FIELDS);
    expect(body).toMatchObject({ name: "Anna", emails: ["a@x.pl"], phones: [], values: { limit: "1000" }, version: 3 });
  });

  test("keeps all values while the fields are not known", () => {
    expect(bodyOf(tidy({ ...base, values: { limit: "12.5" } }, null), null).values).toEqual({ limit: "12.5" });
  });

  test("of somebody new begins with what they gave", () => {
    expect(newDraft("id", "Jan", "jan@x.pl")).toMatchObject({ version: 0, name: "Jan", emails: ["jan@x.pl"] });
    expect(newDraft("id").emails).toEqual([]);
  });
});

describe("a card that somebody else has saved meanwhile", () => {
  test("keeps what was typed and takes over what only they changed", () => {
    const newer = draftOf(anna({ version: 4, company: "Nowa", note: "Dzwonić rano" }));
    const { draft, clashes, theirs } = mergeCards(base, { ...base, name: "Anna Nowak-Lis" }, newer);
    expect(draft).toMatchObject({ version: 4, name: "Anna Nowak-Lis", company: "Nowa", note: "Dzwonić rano" });
    expect(clashes).toEqual({});
    expect(theirs).toEqual(["company", "note"]);
  });

  test("has both words where both changed the same part", () => {
    const newer = draftOf(anna({ version: 4, company: "Ich", fields: [] }));
    const mine = { ...base, company: "Moja", values: { limit: "20" } };
    const { draft, clashes } = mergeCards(base, mine, newer);
    expect(draft.company).toBe("Moja");
    expect(draft.values).toEqual({ limit: "20" });
    expect(clashes).toEqual({ company: "Ich", "values.limit": "" });
  });

  test("loses no address that either has added, and brings none back that one has taken away", () => {
    const before = { ...base, emails: ["a@x.pl", "b@x.pl"] };
    const mine = { ...before, emails: ["a@x.pl", "mine@x.pl"] };
    const newer = { ...before, version: 4, emails: ["b@x.pl", "theirs@x.pl"] };
    const { draft, clashes } = mergeCards(before, mine, newer);
    expect(draft.emails).toEqual(["theirs@x.pl", "mine@x.pl"]);
    expect(clashes).toEqual({});
  });

  test("is no clash where both did the same", () => {
    const newer = draftOf(anna({ version: 4, company: "Ta sama" }));
    const { draft, clashes } = mergeCards(base, { ...base, company: "Ta sama" }, newer);
    expect(clashes).toEqual({});
    expect(changedParts(newer, draft)).toEqual([]);
  });
});
