import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { RefusalCode } from "@dymek/wire";
import { loadWords } from "../src/panel/words.ts";

const schema = JSON.parse(readFileSync("../../../contracts/schemas/wire.json", "utf8")) as { $defs: { RefusalCode: { enum: RefusalCode[] } } };

it.each(schema.$defs.RefusalCode.enum)("says the refusal %s in Polish and in English", async (code) => {
  const [polish, english] = [(await loadWords("pl")).refused({ code }), (await loadWords("en")).refused({ code })];
  expect(polish).toMatch(/^\p{Lu}.*\.$/u);
  expect(english).toMatch(/^\p{Lu}.*\.$/u);
  expect(polish).not.toBe(english);
});

it("has a sentence of its own for whatever a visitor's own doing can meet", async () => {
  const { t } = await loadWords("pl");
  const mine: RefusalCode[] = ["outside_hours", "closed", "not_closed", "not_waiting", "not_yours", "unknown", "invalid", "too_long", "too_fast", "unavailable", "unauthorised"];
  expect(mine.filter((code) => !(code in t.refused))).toEqual([]);
});
