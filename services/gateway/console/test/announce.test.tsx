import { act, cleanup, render } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { useSignals } from "../src/shell/signals.ts";
import { assertive } from "../src/state/announce.ts";
import { arrivals, desk } from "../src/state/live.ts";
import { desk as deskOf, offer } from "./made.ts";

function Signals() {
  useSignals({ page: "chats", id: null }, () => undefined);
  return null;
}

const arrive = (version: number, offers: ReturnType<typeof offer>[], fresh = offers) =>
  act(() => {
    desk.value = deskOf({ version, offers });
    arrivals.offers(desk.value, fresh);
  });

afterEach(() => {
  cleanup();
  desk.value = null;
});

test("what was spoken about an offer stands as long as the offer, and no longer", async () => {
  render(<Signals />);
  await arrive(1, [offer("a")]);
  expect(assertive.value).toContain("Anna Nowak");
  await arrive(2, [offer("a")], []);
  expect(assertive.value).toContain("Anna Nowak");
  await arrive(3, []);
  expect(assertive.value).toBe("");
});

test("the newest of several offers is the one that is told of", async () => {
  render(<Signals />);
  await arrive(1, [offer("a")]);
  await arrive(2, [offer("a"), offer("b", { visitor_name: "Zofia" })], [offer("b", { visitor_name: "Zofia" })]);
  await arrive(3, [offer("b", { visitor_name: "Zofia" })], []);
  expect(assertive.value).toContain("Zofia");
});
