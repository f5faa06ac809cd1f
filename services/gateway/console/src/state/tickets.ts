/** The ticket list, newest first, in pages; an alert puts new ones on top without losing the reader's place. */
import type { Alert, TicketPage, TicketSummary } from "@dymek/wire";
import { batch, signal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { get } from "../lib/api.ts";
import { paths } from "../lib/route.ts";
import { toast } from "./toasts.ts";

export type Loading = "idle" | "loading" | "ready" | "fault";

export const tickets = signal<readonly TicketSummary[]>([]);
export const ticketsState = signal<Loading>("idle");
export const nextPage = signal<string | null>(null);
export const unseenTickets = signal(0);

/** Both lists as one, newest number first, each ticket once; `fresh` wins. */
export function merged(known: readonly TicketSummary[], fresh: readonly TicketSummary[]): TicketSummary[] {
  const byId = new Map([...known, ...fresh].map((ticket) => [ticket.id, ticket]));
  return [...byId.values()].sort((a, b) => b.number - a.number);
}

/** Reads the newest page. What is shown already stays there if it fails. */
export async function loadTickets(): Promise<void> {
  if (tickets.value.length === 0) ticketsState.value = "loading";
  try {
    const page = await get<TicketPage>("/api/tickets");
    batch(() => {
      // A newest page that does not reach what is known leaves a hole: then it replaces the list.
      const oldest = page.tickets.at(-1)?.number ?? 0;
      const touches = tickets.value.some((ticket) => ticket.number >= oldest);
      if (!touches || page.next === null) nextPage.value = page.next;
      tickets.value = touches ? merged(tickets.value, page.tickets) : page.tickets;
      ticketsState.value = "ready";
      unseenTickets.value = 0;
    });
  } catch {
    ticketsState.value = tickets.value.length ? "ready" : "fault";
  }
}

/** Reads the next older page. Throws ApiError. */
export async function loadOlder(): Promise<void> {
  if (nextPage.value === null) return;
  const page = await get<TicketPage>(`/api/tickets?after=${encodeURIComponent(nextPage.value)}`);
  batch(() => {
    tickets.value = merged(tickets.value, page.tickets);
    nextPage.value = page.next;
  });
}

export function ticketArrived(alert: Alert): void {
  toast({
    tone: "info",
    about: "ticket",
    text: t().tickets.arrived(alert.number),
    detail: `${alert.subject_line} · ${alert.name}`,
    action: { label: t().tickets.open, href: paths.ticket(alert.ticket_id) },
  });
  if (ticketsState.value === "idle") unseenTickets.value++;
  else void loadTickets();
}

export function forgetTickets(): void {
  batch(() => {
    tickets.value = [];
    ticketsState.value = "idle";
    nextPage.value = null;
    unseenTickets.value = 0;
  });
}
