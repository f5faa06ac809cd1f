/** Instead of a composer, once the conversation has ended: why, what became of it, and what can be made of it. */
import type { Entry, Header } from "@dymek/wire";
import { language, t } from "../i18n/index.ts";
import { fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { CheckIcon, NoteIcon, PlusIcon, TicketIcon } from "../ui/icons.tsx";

export function Closing({ header, entries }: { header: Header; entries: readonly Entry[] }) {
  const words = t().log;
  const end = entries.findLast(({ body }) => body.kind === "ended")?.body;
  const ticket = entries.findLast(({ body }) => body.kind === "ticket_opened")?.body;
  const reason = header.close_reason
    ? words.ended[header.close_reason](end?.kind === "ended" ? (end.agent?.name ?? "") : "")
    : "";
  return (
    <section class="closing" aria-label={reason} data-testid="closing">
      <CheckIcon />
      <div class="closing__words">
        <p class="closing__reason">{reason}</p>
        {header.ended_at && (
          <time class="closing__time" dateTime={header.ended_at}>
            {fullTime(header.ended_at, language.value)}
          </time>
        )}
      </div>
      <div class="closing__ways">
        {ticket?.kind === "ticket_opened" && (
          <a class="button button--small" href={paths.ticket(ticket.ticket_id)}>
            <TicketIcon size={18} />
            {words.ticket(ticket.number)}
          </a>
        )}
        <a class="button button--small" href={paths.conversation(header.conversation_id)}>
          <NoteIcon size={18} />
          {words.transcript}
        </a>
        {header.close_reason !== "became_ticket" && (
          <a
            class="button button--small"
            href={paths.newTicket({ conversation: header.conversation_id })}
            target="_blank"
            rel="noopener"
          >
            <PlusIcon size={18} />
            {t().team.menu.ticket}
          </a>
        )}
      </div>
    </section>
  );
}
