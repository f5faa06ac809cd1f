import type { ConversationRecord, Me, RatingFigures } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test, vi } from "vitest";
import ConversationPage from "../src/conversations/ConversationPage.tsx";
import { waitForTranscript } from "../src/conversations/read.ts";
import { language } from "../src/i18n/index.ts";
import RatingsPage from "../src/ratings/RatingsPage.tsx";
import { session } from "../src/state/session.ts";
import { at, EWA } from "./made.ts";

const ME: Me = { agent_id: "jan", name: "Jan Kowalski", email: "jan@example.com", role: "agent" };
const RECORD = {
  conversation_id: "chat",
  state: "closed",
  topic: { id: "sales", name: "Sprzedaż" },
  visitor_name: "Anna",
  visitor_email: "anna@example.com",
  language: "pl",
  customer_id: "customer",
  customer_verified: false,
  owner: EWA,
  agents: [EWA],
  started_at: at(0),
  ended_at: at(600),
  close_reason: "ended_by_agent",
  entries: [{ seq: 1, at: at(600), body: { kind: "ended", reason: "ended_by_agent", agent_name: EWA.name } }],
} as unknown as ConversationRecord;

/** Answers by the path alone; what is not named does not exist. */
function gateway(answers: Record<string, unknown>): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    const found = answers[path.split("?")[0]!];
    if (found instanceof Response) return Promise.resolve(found.clone());
    if (found === undefined) return Promise.resolve(Response.json({ code: "unknown" }, { status: 404 }));
    return Promise.resolve(Response.json(found));
  });
  return asked;
}

function shown(address: string, page: preact.ComponentChild): void {
  history.replaceState(null, "", address);
  render(<LocationProvider scope="/console">{page}</LocationProvider>);
}

const refused = (status: number, code: string): Response => Response.json({ code }, { status });
const page = (): void => shown("/console/conversations/chat", <ConversationPage id="chat" me={ME} />);

afterEach(() => {
  cleanup();
  language.value = "pl";
  vi.unstubAllGlobals();
});

