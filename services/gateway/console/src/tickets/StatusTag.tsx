/** A ticket's status in one word, and for a postponed one until when. */
import type { TicketSummary } from "@dymek/wire";
import { language } from "../i18n/index.ts";
import { words } from "../i18n/tickets.ts";
import { clockTime, shortMoment } from "../lib/format.ts";

type Stated = Pick<TicketSummary, "status" | "postponed_until">;

export function StatusTag({ ticket }: { ticket: Stated }) {
  return (
    <span class={`badge badge--${ticket.status}`} data-testid="ticket-status">
      {stateText(ticket)}
    </span>
  );
}

export function stateText(ticket: Stated): string {
  return [words().statuses[ticket.status], untilText(ticket)].filter(Boolean).join(" ");
}

/** Until when the ticket is postponed, if it is. */
export function untilText({ status, postponed_until }: Stated): string {
  if (status !== "postponed" || !postponed_until) return "";
  const [day, time] = [shortMoment(postponed_until, Date.now(), language.value), clockTime(postponed_until, language.value)];
  return words().until(day === time ? time : `${day}, ${time}`);
}
