import { describe, expect, it } from "vitest";
import { message, messages, reset, Stage, at } from "./support.ts";
import type { Pending, PendingStore } from "../src/index.ts";

const S = "stream-1";
const seqs = (stage: Stage, stream = S): number[] => stage.connection.log(stream)?.entries.map((entry) => entry.seq) ?? [];
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe("a connection", () => {
  it("says hello with its token and the last number of every conversation it follows", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    expect(socket.sent[0]).toEqual({ t: "hello", v: 1, token: "secret", streams: { [S]: 0 } });
    socket.says(reset(S, 4));
    socket.onclose?.();
    stage.clock.pass(20_000);
    expect(stage.welcome().sent[0]).toMatchObject({ t: "hello", streams: { [S]: 4 } });
  });

  it("names the widget where there is no token, and tells of its topics whenever they change", () => {
    const stage = new Stage({ widget: "demo" });
    const told: string[] = [];
    stage.connection.on("topics", (topics) => told.push(topics.map(({ id, open }) => `${id} ${open}`).join()));
    stage.connection.start();
    stage.socket.onopen?.();
    expect(stage.socket.sent).toEqual([{ t: "hello", v: 1, widget: "demo", streams: {} }]);
    stage.socket.says({ t: "welcome", v: 1, beat_seconds: 20, desk: null, topics: [{ id: "help", open: true }] });
    stage.socket.says({ t: "topics", topics: [{ id: "help", open: false }] });
    expect(told).toEqual(["help true", "help false"]);
  });

  it("answers a beat", () => {
    const socket = new Stage().online();
    socket.says({ t: "beat", heads: {}, desk: null });
    expect(socket.of("pong")).toHaveLength(1);
  });

  it("waits longer after every failed attempt, at random, and never longer than 20 seconds", () => {
    const stage = new Stage();
    stage.clock.luck = 0.999;
    stage.connection.start();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      stage.socket.onclose?.();
      const before = stage.sockets.length;
      const from = stage.clock.time;
      while (stage.sockets.length === before) stage.clock.pass(100);
      waits.push(stage.clock.time - from);
    }
    expect(waits.slice(0, 6)).toEqual([500, 1000, 2000, 4000, 8000, 16000]);
    expect(Math.max(...waits)).toBe(20_000);
  });

  it("begins with short waits again after it was welcomed", () => {
    const stage = new Stage();
    stage.connection.start();
    for (let attempt = 0; attempt < 5; attempt++) {
      const { length } = stage.sockets;
      stage.socket.onclose?.();
      while (stage.sockets.length === length) stage.clock.pass(100);
    }
    stage.welcome();
    const before = stage.sockets.length;
    stage.socket.onclose?.();
    stage.clock.pass(500);
    expect(stage.sockets.length).toBe(before + 1);
  });

  it("notices a dead connection after two and a half beats", () => {
    const stage = new Stage();
    stage.online();
    stage.clock.pass(49_000);
    expect(stage.connection.status).toBe("online");
    stage.clock.pass(1_500);
    expect(stage.connection.status).toBe("offline");
    expect(stage.sockets[0]?.closed).toBe(true);
  });

  it("stays while beats arrive", () => {
    const stage = new Stage();
    const socket = stage.online();
    for (let beat = 0; beat < 10; beat++) {
      stage.clock.pass(20_000);
      socket.says({ t: "beat", heads: {}, desk: null });
    }
    expect(stage.sockets).toHaveLength(1);
  });

  it("gives up a gateway that opens the socket and says nothing", () => {
    const stage = new Stage();
    stage.connection.start();
    stage.socket.onopen?.();
    stage.clock.pass(30_000);
    expect(stage.sockets.length).toBeGreaterThan(1);
  });

  it("tries at once when the network or the page comes back", () => {
    const stage = new Stage();
    stage.online();
    stage.signals.offline();
    expect(stage.connection.status).toBe("offline");
    stage.signals.wake();
    expect(stage.sockets).toHaveLength(2);
  });

  it("gives up a connection that went silent while the page slept", () => {
    const stage = new Stage();
    stage.online();
    stage.clock.time += 30_000; // a sleeping page runs no timers
    stage.signals.wake();
    expect(stage.sockets).toHaveLength(2);
  });

  it("moves to another gateway at a random moment when this one drains", () => {
    const stage = new Stage();
    stage.online().says({ t: "drain", within: 3 });
    stage.clock.pass(1_400);
    expect(stage.sockets).toHaveLength(1);
    stage.clock.pass(200);
    expect(stage.sockets).toHaveLength(2);
  });

  it("stops trying when its token is not accepted", () => {
    const stage = new Stage();
    stage.connection.start();
    stage.socket.onopen?.();
    stage.socket.says({ t: "refused", id: null, refusal: { code: "unauthorised", detail: null, retry_after: null } });
    stage.socket.onclose?.();
    stage.clock.pass(60_000);
    expect(stage.connection.status).toBe("rejected");
    expect(stage.sockets).toHaveLength(1);
  });
});

