import { afterEach, describe, expect, test } from "vitest";
import { checkFields, mergeFields, moved, tidyFields } from "../src/admin/customerFields.ts";
import { language } from "../src/i18n/index.ts";
import { field } from "./made-customers.ts";

const list = (version: number, ...fields: ReturnType<typeof field>[]) => ({ version, fields });
const [a, b, c, d] = ["a", "b", "c", "d"].map((id) => field(id, { label: `Pole ${id}` })) as [
  ReturnType<typeof field>,
  ReturnType<typeof field>,
  ReturnType<typeof field>,
  ReturnType<typeof field>,
];
const ids = (all: { fields: { id: string }[] }): string => all.fields.map(({ id }) => id).join("");

afterEach(() => void (language.value = "pl"));

describe("the list of custom fields", () => {
  test("each field has a name of its own, whatever its capitals", () => {
    const faults = checkFields(list(1, a, field("b", { label: " pole A " }), field("c", { label: " " })));
    expect(Object.keys(faults)).toEqual(["fields.1.label", "fields.2.label"]);
    expect(faults["fields.1.label"]).toEqual({ rule: "said", text: "Inne pole ma już tę nazwę." });
    language.value = "en";
    expect(checkFields(list(1, a, { ...b, label: a.label }))["fields.1.label"]).toEqual({
      rule: "said",
      text: "Another field has this name.",
    });
  });

  test("a choice has values, each once", () => {
    const choice = (...choices: string[]) => checkFields(list(1, field("p", { label: "Plan", kind: "choice", choices })));
    expect(Object.keys(choice("", " "))).toEqual(["fields.0.choices"]);
    expect(Object.keys(choice("A", "A "))).toEqual(["fields.0.choices"]);
    expect(choice("A", "", "B")).toEqual({});
  });

  test("what is sent has neither blanks nor values of another kind", () => {
    const draft = list(1, field("p", { label: " Plan ", kind: "choice", choices: ["A ", ""] }), { ...a, choices: ["x"] });
    expect(tidyFields(draft).fields.map(({ label, choices }) => [label, choices])).toEqual([
      ["Plan", ["A"]],
      ["Pole a", []],
    ]);
  });

  test("a field is moved up and down", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });
});

describe("a list that somebody else has saved meanwhile", () => {
  const base = list(1, a, b);

  test("loses no field that either has added", () => {
    const { draft, clashes } = mergeFields(base, list(1, a, b, c), list(2, a, b, d));
    expect(ids(draft)).toBe("abdc");
    expect(draft.version).toBe(2);
    expect(clashes).toEqual([]);
  });

  test("keeps a removal that nobody stands against, on either side", () => {
    expect(ids(mergeFields(base, list(1, a), list(2, a, b, d)).draft)).toBe("ad");
    expect(ids(mergeFields(base, list(1, a, b, c), list(2, b)).draft)).toBe("bc");
  });

  test("does not lose a field that one has changed while the other took it away", () => {
    const renamed = { ...b, label: "Inna nazwa" };
    expect(mergeFields(base, list(1, a), list(2, a, renamed))).toMatchObject({
      draft: { fields: [a, renamed] },
      clashes: ["fields"],
    });
    expect(mergeFields(base, list(1, a, renamed), list(2, a)).draft.fields).toEqual([a, renamed]);
  });

  test("takes over the other's change of a field, and keeps this side's word where both changed it", () => {
    const theirs = { ...a, show_in_chat: true };
    const mine = { ...a, label: "Moja" };
    expect(mergeFields(base, list(1, a, { ...b, label: "B" }), list(2, theirs, b)).draft.fields[0]).toEqual(theirs);
    expect(mergeFields(base, list(1, mine, b), list(2, theirs, b))).toMatchObject({ draft: { fields: [mine, b] }, clashes: ["fields"] });
  });

  test("is in this side's order where this side changed it, else in the newer one", () => {
    expect(ids(mergeFields(base, list(1, b, a), list(2, a, b, d)).draft)).toBe("bad");
    expect(ids(mergeFields(base, list(1, a, b, c), list(2, b, a)).draft)).toBe("bac");
  });
});
