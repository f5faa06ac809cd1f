// @vitest-environment node
// The vectors that services/gateway/domain/variables.py is tested with, so that both sides fill in alike.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { filled, pieces, spots, unfilled, unknown, type Values } from "../src/templates/fill.ts";

interface Vector {
  name: string;
  text: string;
  values: Values;
  filled: string;
  missing: string[];
  unfilled: string[];
  unknown: string[];
}

const file = new URL("../../../../contracts/samples/templates/filling.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as Vector[];

describe("templates filled in as the gateway's rules say", () => {
  it.each(vectors)("$name", (vector) => {
    const text = filled(vector.text, vector.values);
    expect(text).toBe(vector.filled);
    expect(unfilled(text)).toEqual(vector.missing);
    expect(unfilled(vector.text)).toEqual(vector.unfilled);
    expect(unknown(vector.text)).toEqual(vector.unknown);
  });
});

it("tells what of a text was filled in, what has no value and what is no variable", () => {
  expect(pieces("A {{agent.name}}{{ ticket.number }} {{x}}!", { "agent.name": "Jan" })).toEqual([
    { kind: "text", text: "A " },
    { kind: "value", text: "Jan" },
    { kind: "missing", text: "{{ticket.number}}" },
    { kind: "text", text: " " },
    { kind: "unknown", text: "{{x}}" },
    { kind: "text", text: "!" },
  ]);
});

it("knows where each variable stands", () => {
  const text = "a {{agent.name}} {{x}} {{ topic.name }}";
  expect(spots(text).map(({ name, from, to }) => [name, text.slice(from, to)])).toEqual([
    ["agent.name", "{{agent.name}}"],
    ["topic.name", "{{ topic.name }}"],
  ]);
});
