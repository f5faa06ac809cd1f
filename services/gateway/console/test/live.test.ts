import type { AgentServerFrame, ClientFrame } from "@dymek/wire";
import { agentView } from "@dymek/wire";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cardOf } from "../src/lib/board.ts";
import { cards } from "../src/state/board.ts";
import {
  ask,
  connectionStatus,
  denied,
  departures,
  desk,
  logs,
  peeks,
  startLive,
  stopLive,
  view,
  visitorsOnline,
} from "../src/state/live.ts";
import { session } from "../src/state/session.ts";
import { lastHeard } from "../src/state/tickets.ts";
import { toasts } from "../src/state/toasts.ts";
import { ME, at, card, chat, desk as deskOf, me as meOf, offer } from "./made.ts";
import { ticket } from "./made-tickets.ts";

/** The gateway's end of the socket. */
class Gateway {
  static last: Gateway;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly heard: ClientFrame[] = [];
  constructor() {
    Gateway.last = this;
  }
  send(text: string): void {
    this.heard.push(JSON.parse(text) as ClientFrame);
  }
  close(): void {}
  say(frame: AgentServerFrame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  of<T extends ClientFrame["t"]>(t: T): Extract<ClientFrame, { t: T }>[] {
    return this.heard.filter((frame): frame is Extract<ClientFrame, { t: T }> => frame.t === t);
  }
}

function signedIn(first = deskOf()): Gateway {
  startLive("jan");
  const gateway = Gateway.last;
  gateway.onopen?.();
  gateway.say({ t: "welcome", v: 1, beat_seconds: 20, desk: first, topics: [] });
  return gateway;
}

const snapshot = (stream: string): AgentServerFrame => ({
  t: "reset",
  stream,
  snapshot: { header: { ...agentView.empty(stream), started_at: at(0), visitor_name: "Anna" }, entries: [], visitor_online: null },
});

const board = { cards: [], more: 0 };
const reads: string[] = [];

beforeEach(() => {
  vi.stubGlobal("WebSocket", Gateway);
  vi.stubGlobal("fetch", (path: string) => {
    reads.push(path);
    return Promise.resolve(Response.json(path === "/api/agents" ? { agents: [] } : board));
  });
  reads.length = 0;
});
afterEach(() => {
  view(null);
  stopLive();
  toasts.value = [];
  vi.unstubAllGlobals();
});

test("follows every conversation of the desk, also an offered one, and leaves it when it goes", () => {
  const gateway = signedIn(deskOf({ chats: [chat("x")], offers: [offer("o", { conversation_id: "y" })] }));
  expect(gateway.of("open").map((frame) => frame.stream)).toEqual(["y", "x"]);
  gateway.say(snapshot("x"));
  gateway.say(snapshot("y"));
  gateway.say({ t: "desk", desk: deskOf({ version: 2, chats: [chat("x")] }) });
  expect(gateway.of("leave").map((frame) => frame.stream)).toEqual(["y"]);
  expect([...logs.value.keys()]).toEqual(["x"]);
});

test("follows the conversation of the address once the desk is known", () => {
  view("z");
  const gateway = signedIn();
  expect(gateway.of("open").map((frame) => frame.stream)).toEqual(["z"]);
});

test("an older desk changes nothing", () => {
  const gateway = signedIn(deskOf({ version: 5, load: 2 }));
  gateway.say({ t: "desk", desk: deskOf({ version: 4, load: 0 }) });
  expect(desk.value?.load).toBe(2);
});

test("a conversation that is refused is told, and asked for again when it comes onto the desk", () => {
  view("z");
  const gateway = signedIn();
  gateway.say({ t: "refused", id: "z", refusal: { code: "not_yours", detail: null, retry_after: null } });
  expect(denied.value.get("z")?.code).toBe("not_yours");
  gateway.say({ t: "desk", desk: deskOf({ version: 2, chats: [chat("z")] }) });
  expect(denied.value.has("z")).toBe(false);
  expect(gateway.of("open")).toHaveLength(2);
});

test("a refusal of what was asked becomes a sentence", async () => {
  const gateway = signedIn(deskOf({ offers: [offer("o")] }));
  const done = ask({ do: "accept", offer_id: "o" }, "conversation-o");
  const id = gateway.of("send")[0]!.id;
  gateway.say({ t: "refused", id, refusal: { code: "too_late", detail: null, retry_after: null } });
  expect(await done).toBe(false);
  expect(toasts.value.map((one) => one.text)).toEqual(["Za późno: ta propozycja rozmowy jest już nieaktualna."]);
});

test("what the visitor has written stays in sight through a pause, and goes with them", () => {
  const gateway = signedIn(deskOf({ chats: [chat("x")] }));
  gateway.say(snapshot("x"));
  gateway.say({ t: "typing", stream: "x", who: "visitor", agent_name: "", typing: false, text: "A może" });
  expect(peeks.value.get("x")).toMatchObject({ text: "A może", typing: false });
  gateway.say({ t: "visitor", stream: "x", online: false });
  expect(peeks.value.has("x")).toBe(false);
});

test("whether the visitor is there is not known until it is told, changes live, and is told anew after a cut", () => {
  const gateway = signedIn(deskOf({ chats: [chat("x")] }));
  gateway.say(snapshot("x"));
  expect(visitorsOnline.value.get("x")).toBeUndefined();
  gateway.say({ t: "visitor", stream: "x", online: false });
  expect(visitorsOnline.value.get("x")).toBe(false);
  gateway.say({ t: "visitor", stream: "x", online: true });
  expect(visitorsOnline.value.get("x")).toBe(true);
  gateway.say({ t: "welcome", v: 1, beat_seconds: 20, desk: deskOf({ version: 2, chats: [chat("x")] }), topics: [] });
  expect(visitorsOnline.value.has("x")).toBe(false);
});

test("what the visitor types goes when they send it", () => {
  const gateway = signedIn(deskOf({ chats: [chat("x")] }));
  gateway.say(snapshot("x"));
  gateway.say({ t: "typing", stream: "x", who: "visitor", agent_name: "", typing: true, text: "Dzień do" });
  expect(peeks.value.get("x")?.text).toBe("Dzień do");
  gateway.say({
    t: "event",
    stream: "x",
    entry: { seq: 1, at: at(1), body: { kind: "visitor_message", client_id: "1", text: "Dzień dobry" } },
  });
  expect(peeks.value.has("x")).toBe(false);
});

test("reads the board anew every minute, not every other one", async () => {
  vi.useFakeTimers();
  try {
    const gateway = signedIn();
    await vi.advanceTimersByTimeAsync(300);
    gateway.say({ t: "welcome", v: 1, beat_seconds: 20, desk: deskOf(), topics: [] });
    for (let beat = 0; beat < 6; beat++) {
      await vi.advanceTimersByTimeAsync(15_000);
      gateway.say({ t: "beat", heads: {}, desk: null });
    }
    expect(reads.filter((path) => path === "/api/board")).toHaveLength(3); // two welcomes, one minute
  } finally {
    vi.useRealTimers();
  }
});

test("goes on with the session that another tab has signed in with since its own ended", async () => {
  const me = meOf();
  vi.useFakeTimers();
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(Response.json(me))));
  session.value = { state: "in", me };
  const before = signedIn();
  before.say({ t: "refused", id: null, refusal: { code: "unauthorised", detail: null, retry_after: null } });
  expect(connectionStatus.value).toBe("rejected");
  await vi.advanceTimersByTimeAsync(2_500);
  expect(Gateway.last).not.toBe(before);
  vi.useRealTimers();
});

