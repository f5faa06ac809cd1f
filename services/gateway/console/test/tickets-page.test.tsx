import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { language } from "../src/i18n/index.ts";
import { polite } from "../src/state/announce.ts";
import { session } from "../src/state/session.ts";
import { forgetTickets, ticketChanged } from "../src/state/tickets.ts";
import TicketsPage from "../src/tickets/TicketsPage.tsx";
import { at, EWA, me, SALES } from "./made.ts";
import { page, ticket } from "./made-tickets.ts";
import { Server } from "./ticket-server.ts";

let server: Server;

beforeEach(() => {
  language.value = "pl";
  polite.value = "";
  history.replaceState(null, "", "/console/tickets");
  session.value = { state: "in", me: me() };
  server = new Server();
  server.on("GET /api/agents/names", [200, { agents: [EWA] }]);
  server.on("GET /api/topics", [200, { topics: [SALES] }]);
  server.on("GET /api/tickets", ({ query }) => [
    200,
    query.get("after") ? page([ticket(1)]) : query.get("q") ? page([ticket(2)]) : { ...page([ticket(3), ticket(2)], "next"), total: 3 },
  ]);
});
afterEach(() => {
  cleanup();
  forgetTickets();
  vi.unstubAllGlobals();
});

const show = async (): Promise<void> => {
  render(
    <LocationProvider>
      <TicketsPage />
    </LocationProvider>,
  );
  await waitFor(() => expect(screen.getByTestId("tickets-total").textContent).toBe("3 zgłoszenia"));
};

test("how many tickets there are is said after the agent's own search, and not as the list is opened or changes", async () => {
  await show();
  expect(polite.value).toBe("");
  act(() => ticketChanged(ticket(4, { changed_at: at(9999) }), { kind: "agent", id: EWA.id }));
  await waitFor(() => expect(screen.getAllByTestId("ticket-row")).toHaveLength(3));
  expect(polite.value).toBe("");
  fireEvent.input(screen.getByLabelText("Szukaj w zgłoszeniach"), { target: { value: "paczka" } });
  await waitFor(() => expect(polite.value).toBe("1 zgłoszenie"));
  expect(screen.getByTestId("tickets-total").getAttribute("role")).toBeNull();
});

test("when the last of the list is shown, the focus stays at its end", async () => {
  await show();
  const more = screen.getByRole("button", { name: "Pokaż kolejne" });
  more.focus();
  fireEvent.click(more);
  const end = await screen.findByText("To już wszystkie.");
  await waitFor(() => expect(document.activeElement).toBe(end));
});
