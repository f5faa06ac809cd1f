import { expect, it, vi } from "vitest";
import { Chunk } from "../src/panel/chunk.ts";

it("loads a part of the panel once, however often it is asked for", async () => {
  const fetch = vi.fn(() => Promise.resolve("here"));
  const chunk = new Chunk(fetch);
  await Promise.all([chunk.load(), chunk.load()]);
  await chunk.load();
  expect(chunk.here).toBe("here");
  expect(fetch).toHaveBeenCalledTimes(1);
});

it("loads a part anew that could not be had", async () => {
  const fetch = vi.fn(() => Promise.resolve("here")).mockRejectedValueOnce(new TypeError("offline"));
  const chunk = new Chunk(fetch);
  await chunk.load();
  expect(chunk.here).toBe("failed");
  await chunk.load();
  expect(chunk.here).toBe("here");
});

it("tells whoever shows it of each attempt, whoever asked for it", async () => {
  const fetch = vi.fn(() => Promise.resolve("here")).mockRejectedValueOnce(new TypeError("offline"));
  const chunk = new Chunk(fetch);
  const told: unknown[] = [];
  const stop = chunk.onLoaded(() => told.push(chunk.here));
  await chunk.load();
  await chunk.load();
  expect(told).toEqual(["failed", "here"]);
  stop();
});