describe("a followed conversation", () => {
  it("is whole and in order after a snapshot, live events and a replay that overlap", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says({ t: "event", stream: S, entry: message(5) }); // overtakes the snapshot
    socket.says(reset(S, 4));
    socket.says({ t: "event", stream: S, entry: message(4) });
    socket.says({ t: "replay", stream: S, entries: messages(3, 6), head: 6 });
    socket.says({ t: "event", stream: S, entry: message(7) });
    expect(seqs(stage)).toEqual(upTo(7));
    expect(stage.connection.log(S)?.header.head).toBe(7);
  });

  it("pulls a hole once and shows what came after it only when it is filled", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says(reset(S, 2));
    socket.says({ t: "event", stream: S, entry: message(5) });
    socket.says({ t: "event", stream: S, entry: message(6) });
    expect(seqs(stage)).toEqual(upTo(2));
    expect(socket.of("pull")).toEqual([{ t: "pull", stream: S, after: 2 }]);
    socket.says({ t: "replay", stream: S, entries: messages(3, 4), head: 4 });
    expect(seqs(stage)).toEqual(upTo(6));
    stage.clock.pass(10_000);
    expect(socket.of("pull")).toHaveLength(1);
  });

  it("pulls again when nobody answers", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says(reset(S, 2));
    socket.says({ t: "event", stream: S, entry: message(5) });
    stage.clock.pass(2_100);
    expect(socket.of("pull")).toHaveLength(2);
  });

  it("waits for the rest of a long replay before it asks", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says({ t: "replay", stream: S, entries: messages(1, 3), head: 6 });
    socket.says({ t: "replay", stream: S, entries: messages(4, 6), head: 6 });
    stage.clock.pass(10_000);
    expect(socket.of("pull")).toEqual([]);
    expect(seqs(stage)).toEqual(upTo(6));
  });

  it("notices by a beat that it missed something", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says(reset(S, 2));
    socket.says({ t: "beat", heads: { [S]: 3 }, desk: null });
    stage.clock.pass(1_100);
    expect(socket.of("pull")).toEqual([{ t: "pull", stream: S, after: 2 }]);
  });

  it("pulls nothing for a beat whose entries were on their way", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says(reset(S, 2));
    socket.says({ t: "beat", heads: { [S]: 4 }, desk: null });
    stage.clock.pass(50);
    for (const seq of [3, 4]) socket.says({ t: "event", stream: S, entry: message(seq) });
    stage.clock.pass(30_000);
    expect(socket.of("pull")).toEqual([]);
    expect(seqs(stage)).toEqual(upTo(4));
  });

  it("pulls at once, and once, where an entry shows a hole while a beat's numbers are waited for", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says(reset(S, 2));
    socket.says({ t: "beat", heads: { [S]: 4 }, desk: null });
    socket.says({ t: "event", stream: S, entry: message(4) });
    expect(socket.of("pull")).toHaveLength(1);
    stage.clock.pass(1_100);
    expect(socket.of("pull")).toHaveLength(1);
  });

  it("does not put its question off with every beat that tells of more", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says(reset(S, 2));
    for (const head of [3, 4, 5]) {
      socket.says({ t: "beat", heads: { [S]: head }, desk: null });
      stage.clock.pass(400);
    }
    expect(socket.of("pull")).toEqual([{ t: "pull", stream: S, after: 2 }]);
  });

  it("starts from a snapshot where the gateway resets it", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says({ t: "replay", stream: S, entries: messages(1, 3), head: 3 });
    socket.says(reset(S, 5));
    expect(seqs(stage)).toEqual(upTo(5));
  });

  it("is opened on a standing connection, and left", () => {
    const stage = new Stage();
    const socket = stage.online();
    stage.connection.open("other");
    stage.connection.open("other");
    expect(socket.of("open")).toEqual([{ t: "open", stream: "other", after: 0 }]);
    stage.connection.leave("other");
    expect(socket.of("leave")).toHaveLength(1);
    expect(stage.connection.log("other")).toBeUndefined();
  });

  it("is opened when it is asked for between the hello and its welcome", () => {
    const stage = new Stage();
    stage.connection.start();
    stage.socket.onopen?.();
    stage.connection.open("other");
    expect(stage.socket.sent.map((frame) => frame.t)).toEqual(["hello", "open"]);
  });

  it("that may not be followed is let go, and opened anew when it is asked for again", () => {
    const stage = new Stage({ streams: [S] });
    const told: unknown[] = [];
    stage.connection.on("refused", (stream, { code }) => told.push([stream, code]));
    stage.online().says(reset(S, 2));
    stage.socket.says({ t: "refused", id: S, refusal: { code: "not_yours" } });
    expect(told).toEqual([[S, "not_yours"]]);
    stage.connection.open(S);
    expect(stage.socket.of("open")).toEqual([{ t: "open", stream: S, after: 0 }]);
  });

  it("is neither told of nor lost when a pull or an open comes too fast or to a part that is away", () => {
    const stage = new Stage({ streams: [S] });
    const told: unknown[] = [];
    stage.connection.on("refused", (stream) => told.push(stream));
    const socket = stage.online();
    socket.says(reset(S, 2));
    socket.says({ t: "refused", id: S, refusal: { code: "unavailable" } });
    stage.connection.open("other");
    socket.says({ t: "refused", id: "other", refusal: { code: "too_fast", retry_after: 1 } });
    expect([told, seqs(stage)]).toEqual([[], [1, 2]]);
    stage.clock.pass(1_100);
    expect(socket.of("open")).toHaveLength(2);
  });
});

