import { describe, expect, it } from "vitest";
import { S, Stage, at, reset } from "./support.ts";

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