test("reads the board with each welcome, and for a supervisor the agents too", () => {
  signedIn();
  expect(reads).toEqual(["/api/board"]);
  signedIn(deskOf({ role: "supervisor" }));
  expect(reads.slice(1)).toEqual(["/api/board", "/api/agents"]);
});

test("reads the board anew when the agent becomes a supervisor", () => {
  const gateway = signedIn();
  gateway.say({ t: "desk", desk: deskOf({ version: 2, role: "supervisor" }) });
  expect(reads).toEqual(["/api/board", "/api/board", "/api/agents"]);
});

test("takes the newest card of a conversation", () => {
  const gateway = signedIn();
  gateway.say({ t: "card", card: card("x", { head: 3, state: "active" }), gone: false });
  gateway.say({ t: "card", card: card("x", { head: 2 }), gone: false });
  expect(cards.value.get("x")?.card.state).toBe("active");
  gateway.say({ t: "card", card: card("x", { head: 3 }), gone: true });
  expect(cardOf(cards.value, "x")).toBeUndefined();
});

test("hears of a ticket that a colleague has changed", () => {
  const gateway = signedIn();
  const by = { kind: "agent", id: "ewa" } as const;
  gateway.say({ t: "ticket", ticket: ticket(7, { version: 3, unread: true }), by, news: true });
  expect(lastHeard.value).toEqual({ ticket: ticket(7, { version: 3, unread: true }), by });
});

test("a refusal that shows the page to be behind makes it open the conversation and read the board anew", async () => {
  const gateway = signedIn(deskOf({ chats: [chat("x")] }));
  gateway.say(snapshot("x"));
  const done = ask({ do: "leave_chat" }, "x");
  const id = gateway.of("send")[0]!.id;
  gateway.say({ t: "refused", id, refusal: { code: "not_yours", detail: null, retry_after: null } });
  expect(await done).toBe(false);
  expect(gateway.of("leave").map((frame) => frame.stream)).toEqual(["x"]);
  expect(gateway.of("open").map((frame) => frame.stream)).toEqual(["x", "x"]);
  expect(reads).toEqual(["/api/board", "/api/board"]);
});

test("a console that was away too long asks for everything anew", async () => {
  const gateway = signedIn(deskOf({ chats: [chat("x")] }));
  const done = ask({ do: "end" }, "x");
  const id = gateway.of("send")[0]!.id;
  gateway.say({ t: "refused", id, refusal: { code: "away", detail: null, retry_after: null } });
  expect(await done).toBe(false);
  expect(Gateway.last).not.toBe(gateway);
  expect(toasts.value.at(-1)?.text).toMatch(/zbyt długo/u);
});

test("remembers why the agent came out of a conversation, also when nothing of it may be shown any more", () => {
  view("x");
  const gateway = signedIn(deskOf({ chats: [chat("x")] }));
  gateway.say(snapshot("x"));
  gateway.say({
    t: "event",
    stream: "x",
    entry: { seq: 1, at: at(1), body: { kind: "agent_left", agent: ME, reason: "not_answered" } },
  });
  gateway.say({ t: "desk", desk: deskOf({ version: 2 }) });
  gateway.say({ t: "refused", id: "x", refusal: { code: "not_yours", detail: null, retry_after: null } });
  expect(logs.value.has("x")).toBe(false);
  expect(departures.value.get("x")?.reason).toBe("not_answered");
});
