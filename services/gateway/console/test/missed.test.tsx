import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { serverClock } from "../src/lib/api.ts";
import { Notices } from "../src/shell/Notices.tsx";
import { OfferTray } from "../src/shell/OfferTray.tsx";
import * as live from "../src/state/live.ts";
import { finished } from "../src/state/missed.ts";
import { chat, desk } from "./made.ts";

const ask = vi.spyOn(live, "attempt").mockResolvedValue(null);
let ids = 0;
const missedNow = (outcome: "expired" | "withdrawn" = "expired") => ({
  offer_id: `missed-${++ids}`,
  conversation_id: "c",
  visitor_name: "Anna",
  outcome,
  at: new Date(serverClock.now(Date.now())).toISOString(),
});
const show = (): void => {
  render(
    <>
      <Notices />
      <OfferTray go={() => undefined} />
    </>,
  );
};
const told = (): number => screen.queryAllByText(/\(Anna\)/u).length;

beforeEach(() => ask.mockClear());

afterEach(() => {
  cleanup();
  live.desk.value = null;
});

test("a missed chat is finished once the agent has taken it, whatever becomes of it later", async () => {
  const missed = missedNow();
  live.desk.value = desk({ missed });
  show();
  expect(told()).toBe(1);
  await act(() => void (live.desk.value = desk({ version: 2, missed, chats: [chat("c")] })));
  await act(() => void (live.desk.value = desk({ version: 3, missed })));
  expect(told()).toBe(0);
  expect(localStorage.getItem("dymek.dismissed")).toContain(missed.offer_id);
});

test("a missed chat that was finished in another tab is finished in this one", async () => {
  const missed = missedNow();
  live.desk.value = desk({ missed });
  show();
  localStorage.setItem("dymek.dismissed", JSON.stringify([missed.offer_id]));
  await act(() => void window.dispatchEvent(new StorageEvent("storage", { key: "dymek.dismissed" })));
  expect(told()).toBe(0);
});

test.each(["expired", "withdrawn"] as const)("who came back from an automatic break has read why (%s)", async (how) => {
  const missed = missedNow(how);
  live.desk.value = desk({ status: "break", status_cause: "missed_offer", missed });
  show();
  expect(told()).toBe(how === "expired" ? 1 : 0);
  await act(() => void fireEvent.click(screen.getByRole("button", { name: "Wróć do dostępnych" })));
  expect(finished.value.has(missed.offer_id)).toBe(true);
  await act(() => void (live.desk.value = desk({ version: 2, missed })));
  expect(told()).toBe(0);
});

test("who came back from a lost connection, in whatever tab, is not told of the chat it cost a second time", async () => {
  const missed = missedNow("withdrawn");
  live.desk.value = desk({ status: "offline", status_cause: "connection_lost", missed });
  show();
  expect(told()).toBe(0);
  await act(() => void (live.desk.value = desk({ version: 2, missed })));
  expect(told()).toBe(0);
});
