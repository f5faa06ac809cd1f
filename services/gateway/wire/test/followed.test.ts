import { describe, expect, it } from "vitest";
import { S, Stage, message, messages, reset, seqs, upTo } from "./support.ts";

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
