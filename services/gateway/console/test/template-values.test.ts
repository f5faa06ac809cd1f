import type { Customer, EntryBody } from "@dymek/wire";
import { expect, test } from "vitest";
import { valuesOfChat, vouched } from "../src/templates/values.ts";
import { entries, joined, log, ME, said, started } from "./made.ts";

const found = (verified = false): EntryBody => ({ kind: "customer_looked_up", customer_id: "anna", verified });
const attached = (id: string | null): EntryBody => ({
  kind: "customer_attached",
  customer: id === null ? null : { id, name: "Anna Nowak" },
  by: ME,
});
const sure = (...bodies: EntryBody[]): boolean => {
  const { header, entries: all } = log(entries([started(), ...bodies]));
  return vouched(header, all);
};

test("an address that was typed says nothing of who types it; a site's word and an agent's do", () => {
  expect(sure()).toBe(false);
  expect(sure(found())).toBe(false);
  expect(sure(found(true))).toBe(true);
  expect(sure(found(), attached("anna"), said("Tak, to ja"))).toBe(true);
  expect(sure(found(), attached("anna"), attached(null))).toBe(false);
});

test("a conversation gives each variable what is known of it, and nothing for what is not", () => {
  const { header } = log(entries([started("Ania"), joined()]));
  expect(valuesOfChat(header, ME, null)).toEqual({
    "agent.name": "Jan Kowalski",
    "visitor.name": "Ania",
    "topic.name": "Sprzedaż",
    "ticket.number": "",
    "customer.name": "",
    "customer.company": "",
  });
  const card = { name: "Anna Nowak", company: "Kawiarnia" } as Customer;
  expect(valuesOfChat({ ...header, ticket_number: 1042 }, ME, card)).toMatchObject({
    "ticket.number": "#1042",
    "customer.name": "Anna Nowak",
    "customer.company": "Kawiarnia",
  });
});