test("a conversation that is over is shown in a frame that can do nothing, with all that came of it", async () => {
  gateway({
    "/api/conversations/chat": RECORD,
    "/api/conversations/chat/transcript": new Response("<p>"),
    "/api/conversations/chat/rating": { conversation_id: "chat", score: "bad", comment: "Długo", rated_at: at(700) },
    "/api/tickets": { tickets: [{ id: "t", number: 7, subject_line: "Faktura", status: "open" }], next: null },
    "/api/mails": {
      mails: [
        { mail_id: "m", kind: "transcript", to: "anna@example.com", state: "failed", reason: "refused: 550 No such user" },
        { mail_id: "n", kind: "missed_chat", to: "ewa@example.com", state: "sent", reason: "" },
      ],
    },
  });
  page();
  const frame = await screen.findByTestId("transcript");
  expect(frame.getAttribute("sandbox")).toBe("");
  expect(frame.getAttribute("src")).toMatch(/^\/api\/conversations\/chat\/transcript\?format=html&zone=/u);
  expect((await screen.findByTestId("past-rating")).textContent).toContain("Długo");
  expect(within(await screen.findByTestId("past-tickets")).getByRole("link").getAttribute("href")).toBe("/console/tickets/t");
  const mails = await screen.findByTestId("past-mails");
  expect(mails.textContent).toContain("Serwer pocztowy odrzucił wiadomość.");
  expect(mails.textContent).not.toContain("ewa@example.com");
  expect(screen.getByText(`Rozmowę zakończył konsultant (${EWA.name})`)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Otwórz kartę klienta" }).getAttribute("href")).toBe("/console/customers/customer");
  expect(screen.queryByRole("link", { name: "Otwórz w czatach" })).toBeNull();
});

test("what nobody rated, asked for or opened says so", async () => {
  gateway({
    "/api/conversations/chat": RECORD,
    "/api/conversations/chat/transcript": new Response("<p>"),
    "/api/tickets": { tickets: [], next: null },
    "/api/mails": { mails: [] },
  });
  page();
  expect(await screen.findByText("Gość nie ocenił rozmowy.")).toBeTruthy();
  expect(await screen.findByText("Nie ma zgłoszeń z tej rozmowy.")).toBeTruthy();
  expect(await screen.findByText("Gość nie prosił o zapis rozmowy e-mailem.")).toBeTruthy();
});

test("a part that cannot be read takes nothing else along, and may be read again", async () => {
  const answers: Record<string, unknown> = {
    "/api/conversations/chat": RECORD,
    "/api/conversations/chat/transcript": new Response("<p>"),
    "/api/tickets": refused(503, "unavailable"),
    "/api/mails": { mails: [] },
  };
  gateway(answers);
  page();
  const part = await screen.findByRole("alert");
  expect(await screen.findByTestId("transcript")).toBeTruthy();
  answers["/api/tickets"] = { tickets: [], next: null };
  act(() => void fireEvent.click(within(part).getByRole("button", { name: "Spróbuj ponownie" })));
  expect(await screen.findByText("Nie ma zgłoszeń z tej rozmowy.")).toBeTruthy();
});

test("one that goes on leads to the chats, whether this agent takes part or not; one that never was is told", async () => {
  for (const answer of [{ ...RECORD, state: "active" }, refused(403, "not_yours")]) {
    gateway({ "/api/conversations/chat": answer });
    page();
    expect(await screen.findByText("Ta rozmowa jeszcze trwa")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Przejdź do rozmowy" }).getAttribute("href")).toBe("/console/chats/chat");
    cleanup();
  }
  gateway({});
  page();
  expect(await screen.findByText("Nie ma takiej rozmowy")).toBeTruthy();
});

test("a transcript that is still on its way is looked for until it comes, or until it is late", async () => {
  let looks = 0;
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: ++looks < 3 ? 404 : 200 })));
  const off = new AbortController().signal;
  expect(await waitForTranscript("/x", off, { times: 5, every: 0 })).toBe(true);
  expect(looks).toBe(3);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 404 })));
  expect(await waitForTranscript("/x", off, { times: 2, every: 0 })).toBe(false);
});

test("a session that has run out while a transcript is looked for leads to the sign-in", async () => {
  session.value = { state: "in", me: ME };
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ code: "unauthorised" }, { status: 401 })));
  await expect(waitForTranscript("/x", new AbortController().signal)).rejects.toMatchObject({ code: "unauthorised" });
  expect(session.value).toEqual({ state: "out", expired: true });
  session.value = { state: "checking" };
});

test("a transcript is asked for in the language of who reads it", async () => {
  const asked = gateway({ "/api/conversations/chat": RECORD, "/api/conversations/chat/transcript": new Response("<p>") });
  page();
  expect((await screen.findByTestId("transcript")).getAttribute("src")).toContain("language=pl");
  act(() => void (language.value = "en"));
  await waitFor(() => expect(screen.getByTestId("transcript").getAttribute("src")).toContain("language=en"));
  expect(screen.getByRole("link", { name: "Download as text" }).getAttribute("href")).toContain("language=en");
  expect(asked.filter((path) => path.includes("transcript")).map((path) => path.split("language=")[1])).toEqual(["pl", "en"]);
});

const FIGURES: RatingFigures = {
  since: "2026-11-01",
  until: "2026-11-23",
  topics: [{ key: "sales", label: "Sprzedaż", good: 3, neutral: 1, bad: 0 }],
  agents: [],
  days: [
    { key: "2026-11-20", label: "2026-11-20", good: 1, neutral: 1, bad: 0 },
    { key: "2026-11-21", label: "2026-11-21", good: 2, neutral: 0, bad: 0 },
  ],
  comments: [{ conversation_id: "chat", score: "good", comment: "Szybko i miło", rated_at: at(0) }],
};

