/** The ticket list: newest first, older ones on request. */
import type { TicketSummary } from "@dymek/wire";
import { useEffect, useState } from "preact/hooks";
import { language, t } from "../i18n/index.ts";
import { fullTime, shortMoment } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { loadOlder, loadTickets, nextPage, tickets, ticketsState } from "../state/tickets.ts";
import { toast } from "../state/toasts.ts";
import { RefreshIcon, TicketIcon, WarnIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Blank, Skeleton, Spinner } from "../ui/parts.tsx";

export function TicketsPage() {
  const words = t().tickets;
  useEffect(() => void loadTickets(), []);
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        <header class="page__head">
          <div>
            <h1 class="page__title">{words.title}</h1>
            <p class="page__lead">{words.lead}</p>
          </div>
          <button type="button" class="button" onClick={() => void loadTickets()}>
            <RefreshIcon size={18} />
            {words.refresh}
          </button>
        </header>
        <List />
      </div>
    </main>
  );
}

function List() {
  const words = t().tickets;
  const state = ticketsState.value;
  if (state === "fault") {
    return (
      <Blank icon={<WarnIcon size={28} />} title={t().serviceFault} tone="warn">
        <button type="button" class="button" onClick={() => void loadTickets()}>
          {t().retry}
        </button>
      </Blank>
    );
  }
  if (state !== "ready") return <Skeleton lines={8} />;
  if (tickets.value.length === 0)
    return <Blank icon={<TicketIcon size={28} />} title={words.emptyTitle} text={words.emptyText} />;
  return (
    <>
      {narrow.value ? <Cards /> : <Table />}
      <Older />
    </>
  );
}

function Table() {
  const words = t().tickets;
  return (
    <table class="table">
      <caption class="sr">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col" class="table__number">
            {words.number}
          </th>
          <th scope="col">{words.subject}</th>
          <th scope="col">{words.customer}</th>
          <th scope="col">{words.queue}</th>
          <th scope="col">{words.status}</th>
          <th scope="col">{words.opened}</th>
        </tr>
      </thead>
      <tbody>
        {tickets.value.map((ticket) => (
          <tr key={ticket.id} data-testid="ticket-row">
            <td class="table__number">{ticket.number}</td>
            <td>
              <a class="table__link" href={paths.ticket(ticket.id)}>
                {ticket.subject_line}
              </a>
            </td>
            <td>
              <span class="table__name">{ticket.name}</span>
              <span class="table__email">{ticket.email}</span>
            </td>
            <td>{ticket.topic.name}</td>
            <td>
              <StatusTag status={ticket.status} />
            </td>
            <td class="table__time">
              <Opened ticket={ticket} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards() {
  return (
    <ul class="ticket-cards">
      {tickets.value.map((ticket) => (
        <li key={ticket.id} data-testid="ticket-row">
          <a class="ticket-card" href={paths.ticket(ticket.id)}>
            <span class="ticket-card__top">
              <span class="ticket-card__number">{t().tickets.heading(ticket.number)}</span>
              <Opened ticket={ticket} />
            </span>
            <span class="ticket-card__subject">{ticket.subject_line}</span>
            <span class="ticket-card__who">
              {ticket.name} · {ticket.email}
            </span>
            <span class="ticket-card__tags">
              <StatusTag status={ticket.status} />
              <span class="tag">{ticket.topic.name}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function StatusTag({ status }: { status: TicketSummary["status"] }) {
  return <span class={`badge badge--${status}`}>{t().tickets.statuses[status]}</span>;
}

function Opened({ ticket }: { ticket: TicketSummary }) {
  return (
    <time dateTime={ticket.opened_at} title={fullTime(ticket.opened_at, language.value)}>
      {shortMoment(ticket.opened_at, Date.now(), language.value)}
    </time>
  );
}

function Older() {
  const words = t().tickets;
  const [busy, setBusy] = useState(false);
  if (nextPage.value === null) return <p class="page__end">{words.all}</p>;
  const more = async (): Promise<void> => {
    setBusy(true);
    await loadOlder().catch(() => toast({ tone: "danger", text: t().serviceFault }));
    setBusy(false);
  };
  return (
    <p class="page__end">
      <button type="button" class="button" disabled={busy} onClick={() => void more()}>
        {busy && <Spinner />}
        {words.more}
      </button>
    </p>
  );
}
