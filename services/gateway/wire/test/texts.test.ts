import { describe, expect, it } from "vitest";
import { charCount, linkPieces, refusalText, type RefusalCode } from "../src/index.ts";

describe("addresses in a text", () => {
  it.each([
    ["zobacz https://example.com/kawa?id=1.", ["zobacz ", "https://example.com/kawa?id=1", "."]],
    ["(www.example.com)", ["(", "www.example.com", ")"]],
    ["https://pl.wikipedia.org/wiki/Kawa_(napój)!", ["https://pl.wikipedia.org/wiki/Kawa_(napój)", "!"]],
    ["bez adresu", ["bez adresu"]],
    ["a https://a.pl, b https://b.pl", ["a ", "https://a.pl", ", b ", "https://b.pl"]],
  ])("%s", (text, pieces) => {
    expect(linkPieces(text).map((piece) => piece.text)).toEqual(pieces);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "ftp://example.com", "https://", "file:///etc/passwd"])(
    "never makes a link of %s",
    (text) => expect(linkPieces(text).some((piece) => piece.href)).toBe(false),
  );

  it("loses nothing of the text", () => {
    const text = "Ala https://a.pl ma „https://b.pl”… 🙂\n<b>www.c.pl</b>";
    expect(linkPieces(text).map((piece) => piece.text).join("")).toBe(text);
    expect(linkPieces(text).filter((piece) => piece.href)).toHaveLength(3);
  });
});

it("says every refusal in both languages, and an unknown one in general words", () => {
  const codes = ["too_late", "taken", "visitor_left", "away", "agent_away", "outside_hours", "unavailable"] as RefusalCode[];
  for (const code of codes) expect(refusalText({ code }, "pl")).not.toBe(refusalText({ code }, "en"));
  expect(refusalText({ code: "made_up" as RefusalCode }, "pl")).toMatch(/Spróbuj ponownie/);
});

it("counts characters as the gateway does", () => {
  expect(charCount("ąę🙂")).toBe(3);
});
