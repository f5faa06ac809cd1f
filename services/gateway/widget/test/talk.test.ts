import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Talk } from "../src/panel/talk.ts";
import { endTalks, entry, Gateway, gateway, HELP, hostPage, newTalk, resetTo, SALES, started } from "./support.ts";

const PERSON = { topic: "topic-sales", name: "Łukasz", email: "lukasz@example.com" };
const joined = entry(2, { kind: "agent_joined", agent_name: "Ewa" });

beforeEach(() => {
  endTalks();
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify({ token: "secret" })))));
});
afterEach(() => vi.unstubAllGlobals());

async function startedTalk(host = hostPage()) {
  const talk = newTalk(host);
  const answer = talk.start(PERSON);
  await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
  gateway().welcomes();
  const stream = talk.conversation as string;
  gateway().says({ t: "ack", id: gateway().asked("start")?.["id"], seq: 1 });
  expect(await answer).toBeNull();
  gateway().says(resetTo(stream, [started], 2));
  return { talk, stream };
}

describe("a visitor's conversation", () => {
  it("stores nothing and has no token before it is started: only the topics are heard of", () => {
    const talk = newTalk();
    talk.restore();
    gateway().welcomes([SALES, { ...HELP, open: false }]);
    expect(gateway().of("hello")).toEqual([{ t: "hello", v: 1, widget: "demo", streams: {} }]);
    expect(talk.topics.map(({ open }) => open)).toEqual([true, false]);
    gateway().says({ t: "topics", topics: [SALES, HELP] });
    expect(talk.topics.map(({ open }) => open)).toEqual([true, true]);
    expect(localStorage.length + sessionStorage.length).toBe(0);
    expect(fetch).not.toHaveBeenCalled();
  });

  it("starts with what the visitor gave and the page they are on", async () => {
    const { talk, stream } = await startedTalk();
    expect(gateway().of("hello")).toMatchObject([{ token: "secret" }]);
    expect(gateway().asked("start")).toMatchObject({
      stream,
      action: { topic_id: "topic-sales", name: "Łukasz", language: "pl", page: { page_url: "https://shop.example/kawa" } },
    });
    expect(talk.phase).toBe("waiting");
    expect(talk.place).toBe(2);
  });

  it("is found again after a reload, with the place in the queue as it is now", async () => {
    const { stream } = await startedTalk();
    const again = newTalk();
    again.restore();
    expect(again.phase).toBe("restoring");
    gateway().welcomes();
    expect(gateway().of("hello")[0]).toMatchObject({ token: "secret", streams: { [stream]: 0 } });
    gateway().says(resetTo(stream, [started], 1));
    expect([again.phase, again.place]).toEqual(["waiting", 1]);
  });

  it("keeps an unsent message over a reload", async () => {
    const { talk, stream } = await startedTalk();
    gateway().onclose?.();
    talk.post("Ile kosztuje dostawa?");
    const again = newTalk();
    again.restore();
    expect(again.pending.map(({ action }) => action)).toEqual([{ do: "post", text: "Ile kosztuje dostawa?" }]);
    gateway().welcomes();
    expect(gateway().asked("post")).toMatchObject({ stream });
  });

  it("becomes active when an agent joins, and closed when it ends", async () => {
    const { talk, stream } = await startedTalk();
    gateway().says({ t: "event", stream, entry: joined });
    expect([talk.phase, talk.header?.agents]).toEqual(["active", ["Ewa"]]);
    gateway().says({ t: "event", stream, entry: entry(3, { kind: "ended", reason: "ended_by_agent", agent_name: "Ewa" }) });
    expect(talk.phase).toBe("closed");
  });

  it("counts what arrives while the panel is not shown", async () => {
    const host = hostPage();
    const { stream } = await startedTalk(host);
    host.shown = false;
    gateway().says({ t: "event", stream, entry: joined });
    gateway().says({ t: "event", stream, entry: entry(3, { kind: "agent_message", agent_name: "Ewa", text: "Dzień dobry" }) });
    expect(host.told).toEqual([1, 2]);
    host.listeners.forEach((run) => run(true));
    expect(host.told.at(-1)).toBe(0);
  });

  it("counts what came while the connection was away, and nothing of what was there before", async () => {
    const host = hostPage();
    const { stream } = await startedTalk(host);
    host.shown = false;
    const came = entry(3, { kind: "agent_message", agent_name: "Ewa", text: "Dzień dobry" });
    gateway().says({ t: "replay", stream, entries: [joined, came], head: 3 });
    expect(host.told).toEqual([2]);
    const again = newTalk(host);
    again.restore();
    gateway().welcomes();
    gateway().says(resetTo(stream, [started, joined, came]));
    expect(again.unread).toBe(0);
    gateway().says(resetTo(stream, [started, joined, came, entry(4, { kind: "agent_message", agent_name: "Ewa", text: "Halo?" })]));
    expect(again.unread).toBe(1);
  });

  it("forgets the place in the queue when an agent came while the connection was away", async () => {
    const { talk, stream } = await startedTalk();
    expect(talk.place).toBe(2);
    const again = entry(3, { kind: "waiting_again", reason: "left", topic_name: "Sprzedaż" });
    gateway().says({ t: "replay", stream, entries: [joined], head: 3 });
    gateway().says({ t: "event", stream, entry: again });
    expect([talk.phase, talk.place]).toEqual(["waiting", null]);
  });

  it("shows the place in the queue that overtook the word that the visitor waits again", async () => {
    const { talk, stream } = await startedTalk();
    gateway().says({ t: "event", stream, entry: joined });
    gateway().says({ t: "place", stream, place: 4 });
    gateway().says({ t: "event", stream, entry: entry(3, { kind: "agent_left", agent_name: "Ewa", reason: "left" }) });
    gateway().says({ t: "event", stream, entry: entry(4, { kind: "waiting_again", reason: "left", topic_name: "Sprzedaż" }) });
    expect([talk.phase, talk.place]).toEqual(["waiting", 4]);
  });

  it("leads back to the start form when the gateway does not know it any more", async () => {
    const { stream } = await startedTalk();
    const again = newTalk();
    again.restore();
    gateway().welcomes();
    gateway().says({ t: "refused", id: stream, refusal: { code: "unknown" } });
    expect(again.phase).toBe("start");
    expect(again.memory.kept.get()).toEqual({ token: "secret", conversation: null });
  });

  it("forgets a token that is not accepted, and says why", async () => {
    await startedTalk();
    const again = newTalk();
    again.restore();
    gateway().onopen?.();
    gateway().says({ t: "refused", refusal: { code: "unauthorised" } });
    expect(again.phase).toBe("start");
    expect(again.expired).toBe(true);
    expect(localStorage.length).toBe(0);
  });

  it("goes on after a reload that came before the start was answered", async () => {
    const first = newTalk();
    void first.start(PERSON);
    await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
    const again = newTalk();
    again.restore();
    expect([again.phase, again.conversation]).toEqual(["waiting", first.conversation]);
    gateway().welcomes();
    expect(gateway().asked("start")).toMatchObject({ stream: first.conversation });
  });

  it("is told to other tabs only once it has begun: the gateway does not know it before", async () => {
    const talk = newTalk();
    void talk.start(PERSON);
    await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
    gateway().welcomes();
    expect(talk.memory.kept.get()).toEqual({ token: "secret", conversation: null });
    gateway().says(resetTo(talk.conversation as string, [started]));
    expect(talk.memory.kept.get()).toEqual({ token: "secret", conversation: talk.conversation });
  });

  it("is begun with a fresh token where the kept one is not known any more, and nothing is asked twice", async () => {
    localStorage.setItem("dymek:demo", JSON.stringify({ token: "old", conversation: null }));
    const talk = newTalk();
    const answer = talk.start(PERSON);
    gateway().onopen?.();
    talk.post("Dzień dobry");
    gateway().says({ t: "refused", refusal: { code: "unauthorised" } });
    await vi.waitFor(() => expect(Gateway.all).toHaveLength(2));
    expect(talk.phase).toBe("waiting");
    gateway().welcomes();
    expect(gateway().of("hello")).toMatchObject([{ token: "secret" }]);
    expect(gateway().of("send").map((frame) => frame["stream"])).toEqual([talk.conversation]);
    gateway().says({ t: "ack", id: gateway().asked("start")?.["id"], seq: 1 });
    expect(await answer).toBeNull();
    expect(gateway().asked("post")).toMatchObject({ stream: talk.conversation, action: { text: "Dzień dobry" } });
    expect(talk.memory.kept.get()?.token).toBe("secret");
  });

  it("is not begun for ever where no token is accepted", async () => {
    const talk = newTalk();
    const answer = talk.start(PERSON);
    for (const count of [1, 2]) {
      await vi.waitFor(() => expect(Gateway.all).toHaveLength(count));
      gateway().onopen?.();
      gateway().says({ t: "refused", refusal: { code: "unauthorised" } });
    }
    expect(await answer).toMatchObject({ code: "unauthorised" });
    expect([talk.phase, talk.refusal?.code, talk.memory.pending.load()]).toEqual(["start", "unauthorised", []]);
  });

  it("that was refused says why, also when the page was loaded anew before the answer came", async () => {
    const first = newTalk();
    void first.start(PERSON);
    await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
    const again = newTalk();
    again.restore();
    gateway().welcomes();
    gateway().says({ t: "refused", id: gateway().asked("start")?.["id"], refusal: { code: "outside_hours" } });
    await vi.waitFor(() => expect(again.phase).toBe("start"));
    expect(again.refusal?.code).toBe("outside_hours");
    expect(again.topics.find(({ id }) => id === PERSON.topic)?.open).toBe(false);
    expect(again.memory.pending.load()).toEqual([]);
  });

  it("is begun once, however often that is asked for", async () => {
    const talk = newTalk();
    void talk.leaveMessage(PERSON, "Proszę o kontakt");
    void talk.leaveMessage(PERSON, "Proszę o kontakt");
    await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
    gateway().welcomes();
    expect(talk.phase).toBe("sending");
    expect(gateway().of("send")).toHaveLength(1);
  });

  it("that is a message left is a ticket at once, and its text is kept until then", async () => {
    const talk = newTalk();
    talk.memory.draft.set("Proszę o kontakt");
    const answer = talk.leaveMessage(PERSON, "Proszę o kontakt");
    await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
    gateway().welcomes();
    expect(gateway().asked("leave_message")?.["action"]).toMatchObject({ topic_id: "topic-sales", text: "Proszę o kontakt", language: "pl" });
    expect(talk.memory.draft.get()).toBe("Proszę o kontakt");
    gateway().says({ t: "ack", id: gateway().asked("leave_message")?.["id"], seq: 1 });
    expect(await answer).toBeNull();
    const ended = entry(3, { kind: "ended", reason: "became_ticket", agent_name: null });
    const message = entry(2, { kind: "visitor_message", client_id: "c", text: "Proszę o kontakt" });
    gateway().says(resetTo(talk.conversation as string, [started, message, ended]));
    expect([talk.phase, talk.header?.close_reason, talk.memory.draft.get()]).toEqual(["closed", "became_ticket", null]);
  });

  it("gives what was typed and not sent to the next one, when its token is not known any more", async () => {
    await startedTalk();
    const again = newTalk();
    again.restore();
    gateway().onopen?.();
    again.post("Ile kosztuje dostawa?");
    again.memory.draft.set("I jeszcze");
    gateway().says({ t: "refused", refusal: { code: "unauthorised" } });
    expect([again.phase, again.expired]).toEqual(["start", true]);
    expect(again.memory.draft.get()).toBe("Ile kosztuje dostawa?\nI jeszcze");
  });

  describe("while it is being begun, before there is a connection", () => {
    /** A gateway whose token is on its way until the test answers. */
    function tokenOnItsWay() {
      let answer: (token: Response) => void = () => undefined;
      vi.stubGlobal("fetch", vi.fn(() => new Promise<Response>((resolve) => (answer = resolve))));
      return { comes: () => answer(new Response(JSON.stringify({ token: "secret" }))), isRefused: (status: number) => answer(new Response("{}", { status })) };
    }
    const drawn = (talk: Talk): unknown[] => talk.pending.flatMap(({ action, state }) => (action.do === "post" ? [[action.text, state]] : []));

    it("shows what the visitor writes as on its way, and sends it behind the beginning, in order", async () => {
      const token = tokenOnItsWay();
      const talk = newTalk();
      void talk.start(PERSON);
      talk.post("Dzień dobry");
      talk.post("Ile kosztuje dostawa?");
      expect(drawn(talk)).toEqual([["Dzień dobry", "queued"], ["Ile kosztuje dostawa?", "queued"]]);
      token.comes();
      await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
      expect(drawn(talk)).toHaveLength(2);
      gateway().welcomes();
      for (const seq of [1, 2, 3]) gateway().says({ t: "ack", id: gateway().of("send").at(-1)?.["id"], seq });
      expect(gateway().of("send").map(({ action }) => action.text ?? action.do)).toEqual(["start", "Dzień dobry", "Ile kosztuje dostawa?"]);
    });

    it.each([
      ["there is no network", () => vi.mocked(fetch).mockRejectedValue(new TypeError("offline")), "unavailable"],
      ["it was asked for too often", () => vi.mocked(fetch).mockResolvedValue(new Response("{}", { status: 429 })), "too_fast"],
    ])("keeps what was written as the draft when %s", async (_, fails, code) => {
      fails();
      const talk = newTalk();
      const answer = talk.start(PERSON);
      talk.post("Dzień dobry");
      talk.memory.draft.set("I jeszcze");
      expect(await answer).toMatchObject({ code });
      expect([talk.phase, talk.memory.draft.get(), talk.memory.pending.load()]).toEqual(["start", "Dzień dobry\nI jeszcze", []]);
    });

    it("keeps what was written as the draft when the gateway refuses the beginning", async () => {
      const token = tokenOnItsWay();
      const talk = newTalk();
      const answer = talk.start(PERSON);
      talk.post("Dzień dobry");
      token.comes();
      await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
      gateway().welcomes();
      gateway().says({ t: "refused", id: gateway().asked("start")?.["id"], refusal: { code: "outside_hours" } });
      expect(await answer).toMatchObject({ code: "outside_hours" });
      expect([talk.phase, talk.memory.draft.get()]).toEqual(["start", "Dzień dobry"]);
    });

    it("goes on after a reload, with what was written", async () => {
      tokenOnItsWay();
      const first = newTalk();
      void first.start(PERSON);
      first.post("Dzień dobry");
      const stream = first.conversation;
      first.stop();
      const token = tokenOnItsWay();
      const again = newTalk();
      again.restore();
      expect([again.phase, again.conversation]).toEqual(["waiting", stream]);
      expect(drawn(again)).toEqual([["Dzień dobry", "queued"]]);
      again.post("Jestem znowu");
      token.comes();
      await vi.waitFor(() => expect(Gateway.all).toHaveLength(1));
      gateway().welcomes();
      for (const seq of [1, 2, 3]) gateway().says({ t: "ack", id: gateway().of("send").at(-1)?.["id"], seq });
      expect(gateway().of("send").map(({ stream, action }) => [stream, action.text ?? action.do])).toEqual([
        [stream, "start"],
        [stream, "Dzień dobry"],
        [stream, "Jestem znowu"],
      ]);
    });

    it("can be neither ended nor made a ticket yet, and says that it may be tried again", async () => {
      tokenOnItsWay();
      const talk = newTalk();
      void talk.start(PERSON);
      expect(await talk.end()).toMatchObject({ ok: false, refusal: { code: "unavailable" } });
      expect(await talk.leaveTicket("Ola", "ola@example.com", "Proszę o kontakt")).toMatchObject({ ok: false, refusal: { code: "unavailable" } });
    });

    it("is not waited for for ever: a gateway that is silent is one that cannot be reached", async () => {
      const patience = new AbortController();
      vi.spyOn(AbortSignal, "timeout").mockReturnValue(patience.signal);
      vi.stubGlobal("fetch", vi.fn((_: string, { signal }: RequestInit) => new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error("timeout"))))));
      const talk = newTalk();
      const answer = talk.start(PERSON);
      talk.post("Dzień dobry");
      patience.abort();
      expect(await answer).toMatchObject({ code: "unavailable" });
      expect([talk.phase, talk.memory.draft.get()]).toEqual(["start", "Dzień dobry"]);
      vi.mocked(AbortSignal.timeout).mockRestore();
    });
  });

  it("tells at once when no token can be had", async () => {
    vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("offline"))));
    const talk = newTalk();
    expect(await talk.start(PERSON)).toMatchObject({ code: "unavailable" });
    expect(talk.phase).toBe("start");
  });
});
