/** Beside a transcript: what the conversation was, whose, how it was rated, its tickets, and the visitor's copy. */
import type { ConversationRecord, Me } from "@dymek/wire";
import type { ComponentChildren } from "preact";
import { useLoaded } from "../admin/loaded.ts";
import { language, t } from "../i18n/index.ts";
import { words } from "../i18n/transcript.ts";
import { fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { RatingFace } from "../ratings/RatingFace.tsx";
import { supervises } from "../state/role.ts";
import { StatusTag } from "../tickets/StatusTag.tsx";
import { Card, Fact } from "../ui/facts.tsx";
import { ChatIcon, PersonIcon, PlusIcon } from "../ui/icons.tsx";
import { MailMark } from "../ui/MailMark.tsx";
import { Avatar, Skeleton } from "../ui/parts.tsx";
import { readCopies, readRating, readTickets } from "./read.ts";

export function Beside({ record, me }: { record: ConversationRecord; me: Me }) {
  const said = words();
  const id = record.conversation_id;
  return (
    <aside class="past__side" aria-label={said.facts}>
      <Facts record={record} me={me} />
      <RatingPart record={record} />
      <Card title={said.tickets}>
        <Part read={(off) => readTickets(id, off)} name={`${id} tickets`}>
          {(tickets) =>
            tickets.length === 0 ? (
              <p class="card__nothing">{said.noTickets}</p>
            ) : (
              <ul class="past__list" data-testid="past-tickets">
                {tickets.map((ticket) => (
                  <li key={ticket.id}>
                    <a href={paths.ticket(ticket.id)}>
                      #{ticket.number} {ticket.subject_line}
                    </a>
                    <StatusTag ticket={ticket} />
                  </li>
                ))}
              </ul>
            )
          }
        </Part>
        <a class="button button--small button--wide past__action" href={paths.newTicket({ conversation: id })}>
          <PlusIcon size={18} />
          {said.newTicket}
        </a>
      </Card>
      <Card title={said.mail}>
        <Part read={(off) => readCopies(id, off)} name={`${id} mails`}>
          {(copies) =>
            copies.length === 0 ? (
              <p class="card__nothing">{said.noMail}</p>
            ) : (
              <ul class="past__list" data-testid="past-mails">
                {copies.map((mail) => (
                  <li key={mail.mail_id}>
                    <span class="past__to">{said.mailTo(mail.to)}</span>
                    <MailMark state={mail.state} reason={mail.reason} />
                  </li>
                ))}
              </ul>
            )
          }
        </Part>
      </Card>
    </aside>
  );
}

function Facts({ record, me }: { record: ConversationRecord; me: Me }) {
  const said = words();
  const end = record.entries.findLast(({ body }) => body?.kind === "ended")?.body;
  const by = end?.kind === "ended" ? (end.agent_name ?? "") : "";
  const agents = record.agents.map(({ name }) => name).join(", ");
  const insider = supervises.value || record.agents.some((agent) => agent.id === me.agent_id);
  return (
    <Card title={said.facts}>
      <div class="customer">
        <Avatar name={record.visitor_name} />
        <div>
          <p class="customer__name">{record.visitor_name}</p>
          {record.visitor_email && (
            <a class="customer__email" href={`mailto:${record.visitor_email}`}>
              {record.visitor_email}
            </a>
          )}
        </div>
      </div>
      <dl class="facts">
        <Fact label={said.topic}>{record.topic.name}</Fact>
        <Fact label={said.started}>{fullTime(record.started_at, language.value)}</Fact>
        <Fact label={said.ended}>{record.ended_at && fullTime(record.ended_at, language.value)}</Fact>
        <Fact label={said.reason}>{record.close_reason && t().log.ended[record.close_reason](by)}</Fact>
        <Fact label={said.agents}>{agents || said.nobody}</Fact>
      </dl>
      <div class="past__ways">
        {record.customer_id ? (
          <a class="button button--small button--wide" href={paths.customer(record.customer_id)}>
            <PersonIcon size={18} />
            {said.openCustomer}
          </a>
        ) : (
          <p class="card__nothing">{said.noCustomer}</p>
        )}
        {insider && (
          <a class="button button--small button--wide" href={paths.chat(record.conversation_id)}>
            <ChatIcon size={18} />
            {said.inChats}
          </a>
        )}
      </div>
    </Card>
  );
}

function RatingPart({ record }: { record: ConversationRecord }) {
  const said = words();
  const id = record.conversation_id;
  return (
    <Card title={said.rating}>
      <Part read={(off) => readRating(id, off)} name={`${id} rating`}>
        {(rating) =>
          rating ? (
            <div class="past__rating" data-testid="past-rating" data-score={rating.score}>
              <RatingFace score={rating.score} size={36} />
              <div>
                <p class="past__score" aria-hidden="true">
                  {t().log.scores[rating.score]}
                </p>
                <p class="rating__comment">{rating.comment || t().log.noComment}</p>
              </div>
            </div>
          ) : (
            <p class="card__nothing">{record.close_reason === "became_ticket" ? said.noRatingOfTicket : said.noRating}</p>
          )
        }
      </Part>
    </Card>
  );
}

interface PartProps<T> {
  name: string;
  read: (off: AbortSignal) => Promise<T>;
  children: (value: T) => ComponentChildren;
}

/** A part that is read by itself: when it fails, the others stay. */
function Part<T>({ name, read, children }: PartProps<T>) {
  const [loaded, again] = useLoaded(read, name);
  switch (loaded.state) {
    case "loading":
      return <Skeleton lines={2} />;
    case "ready":
      return <>{children(loaded.value)}</>;
    case "fault":
      return (
        <p class="card__nothing" role="alert">
          {words().fault}{" "}
          <button type="button" class="link-button" onClick={again}>
            {t().retry}
          </button>
        </p>
      );
  }
}
