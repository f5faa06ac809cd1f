// Whatever the order, the holes and the repetitions in which entries arrive: the log is the same.
import { expect, it } from "vitest";
import { Log, visitorView, type VisitorEntry, type VisitorHeader } from "../src/index.ts";
import { header, messages } from "./support.ts";

/** The same numbers for the same seed (mulberry32). */
function luck(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const LENGTH = 40;
const all = messages(1, LENGTH);

it.each(Array.from({ length: 50 }, (_, seed) => seed))("is whole and in order after disorder %i", (seed) => {
  const random = luck(seed);
  const log = new Log<VisitorHeader, VisitorEntry>(visitorView, "s");
  const twice = [...all, ...all.filter(() => random() < 0.5)];
  const arrivals = twice.map((entry) => ({ entry, at: random() })).sort((a, b) => a.at - b.at);
  const snapshotAfter = Math.floor(random() * arrivals.length);
  arrivals.forEach(({ entry }, index) => {
    if (index === snapshotAfter) {
      const head = Math.floor(random() * LENGTH);
      if (head >= log.head) log.reset(header("s", head), messages(1, head));
    }
    log.take([entry]);
    expect(log.entries.map(({ seq }) => seq)).toEqual(all.slice(0, log.head).map(({ seq }) => seq));
  });
  expect(log.head).toBe(LENGTH);
  expect(log.behind).toBe(false);
});
