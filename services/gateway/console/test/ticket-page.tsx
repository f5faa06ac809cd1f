/** The page of a ticket for tests: over a server of its own, and by hand as an agent has it. */
import type { Ticket } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { expect, vi } from "vitest";
import { language } from "../src/i18n/index.ts";
import { session } from "../src/state/session.ts";
import { forgetTickets } from "../src/state/tickets.ts";
import { toasts } from "../src/state/toasts.ts";
import { agents, topics } from "../src/tickets/people.ts";
import TicketPage from "../src/tickets/TicketPage.tsx";
import { EWA, ME, me, SALES } from "./made.ts";
import { id } from "./made-tickets.ts";
import { Server } from "./ticket-server.ts";

export const PATH = `/api/tickets/${id(1)}`;
export const SUPPORT = { id: "support", name: "Wsparcie techniczne" };
export const SYSTEM = { kind: "system" as const, id: null };
export const BY_EWA = { kind: "agent" as const, id: EWA.id };

/** An agent who is in, and a server that has the ticket as it is kept when it is asked for. */
export function begin(kept: () => Ticket): Server {
  sessionStorage.clear();
  session.value = { state: "in", me: me() };
  const server = new Server();
  server.on(`GET ${PATH}`, () => [200, kept()]);
  server.on(`POST ${PATH}/read`, [204, null]);
  server.on("GET /api/tickets", [200, { tickets: [], next: null, total: 0 }]);
  server.on("GET /api/agents/names", [200, { agents: [EWA, ME] }]);
  server.on("GET /api/topics", [200, { topics: [SALES, SUPPORT] }]);
  server.on("GET /api/mails", () => [200, { mails: [], next: null }]);
  server.on("GET /api/templates", [200, { templates: [] }]);
  return server;
}

export function leave(): void {
  cleanup();
  forgetTickets();
  agents.value = topics.value = toasts.value = [];
  language.value = "pl";
  vi.unstubAllGlobals();
}

export async function show(): Promise<void> {
  render(
    <LocationProvider>
      <TicketPage id={id(1)} />
    </LocationProvider>,
  );
  await screen.findByTestId("ticket");
  await waitFor(() => expect(topics.value).toHaveLength(2));
}

export const field = (name: string): HTMLInputElement => screen.getByLabelText(name);
export const put = (name: string, value: string): void => void fireEvent.input(field(name), { target: { value } });
export const choose = (name: string, value: string): void => void fireEvent.change(field(name), { target: { value } });
export const press = (name: string | RegExp): Promise<void> => act(() => void fireEvent.click(screen.getByRole("button", { name })));
