import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { LogItem } from "../src/chats/LogItem.tsx";
import { at, pendingPost } from "./made.ts";

afterEach(cleanup);

const message = (text: string) =>
  render(
    <LogItem
      item={{ kind: "message", key: "1", at: at(0), by: "visitor", name: "Anna", text, first: true, last: true }}
    />,
  ).container;

test("a visitor's markup stays text", () => {
  const text = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
  const shown = message(text);
  expect(shown.querySelector("img, script")).toBeNull();
  expect(shown.querySelector(".bubble__text")?.textContent).toBe(text);
});

test("only web addresses become links, and they cannot reach back", () => {
  const shown = message("Zobacz https://example.com/a?b=1 albo javascript:alert(1)");
  const links = [...shown.querySelectorAll("a")];
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["https://example.com/a?b=1"]);
  expect(links[0]?.rel).toContain("noopener");
  expect(links[0]?.target).toBe("_blank");
});

test("a message that was refused says why and can be sent again or discarded", () => {
  const pending = pendingPost("1", "Halo", {
    state: "refused",
    refusal: { code: "closed", detail: null, retry_after: null },
  });
  render(<LogItem item={{ kind: "pending", key: "1", pending, text: "Halo", first: true, last: true }} />);
  expect(screen.getByText(/Ta rozmowa jest już zakończona/u)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Wyślij ponownie" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Usuń" })).toBeTruthy();
});
