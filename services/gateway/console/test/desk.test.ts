import type { MissedOffer } from "@dymek/wire";
import { describe, expect, test } from "vitest";
import { glance, missedToTell, newOffers, pageTitle, sortedChats, waitsAgain, wanted } from "../src/lib/desk.ts";
import { EWA, START, answered, at, chat, desk, entries, joined, left, offer, offered, said, started, wrote } from "./made.ts";

describe("offers", () => {
  test("only those that were not there before ring", () => {
    const before = desk({ offers: [offer("a")] });
    const after = desk({ version: 2, offers: [offer("a"), offer("b")] });
    expect(newOffers(before, after).map((one) => one.offer_id)).toEqual(["b"]);
    expect(newOffers(null, before)).toHaveLength(1);
  });
});

describe("a missed offer", () => {
  const missed = (fields: Partial<MissedOffer> = {}): MissedOffer => ({
    offer_id: "a",
    conversation_id: "c",
    visitor_name: "Anna",
    outcome: "expired",
    at: at(0),
    ...fields,
  });

  test("is told with its reason", () => {
    expect(missedToTell(desk({ missed: missed() }), new Set(), START + 1000)?.outcome).toBe("expired");
    expect(missedToTell(desk({ missed: missed({ outcome: "withdrawn" }) }), new Set(), START)).not.toBeNull();
  });

  test("is not told to the agent who declined it", () => {
    expect(missedToTell(desk({ missed: missed({ outcome: "declined" }) }), new Set(), START)).toBeNull();
  });

  test("is not told any more when the agent has taken the conversation after all", () => {
    expect(missedToTell(desk({ missed: missed(), chats: [chat("c")] }), new Set(), START)).toBeNull();
  });

  test("is not told where the strip about the agent's status tells it, whichever of several offers it was", () => {
    const withdrawn = missed({ outcome: "withdrawn" });
    const onBreak = desk({ status: "break", status_cause: "missed_offer", missed: withdrawn });
    const offline = desk({ status: "offline", status_cause: "connection_lost", missed: missed() });
    expect(missedToTell(onBreak, new Set(), START)).toBeNull();
    expect(missedToTell(offline, new Set(), START)).toBeNull();
  });

  test("waits again only where the queue offers it anew, with nobody having led or moved it since", () => {
    const again = offer("b", { conversation_id: "c" });
    const first = [started(), offered("a"), answered("a", "expired")];
    expect(waitsAgain(missed(), [], [])).toBe(false);
    expect(waitsAgain(missed(), [again], entries([...first, offered("b")]))).toBe(true);
    expect(waitsAgain(missed(), [{ ...again, chosen_by: EWA }], entries(first))).toBe(false);
    const moved = { kind: "waiting_again" as const, reason: "moved" as const, topic: again.topic };
    expect(waitsAgain(missed(), [again], entries([...first, joined(EWA), left(EWA, "moved"), moved]))).toBe(false);
  });

  test("is left to the offer itself where a colleague chose the agent for it", () => {
    const chosen = offer("b", { conversation_id: "c", chosen_by: EWA });
    expect(missedToTell(desk({ missed: missed(), offers: [chosen] }), new Set(), START)).toBeNull();
  });

  test("is not told again once dismissed, nor at the next day's sign-in", () => {
    expect(missedToTell(desk({ missed: missed() }), new Set(["a"]), START)).toBeNull();
    expect(missedToTell(desk({ missed: missed() }), new Set(), START + 16 * 3_600_000)).toBeNull();
  });
});

test("open chats stand in the order they began, ended ones after them, newest first", () => {
  const { active, closed } = sortedChats([
    chat("new", { started_at: at(50) }),
    chat("over", { state: "closed", started_at: at(1) }),
    chat("old", { started_at: at(10) }),
    chat("just over", { state: "closed", started_at: at(60) }),
  ]);
  expect(active.map((one) => one.conversation_id)).toEqual(["old", "new"]);
  expect(closed.map((one) => one.conversation_id)).toEqual(["just over", "over"]);
});

test("everything on the desk and the conversation on the screen is followed", () => {
  expect([...wanted(desk({ offers: [offer("a")], chats: [chat("x")] }), "seen")]).toEqual([
    "conversation-a",
    "x",
    "seen",
  ]);
  expect(wanted(null, null).size).toBe(0);
});

describe("the list's line", () => {
  const told = entries([started(), joined(), said("Halo?"), said("Jest ktoś?")]);

  test("counts what the visitor wrote after the last word that was read", () => {
    expect(glance(told, 0, "jan").unread).toBe(2);
    expect(glance(told, 3, "jan").unread).toBe(1);
    expect(glance(told, 4, "jan").unread).toBe(0);
  });

  test("knows that whoever answers has read", () => {
    const answered = entries([started(), joined(), said("Halo?"), wrote("Jestem"), said("Super")]);
    expect(glance(answered, 0, "jan")).toMatchObject({ unread: 1, last: { text: "Super", mine: false } });
  });

  test("does not take a colleague's answer for one's own reading", () => {
    const answered = entries([started(), said("Halo?"), wrote("Jestem", EWA)]);
    expect(glance(answered, 0, "jan")).toMatchObject({ unread: 1, last: { mine: false, by: "agent" } });
  });

  test("says since when the visitor waits: since the first unanswered word, until an answer or the end", () => {
    expect(glance(told, 0, "jan").waitingSince).toBe(told[2]!.at);
    expect(glance(entries([started(), said("A"), wrote("B")]), 0, "jan").waitingSince).toBeNull();
    const ended = entries([started(), said("A"), { kind: "ended", reason: "ended_by_visitor", agent: null }]);
    expect(glance(ended, 0, "jan").waitingSince).toBeNull();
  });
});

test("the title begins with what waits, and an offer takes its place", () => {
  expect(pageTitle("Czaty", 0, 0, "Nowa rozmowa")).toBe("Czaty · Dymek");
  expect(pageTitle("Czaty", 0, 3, "Nowa rozmowa")).toBe("(3) Czaty · Dymek");
  expect(pageTitle("Zgłoszenia", 1, 2, "Nowa rozmowa")).toBe("(3) Nowa rozmowa · Dymek");
});
