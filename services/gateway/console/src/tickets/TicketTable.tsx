/** The list on a desk: a table whose heads sort it. */
import type { ComponentChildren } from "preact";
import { language } from "../i18n/index.ts";
import { words } from "../i18n/tickets.ts";
import { fullTime, shortMoment } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { Avatar } from "../ui/parts.tsx";
import type { Sort, TicketFilter } from "./filter.ts";
import type { Row } from "./listing.ts";
import { StatusTag } from "./StatusTag.tsx";

interface Props {
  rows: readonly Row[];
  filter: TicketFilter;
  set: (patch: Partial<TicketFilter>) => void;
}

export function TicketTable({ rows, filter, set }: Props) {
  const said = words().list;
  const head = (sort: Sort, label: string, kind = "") => <Head sort={sort} label={label} kind={kind} filter={filter} set={set} />;
  return (
    <table class="table tickets__table">
      <caption class="sr">{words().title}</caption>
      <thead>
        <tr>
          {head("number", said.number, "table__number")}
          <th scope="col">{said.subject}</th>
          <th scope="col" class="tickets__customer">
            {said.customer}
          </th>
          <th scope="col" class="tickets__topic">
            {said.topic}
          </th>
          <th scope="col" class="tickets__assignee">
            {said.assignee}
          </th>
          <th scope="col" class="tickets__status">
            {said.status}
          </th>
          {head("opened", said.opened, "tickets__opened tickets__moment")}
          {head("changed", said.changed, "tickets__moment")}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.ticket.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Head({ sort, label, kind, filter, set }: { sort: Sort; label: string; kind: string } & Omit<Props, "rows">) {
  const active = filter.sort === sort;
  const up = active && filter.order === "asc";
  return (
    <th scope="col" class={kind} aria-sort={active ? (up ? "ascending" : "descending") : undefined}>
      <button
        type="button"
        class="tickets__sort"
        onClick={() => set({ sort, order: active && !up ? "asc" : "desc" })}
      >
        {label}
        <span class="tickets__arrow" aria-hidden="true">
          {active ? (up ? "↑" : "↓") : ""}
        </span>
      </button>
    </th>
  );
}

function Line({ row: { ticket, gone } }: { row: Row }) {
  return (
    <tr data-testid="ticket-row" data-unread={ticket.unread} data-gone={gone}>
      <td class="table__number">{words().number(ticket.number)}</td>
      <td>
        <Unread on={ticket.unread} />
        <a class="table__link" href={paths.ticket(ticket.id)}>
          {ticket.subject_line}
        </a>
        <LastLine row={{ ticket, gone }} />
      </td>
      <td>
        <span class="table__name tickets__short" title={ticket.customer?.name ?? ticket.name}>
          {ticket.customer?.name ?? ticket.name}
        </span>
        <span class="table__email tickets__short" title={ticket.email}>
          {ticket.email}
        </span>
      </td>
      <td class="tickets__topic">{ticket.topic.name}</td>
      <td>
        {ticket.assignee ? (
          <span class="tickets__person">
            <Avatar name={ticket.assignee.name} size="sm" />
            {ticket.assignee.name}
          </span>
        ) : (
          <span class="tickets__nobody">{words().nobody}</span>
        )}
      </td>
      <td>
        <StatusTag ticket={ticket} />
      </td>
      <td class="table__time tickets__opened">
        <Moment at={ticket.opened_at} />
      </td>
      <td class="table__time">
        <Moment at={ticket.changed_at ?? ticket.opened_at} />
      </td>
    </tr>
  );
}

export function Unread({ on }: { on: boolean }): ComponentChildren {
  if (!on) return null;
  return (
    <span class="tickets__unread" data-testid="ticket-unread">
      <span class="sr">{words().unread}: </span>
    </span>
  );
}

export function LastLine({ row: { ticket, gone } }: { row: Row }) {
  return (
    <span class="tickets__last">
      {gone && <span class="tag">{words().list.gone}</span>}
      {ticket.tags.map((tag) => (
        <span key={tag} class="tag">
          {tag}
        </span>
      ))}
      <span class="tickets__line">{ticket.last_line}</span>
    </span>
  );
}

export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullTime(at, language.value)}>
      {shortMoment(at, Date.now(), language.value)}
    </time>
  );
}