test("figures are tables whose numbers add up, the newest day first, each comment with its conversation", async () => {
  const asked = gateway({ "/api/ratings/figures": FIGURES });
  shown("/console/ratings?since=2026-11-01&until=2026-11-23", <RatingsPage />);
  const total = await screen.findByTestId("figures-total");
  expect(total.textContent).toContain("75%");
  expect(total.textContent).toContain("4 oceny");
  const row = within(screen.getByRole("table", { name: "Według tematów" })).getByRole("row", { name: /Sprzedaż/u });
  expect(within(row).getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["3", "1", "0", "4", "75%"]);
  const days = within(screen.getByRole("table", { name: "Według dni" })).getAllByRole("rowheader");
  expect(days.map((day) => day.textContent)).toEqual(["21 listopada 2026", "20 listopada 2026"]);
  expect(screen.getByText("Żadna z tych rozmów nie miała konsultanta.")).toBeTruthy();
  const link = screen.getByRole("link", { name: "Otwórz rozmowę: Szybko i miło" });
  expect(link.getAttribute("href")).toBe("/console/conversations/chat");
  const query = new URLSearchParams(asked.at(-1)!.split("?")[1]);
  expect([query.get("since"), query.get("until")]).toEqual(["2026-11-01", "2026-11-23"]);
  expect(query.get("zone")).toBeTruthy();
});

test("a wrong span is told beside its field and not asked for; a right one stands in the address", async () => {
  const asked = gateway({ "/api/ratings/figures": { ...FIGURES, topics: [], days: [], comments: [] } });
  shown("/console/ratings?since=2026-11-01&until=2026-11-23", <RatingsPage />);
  expect(await screen.findByText("W tym okresie nikt nie ocenił rozmowy")).toBeTruthy();
  const until = screen.getByLabelText<HTMLInputElement>("Do");
  fireEvent.input(until, { target: { value: "2026-10-31" } });
  act(() => void fireEvent.submit(screen.getByRole("form")));
  expect(screen.getByRole("alert").textContent).toBe("Koniec okresu nie może być przed początkiem.");
  expect(document.activeElement).toBe(until);
  expect(asked).toHaveLength(1);
  fireEvent.input(until, { target: { value: "2026-11-02" } });
  act(() => void fireEvent.submit(screen.getByRole("form")));
  await waitFor(() => expect(location.search).toBe("?since=2026-11-01&until=2026-11-02"));
  await waitFor(() => expect(asked).toHaveLength(2));
});

test("a span of the address moves into the form, and the focus stays where it was", async () => {
  gateway({ "/api/ratings/figures": FIGURES });
  shown("/console/ratings?since=2026-11-01&until=2026-11-23", <RatingsPage />);
  await screen.findByTestId("figures-total");
  const preset = screen.getByRole("link", { name: /30 dni/u });
  preset.focus();
  act(() => void fireEvent.click(preset));
  await waitFor(() => expect(location.search).toBe("?days=30"));
  await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("Od").value).not.toBe("2026-11-01"));
  expect(document.activeElement).toBe(preset);
  const until = screen.getByLabelText<HTMLInputElement>("Do");
  until.focus();
  fireEvent.input(until, { target: { value: screen.getByLabelText<HTMLInputElement>("Od").value } });
  act(() => void fireEvent.submit(screen.getByRole("form")));
  await waitFor(() => expect(location.search).toContain("until="));
  expect(document.activeElement).toBe(until);
});

test("figures that cannot be read say so, and may be read again", async () => {
  const answers: Record<string, unknown> = { "/api/ratings/figures": refused(503, "unavailable") };
  gateway(answers);
  shown("/console/ratings", <RatingsPage />);
  const again = await screen.findByRole("button", { name: "Spróbuj ponownie" });
  answers["/api/ratings/figures"] = FIGURES;
  act(() => void fireEvent.click(again));
  expect(await screen.findByTestId("figures-total")).toBeTruthy();
});
