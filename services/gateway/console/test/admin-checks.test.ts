import type { Hours, RoutingSettings, TopicSettings } from "@dymek/wire";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { changeOf, draftOf, newOf, NOBODY } from "../src/admin/agent.ts";
import { BOUNDS, checkAgent, checkRouting, checkTopic } from "../src/admin/checks.ts";
import { inOrder, nextSpan, tidyTime } from "../src/admin/hours.ts";
import { changed, merge } from "../src/admin/merge.ts";
import { ACCOUNT, ROUTING, topic } from "./made-admin.ts";

interface Schema {
  minimum?: number;
  maximum?: number;
  anyOf?: Schema[];
}

test("the bounds beside the fields are the contract's", () => {
  const path = resolve(import.meta.dirname, "../../../../contracts/schemas/wire.json");
  const { $defs } = JSON.parse(readFileSync(path, "utf-8")) as { $defs: Record<string, { properties: Record<string, Schema> }> };
  const properties = { ...$defs["TopicSettings"]?.properties, ...$defs["RoutingSettings"]?.properties };
  for (const [name, bounds] of Object.entries(BOUNDS)) {
    const schema = properties[name] ?? $defs["AgentChange"]?.properties[name]?.anyOf?.find(({ maximum }) => maximum);
    expect([schema?.minimum, schema?.maximum], name).toEqual([...bounds]);
  }
});

const faultsOf = (fields: Partial<TopicSettings>): Record<string, string> =>
  Object.fromEntries(Object.entries(checkTopic(topic(fields))).map(([path, { rule }]) => [path, rule]));

const at = (day: number, opens: string, closes: string) => ({ day, opens, closes });
const hours = (fields: Partial<Hours>): Hours => ({ time_zone: "Europe/Warsaw", weekly: null, holidays: [], ...fields });

test("a topic as it comes from the server has nothing wrong", () => {
  expect(checkTopic(topic())).toEqual({});
});

test("what is out of bounds, missing or no number is named by its field", () => {
  expect(faultsOf({ offer_seconds: 4, first_answer_seconds: Number.NaN, inactivity_seconds: 12.5 })).toEqual({
    offer_seconds: "range",
    first_answer_seconds: "range",
    inactivity_seconds: "range",
    inactivity_warning_seconds: "warning",
  });
  expect(faultsOf({ name: "  ", ticket_subject: "", welcome_text: { pl: "", en: "x".repeat(1001) } })).toEqual({
    name: "missing",
    ticket_subject: "missing",
    "welcome_text.en": "long",
  });
});

test("a warning comes before the closing", () => {
  expect(faultsOf({ inactivity_seconds: 120, inactivity_warning_seconds: 120 })).toEqual({
    inactivity_warning_seconds: "warning",
  });
  expect(faultsOf({ inactivity_seconds: 120, inactivity_warning_seconds: 119 })).toEqual({});
});

test("spans are times in order that do not overlap, on holidays too", () => {
  const weekly = [at(1, "08:00", "16:00"), at(1, "15:00", "17:00"), at(2, "15:00", "24:00"), at(3, "9", "09:00"), at(4, "10:00", "10:00")];
  const holidays = [
    { day: "2026-12-24", name: "Wigilia", spans: [{ opens: "08:00", closes: "25:00" }] },
    { day: "2026-12-24", name: "", spans: [] },
    { day: "", name: "", spans: [] },
  ];
  expect(faultsOf({ hours: hours({ weekly, holidays }) })).toEqual({
    "hours.weekly.1.opens": "overlap",
    "hours.weekly.3.opens": "time",
    "hours.weekly.4.closes": "order",
    "hours.holidays.0.spans.0.closes": "time",
    "hours.holidays.1.day": "twice",
    "hours.holidays.2.day": "date",
  });
});

test.each([
  ["8", "08:00"],
  ["830", "08:30"],
  ["8.30", "08:30"],
  [" 16:05 ", "16:05"],
  ["24", "24:00"],
  ["24:30", "24:30"],
  ["ósma", "ósma"],
])("%s is tidied to %s", (typed, tidy) => {
  expect(tidyTime(typed)).toBe(tidy);
});

test("a further span comes after the last one of its day", () => {
  expect(nextSpan([])).toEqual({ opens: "08:00", closes: "16:00" });
  expect(nextSpan([{ opens: "08:00", closes: "12:00" }])).toEqual({ opens: "13:00", closes: "14:00" });
  expect(nextSpan([{ opens: "08:00", closes: "23:30" }])).toEqual({ opens: "", closes: "" });
});

test("hours are saved in the order in which they are read", () => {
  const mixed = hours({ weekly: [at(2, "08:00", "09:00"), at(1, "12:00", "13:00"), at(1, "08:00", "10:00")] });
  expect(inOrder(mixed).weekly).toEqual([at(1, "08:00", "10:00"), at(1, "12:00", "13:00"), at(2, "08:00", "09:00")]);
});

test("agents do not lose conversations before offers", () => {
  const wrong: RoutingSettings = { ...ROUTING, offers_lost_seconds: 90 };
  expect(checkRouting(wrong)).toEqual({ conversations_lost_seconds: { rule: "lost" } });
  expect(checkRouting(ROUTING)).toEqual({});
});

test("a new account needs a name, an address and a password; a known one may keep its password", () => {
  expect(Object.keys(checkAgent(NOBODY)).sort()).toEqual(["email", "name", "password"]);
  const known = draftOf(ACCOUNT);
  expect(checkAgent(known)).toEqual({});
  expect(checkAgent({ ...known, password: "krótkie", email: "ewa", capacity: 0 })).toEqual({
    password: { rule: "short", min: 8 },
    email: { rule: "email" },
    capacity: { rule: "range", min: 1, max: 100 },
  });
});

test("only what the router should know of priorities is sent, and a password only where one was typed", () => {
  const draft = { ...draftOf(ACCOUNT), topic_ids: ["sales", "support"], priorities: { sales: 1, support: 5, gone: 2 } };
  expect(changeOf(draft)).toMatchObject({ priorities: { sales: 1 }, version: 4 });
  expect("password" in changeOf(draft)).toBe(false);
  expect(newOf({ ...draft, password: "kot-w-butach" })).toMatchObject({ password: "kot-w-butach", email: ACCOUNT.email });
});

test("somebody else's change is taken over where nothing was typed, and told where both changed", () => {
  const base = { a: 1, b: "x", c: [1], version: 1 };
  const draft = { ...base, a: 2, c: [1, 2] };
  const newer = { a: 5, b: "y", c: [1, 2], version: 2 };
  expect(changed(base, draft)).toEqual(["a", "c"]);
  expect(merge(base, draft, newer)).toEqual({ draft: { a: 2, b: "y", c: [1, 2], version: 2 }, clashes: ["a"] });
});