describe("a request", () => {
  it("is answered once with its number, and shown until its entry is in the log", async () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    socket.says(reset(S, 1));
    const outcome = stage.connection.send({ do: "post", text: "Dzień dobry" }, S);
    expect(socket.of("send")).toEqual([{ t: "send", id: "id-1", stream: S, action: { do: "post", text: "Dzień dobry" } }]);
    socket.says({ t: "ack", id: "id-1", seq: 2 });
    expect(await outcome).toEqual({ ok: true, seq: 2 });
    expect(stage.connection.pending.map((pending) => pending.state)).toEqual(["done"]);
    socket.says({ t: "event", stream: S, entry: message(2) });
    expect(stage.connection.pending).toEqual([]);
  });

  it("is forgotten at once when its entry came before the answer", () => {
    const stage = new Stage({ streams: [S] });
    const socket = stage.online();
    void stage.connection.send({ do: "post", text: "x" }, S);
    socket.says(reset(S, 2));
    socket.says({ t: "ack", id: "id-1", seq: 2 });
    expect(stage.connection.pending).toEqual([]);
  });

  it("is sent again with the same id after a reconnect and after ten seconds of silence", () => {
    const stage = new Stage();
    const first = stage.online();
    void stage.connection.send({ do: "post", text: "x" }, S);
    first.onclose?.();
    stage.clock.pass(500);
    const second = stage.welcome();
    expect(second.of("send").map((frame) => frame["id"])).toEqual(["id-1"]);
    stage.clock.pass(10_100);
    expect(second.of("send").map((frame) => frame["id"])).toEqual(["id-1", "id-1"]);
  });

  it("made without a connection is sent when there is one", () => {
    const stage = new Stage();
    void stage.connection.send({ do: "post", text: "x" }, S);
    expect(stage.online().of("send")).toHaveLength(1);
  });

  it("holds only whole characters", () => {
    const stage = new Stage();
    const socket = stage.online();
    void stage.connection.send({ do: "post", text: "ok 🙂 \ud83d!" }, S);
    expect(socket.of("send")[0]?.["action"].text).toBe("ok 🙂 \ufffd!");
  });

  it("waits for the one before it, so that messages keep their order", () => {
    const stage = new Stage();
    const socket = stage.online();
    for (const text of ["1", "2", "3"]) void stage.connection.send({ do: "post", text }, S);
    void stage.connection.send({ do: "post", text: "elsewhere" }, "stream-2");
    expect(socket.of("send").map((frame) => frame["action"].text)).toEqual(["1", "elsewhere"]);
    socket.says({ t: "ack", id: "id-1", seq: 1 });
    socket.says({ t: "ack", id: "id-2", seq: 2 });
    expect(socket.of("send").map((frame) => frame["action"].text)).toEqual(["1", "elsewhere", "2", "3"]);
  });

  it("that came too fast is tried again by itself, and nothing overtakes it", () => {
    const stage = new Stage();
    const socket = stage.online();
    void stage.connection.send({ do: "post", text: "1" }, S);
    void stage.connection.send({ do: "post", text: "2" }, S);
    socket.says({ t: "refused", id: "id-1", refusal: { code: "too_fast", detail: null, retry_after: 3 } });
    stage.clock.pass(2_900);
    expect(socket.of("send")).toHaveLength(1);
    stage.clock.pass(400);
    expect(socket.of("send").map((frame) => frame["id"])).toEqual(["id-1", "id-1"]);
  });

  it("that is refused for good stays visible until it is sent again or discarded", async () => {
    const stage = new Stage();
    const socket = stage.online();
    const refusal = { code: "closed", detail: null, retry_after: null } as const;
    const outcome = stage.connection.send({ do: "post", text: "1" }, S);
    socket.says({ t: "refused", id: "id-1", refusal });
    expect(await outcome).toEqual({ ok: false, refusal });
    expect(stage.connection.pending).toMatchObject([{ state: "refused", refusal }]);
    stage.connection.retry("id-1");
    expect(socket.of("send")).toHaveLength(2);
    stage.connection.discard("id-1");
    expect(stage.connection.pending).toEqual([]);
  });

  it.each([
    { do: "start", topic_id: "topic", name: "Łukasz" },
    { do: "leave_message", topic_id: "topic", name: "Łukasz", email: "l@example.com", text: "Proszę o kontakt" },
  ] as const)("to begin a conversation ($do) opens it too, and is not greeted with before the gateway knows it", (begin) => {
    const stage = new Stage();
    void stage.connection.send(begin, S);
    const socket = stage.online();
    expect(socket.sent.map((frame) => frame.t)).toEqual(["hello", "send", "open"]);
    expect(socket.sent[0]?.["streams"]).toEqual({});
  });

  it("to start a conversation waits out a refusal that passes, although nothing can be opened meanwhile", () => {
    const stage = new Stage();
    const told: unknown[] = [];
    stage.connection.on("refused", (stream) => told.push(stream));
    void stage.connection.send({ do: "start", topic_id: "topic", name: "Łukasz" }, S);
    const socket = stage.online();
    socket.says({ t: "refused", id: "id-1", refusal: { code: "too_fast", retry_after: 1 } });
    socket.says({ t: "refused", id: S, refusal: { code: "unknown" } });
    expect(told).toEqual([]);
    stage.clock.pass(1_500);
    expect(socket.sent.map((frame) => frame.t)).toEqual(["hello", "send", "open", "send", "open"]);
    socket.says({ t: "ack", id: "id-1", seq: 1 });
    socket.says(reset(S, 1));
    expect(seqs(stage)).toEqual([1]);
  });

  it("outlives a reload where it is stored", () => {
    let kept: Pending[] = [];
    const store: PendingStore = { load: () => kept, save: (pending) => (kept = [...pending]) };
    void new Stage({ store }).connection.send({ do: "post", text: "Żółw" }, S);
    const after = new Stage({ store });
    expect(after.online().of("send")).toMatchObject([{ id: "id-1", action: { text: "Żółw" } }]);
    after.socket.says({ t: "ack", id: "id-1", seq: 3 });
    expect(kept).toEqual([]);
  });
});

