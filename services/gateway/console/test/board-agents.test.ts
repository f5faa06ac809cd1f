import type { Colleague } from "@dymek/wire";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { agents, heardCard, readBoard, stopBoard } from "../src/state/board.ts";
import { EWA, card } from "./made.ts";

const ewa = (load: number): Colleague => ({
  agent: EWA,
  status: "available",
  connected: true,
  load,
  capacity: 3,
  missed_count: 0,
  topic_ids: [],
  has_room: true,
});

let load = 0;
const reads: string[] = [];
const heard = (): void => heardCard({ t: "card", card: card("x"), gone: false });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", (path: string) => {
    reads.push(path);
    return Promise.resolve(Response.json(path === "/api/agents" ? { agents: [ewa(load)] } : { cards: [], more: 0 }));
  });
});

afterEach(() => {
  stopBoard();
  reads.length = 0;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a supervisor sees the agents' new numbers soon after a card, read once for several", async () => {
  load = 1;
  await readBoard(true);
  expect(agents.value.map((one) => one.load)).toEqual([1]);
  load = 2;
  heard();
  heard();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(agents.value.map((one) => one.load)).toEqual([2]);
  expect(reads).toEqual(["/api/board", "/api/agents", "/api/agents"]);
});

test("an agent's console reads nobody's numbers after a card, nor does one that was left", async () => {
  await readBoard(false);
  heard();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reads).toEqual(["/api/board"]);

  await readBoard(true);
  heard();
  stopBoard();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reads).toEqual(["/api/board", "/api/board", "/api/agents"]);
});
