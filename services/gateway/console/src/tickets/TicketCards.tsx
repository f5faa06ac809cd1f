/** The list on a phone: one card under the other. */
import { words } from "../i18n/tickets.ts";
import { paths } from "../lib/route.ts";
import type { Row } from "./listing.ts";
import { StatusTag } from "./StatusTag.tsx";
import { LastLine, Moment, Unread } from "./TicketTable.tsx";

export function TicketCards({ rows }: { rows: readonly Row[] }) {
  return (
    <ul class="ticket-cards">
      {rows.map(({ ticket, gone }) => (
        <li key={ticket.id} data-testid="ticket-row" data-unread={ticket.unread} data-gone={gone}>
          <a class="ticket-card" href={paths.ticket(ticket.id)}>
            <span class="ticket-card__top">
              <span class="ticket-card__number">{words().number(ticket.number)}</span>
              <Moment at={ticket.changed_at ?? ticket.opened_at} />
            </span>
            <span class="ticket-card__subject">
              <Unread on={ticket.unread} />
              {ticket.subject_line}
            </span>
            <span class="ticket-card__who">{ticket.customer?.name ?? ticket.name}</span>
            <LastLine row={{ ticket, gone }} />
            <span class="ticket-card__tags">
              <StatusTag ticket={ticket} />
              <span class="tag">{ticket.topic.name}</span>
              {ticket.assignee && <span class="tag">{ticket.assignee.name}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
