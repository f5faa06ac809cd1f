// The vectors that contracts/views.py is tested with, so that both sides fold a log into the same header.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { agentView, visitorView, type View } from "../src/index.ts";

interface Vector {
  name: string;
  view: "agent" | "visitor";
  header: { head: number };
  entries: { seq: number }[];
  expected: unknown;
}

const folder = new URL("../../../../contracts/samples/views/", import.meta.url);
const vectors = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Vector);

describe("headers folded as the router folds them", () => {
  it("has vectors of both views", () => {
    expect(new Set(vectors.map((vector) => vector.view))).toEqual(new Set(["agent", "visitor"]));
  });

  it.each(vectors)("$name", ({ view, header, entries, expected }) => {
    const { apply } = (view === "agent" ? agentView : visitorView) as unknown as View<{ head: number }, { seq: number }>;
    expect(entries.reduce(apply, header)).toEqual(expected);
  });
});
