/** Instead of a composer, once the conversation has ended: why, and what became of it. */
import type { Entry, Header } from "@dymek/wire";
import { language, t } from "../i18n/index.ts";
import { fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { CheckIcon, TicketIcon } from "../ui/icons.tsx";

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
      {ticket?.kind === "ticket_opened" && (
        <a class="button button--small" href={paths.ticket(ticket.ticket_id)}>
          <TicketIcon size={18} />
          {words.ticket(ticket.number)}
        </a>
      )}
    </section>
  );
}