describe("an unsent text", () => {
  const typed = (stage: Stage): unknown[] => stage.socket.of("typing").map(({ typing, text }) => [typing, text]);

  function reconnected(stage: Stage): void {
    stage.socket.onclose?.();
    stage.clock.pass(500);
    stage.welcome();
  }

  it("is told again after a reconnect, once the conversation is asked for", () => {
    const stage = new Stage({ streams: [S] });
    stage.online();
    stage.connection.typing(S, true, "Czy macie ku");
    expect(typed(stage)).toEqual([[true, "Czy macie ku"]]);
    reconnected(stage);
    expect(stage.socket.sent.map((frame) => frame.t)).toEqual(["hello", "typing"]);
    expect(typed(stage)).toEqual([[false, "Czy macie ku"]]);
  });

  it("that was written without a connection is told when there is one", () => {
    const stage = new Stage({ streams: [S] });
    stage.connection.typing(S, true, "Halo?");
    stage.online();
    expect(typed(stage)).toEqual([[false, "Halo?"]]);
  });

  it("that was sent, emptied or left is not told again", () => {
    const stage = new Stage({ streams: [S, "other"] });
    stage.online();
    stage.connection.typing(S, true, "Halo?");
    stage.connection.typing(S, false, "");
    stage.connection.typing("other", true, "Halo?");
    stage.connection.leave("other");
    reconnected(stage);
    expect(typed(stage)).toEqual([]);
  });
});

it("hears what is not numbered", () => {
  const stage = new Stage();
  const socket = stage.online();
  const heard: unknown[] = [];
  stage.connection.on("place", (frame) => heard.push(frame.place));
  stage.connection.on("typing", (frame) => heard.push(frame.agent_name));
  const stop = stage.connection.on("delivered", (frame) => heard.push(frame.seq));
  socket.says({ t: "place", stream: S, place: 3 });
  socket.says({ t: "typing", stream: S, who: "agent", agent_name: "Ewa", typing: true, text: "" });
  socket.says({ t: "delivered", stream: S, seq: 9 });
  stop();
  socket.says({ t: "delivered", stream: S, seq: 10 });
  expect(heard).toEqual([3, "Ewa", 9]);
  expect(at).toContain("2025");
});
