import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { language } from "../src/i18n/index.ts";
import { OfferTray } from "../src/shell/OfferTray.tsx";
import { desk, pending } from "../src/state/live.ts";
import { desk as deskOf, offer, pendingPost } from "./made.ts";

const soon = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

afterEach(() => {
  cleanup();
  desk.value = null;
  pending.value = [];
  language.value = "pl";
});

test("an offer says who waits, for what, and how long there is to answer", () => {
  desk.value = deskOf({ offers: [offer("a", { made_at: soon(0), expires_at: soon(20) })] });
  render(<OfferTray go={() => undefined} />);
  const card = screen.getByRole("article", { name: "Nowa rozmowa" });
  expect(card.textContent).toContain("Anna Nowak");
  expect(card.textContent).toContain("Sprzedaż");
  expect(screen.getByRole("timer").getAttribute("aria-label")).toMatch(/^Zostało (19|20) sekund/u);
  expect(screen.getByRole("button", { name: "Odbierz" })).toHaveProperty("disabled", false);
});

test("an answer under way, or a time that is over, cannot be given twice", () => {
  desk.value = deskOf({ offers: [offer("a", { made_at: soon(-30), expires_at: soon(-10) })] });
  const { unmount } = render(<OfferTray go={() => undefined} />);
  expect(screen.getByRole("button", { name: "Odbierz" })).toHaveProperty("disabled", true);
  unmount();
  desk.value = deskOf({ offers: [offer("b", { made_at: soon(0), expires_at: soon(20) })] });
  pending.value = [pendingPost("1", "", { action: { do: "accept", offer_id: "b" } })];
  render(<OfferTray go={() => undefined} />);
  expect(screen.getByRole("button", { name: "Odrzuć" })).toHaveProperty("disabled", true);
});

test("an offer that vanished says why, until it is dismissed", async () => {
  desk.value = deskOf({
    missed: { offer_id: "m", conversation_id: "c", visitor_name: "Anna", outcome: "expired", at: soon(0) },
  });
  render(<OfferTray go={() => undefined} />);
  expect(screen.getByText("Rozmowa nie została odebrana na czas i przeszła dalej (Anna).")).toBeTruthy();
  screen.getByRole("button", { name: "Rozumiem" }).click();
  await Promise.resolve();
  await new Promise((done) => setTimeout(done, 0));
  expect(screen.queryByText(/na czas/u)).toBeNull();
});

test("speaks English where that is chosen", () => {
  language.value = "en";
  desk.value = deskOf({ offers: [offer("a", { made_at: soon(0), expires_at: soon(20) })] });
  render(<OfferTray go={() => undefined} />);
  expect(screen.getByRole("button", { name: "Accept" })).toBeTruthy();
});
