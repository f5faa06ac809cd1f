/** A ticket's card: its thread with a place to write, and what it is and whose, changed together with others. */
import "../styles/admin.css";
import { useEffect, useMemo } from "preact/hooks";
import type { Ticket } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { words } from "../i18n/tickets.ts";
import { BackIcon, DownIcon, TicketIcon, WarnIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Blank, Skeleton } from "../ui/parts.tsx";
import { openTicket, type OpenTicket } from "./open.ts";
import { Others } from "./Others.tsx";
import { readPeople } from "./people.ts";
import { lastList } from "./place.ts";
import { Properties } from "./Properties.tsx";
import { SaveBar } from "./SaveBar.tsx";
import { StatusTag } from "./StatusTag.tsx";
import { SubjectField } from "./SubjectField.tsx";
import { Thread } from "./Thread.tsx";
import { Writer } from "./Writer.tsx";

export default function TicketPage({ id }: { id: string }) {
  const open = useMemo(() => openTicket(id), [id]);
  useEffect(() => void readPeople(), []);
  useEffect(() => open.start(), [open]);
  const said = words().card;
  const shown = open.shown.value;
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner page__inner--wide">
        <a class="crumb" href={lastList.value}>
          <BackIcon size={18} />
          {said.back}
        </a>
        {shown.state === "loading" && <Skeleton lines={8} />}
        {shown.state === "ready" && <Read key={id} open={open} ticket={shown.ticket} />}
        {shown.state === "gone" && (
          <Blank level={1} icon={<TicketIcon size={28} />} title={said.goneTitle} text={said.goneText} />
        )}
        {shown.state === "fault" && (
          <Blank level={1} icon={<WarnIcon size={28} />} title={t().serviceFault} tone="warn">
            <button type="button" class="button" onClick={open.retry}>
              {t().retry}
            </button>
          </Blank>
        )}
      </div>
    </main>
  );
}

function Read({ open, ticket }: { open: OpenTicket; ticket: Ticket }) {
  const said = words();
  return (
    <article class="ticket" aria-labelledby="ticket-number" data-testid="ticket">
      <header class="ticket__head">
        <div class="ticket__number">
          <h1 id="ticket-number">{said.heading(ticket.number)}</h1>
          <StatusTag ticket={ticket} />
        </div>
        <SubjectField open={open} />
        <Others open={open} />
      </header>
      <div class="ticket__body">
        <div class="ticket__main">
          <Thread ticket={ticket} />
          <Writer open={open} ticket={ticket} />
        </div>
        <aside class="ticket__side" aria-label={said.card.properties}>
          {narrow.value ? (
            <details class="ticket__fold">
              <summary>
                {said.card.details}
                <DownIcon size={18} />
              </summary>
              <Properties open={open} ticket={ticket} />
            </details>
          ) : (
            <Properties open={open} ticket={ticket} />
          )}
        </aside>
      </div>
      <SaveBar open={open} />
    </article>
  );
}
