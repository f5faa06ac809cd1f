import { describe, expect, it } from "vitest";
import { S, Stage, message, reset, seqs } from "./support.ts";
import type { Pending, PendingStore } from "../src/index.ts";

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

  it.each(["too_fast", "unavailable", "away"] as const)("refused as %s for a while is tried again, and nothing overtakes it", (code) => {
    const stage = new Stage();
    const socket = stage.online();
    void stage.connection.send({ do: "post", text: "1" }, S);
    void stage.connection.send({ do: "post", text: "2" }, S);
    socket.says({ t: "refused", id: "id-1", refusal: { code, detail: null, retry_after: 3 } });
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
