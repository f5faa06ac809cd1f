import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { refusalText, type RefusalCode } from "@dymek/wire";
import { expect, test } from "vitest";

/** As the contracts have them, not as this build believes. */
const schema = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../../contracts/schemas/wire.json"), "utf8"),
) as { $defs: { RefusalCode: { enum: RefusalCode[] } } };
const codes = schema.$defs.RefusalCode.enum;
const general = (language: "pl" | "en"): string => refusalText({ code: "made_up" as RefusalCode }, language);

test.each(codes)("%s has a sentence of its own in Polish and in English", (code) => {
  const [polish, english] = [refusalText({ code }, "pl"), refusalText({ code }, "en")];
  expect(polish).not.toBe(general("pl"));
  expect(english).not.toBe(general("en"));
  expect(polish).not.toBe(english);
  expect(new Set(codes.map((other) => refusalText({ code: other }, "pl"))).size).toBe(codes.length);
});
