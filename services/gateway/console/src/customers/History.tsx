/** What has been between a customer and the company: conversations, tickets, ratings. */
import type { PastConversation, PastConversations, Rating, Ratings, TicketPage, TicketSummary } from "@dymek/wire";
import type { ComponentChildren } from "preact";
import { words } from "../i18n/customers.ts";
import { language, t } from "../i18n/index.ts";
import { words as ticketWords } from "../i18n/tickets.ts";
import { fullTime, shortMoment } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { RatingFace } from "../ratings/RatingFace.tsx";
import { lastHeard } from "../state/tickets.ts";
import { StatusTag } from "../tickets/StatusTag.tsx";
import { Face } from "../ui/Face.tsx";
import { Skeleton } from "../ui/parts.tsx";
import { useReading, type Reading } from "./readings.ts";

export const conversationsOf = (id: string): string => `/api/customers/${id}/conversations`;
export const ratingsOf = (id: string): string => `/api/customers/${id}/ratings`;
export const ticketsOf = (query: Record<string, string>): string => `/api/tickets?${new URLSearchParams(query)}`;

/** Another word for each change of one of the customer's tickets that is heard of. */
export function heardOf(customerId: string | null): string {
  const ticket = lastHeard.value?.ticket;
  return ticket && ticket.customer?.id === customerId ? `${ticket.id} ${ticket.version}` : "";
}

/** As many conversations of a customer are told at once, the newest ones. */
const MOST_PAST = 50;
const full = (conversations: Reading<PastConversations>): boolean =>
  (conversations.value?.conversations.length ?? 0) >= MOST_PAST;

interface HistoryProps {
  conversations: Reading<PastConversations>;
  ratings: Reading<Ratings>;
}

export function ConversationHistory({ conversations, ratings }: HistoryProps) {
  const said = words().history;
  const rated = new Map(ratings.value?.ratings.map((rating) => [rating.conversation_id, rating]));
  return (
    <Section title={said.conversations}>
      <Part reading={conversations} empty={said.noConversations} isEmpty={(all) => all.conversations.length === 0}>
        {({ conversations: all }) => (
          <>
            <ul class="hist">
              {all.map((one) => (
                <ConversationRow key={one.conversation_id} conversation={one} rating={rated.get(one.conversation_id)} />
              ))}
            </ul>
            {full(conversations) && <p class="card__hint">{said.newestOnly(MOST_PAST)}</p>}
          </>
        )}
      </Part>
    </Section>
  );
}

export function ConversationRow({
  conversation,
  rating,
  newTab = false,
}: {
  conversation: PastConversation;
  rating?: Rating | undefined;
  newTab?: boolean;
}) {
  const said = words().history;
  const { conversation_id, topic_name, started_at, ended_at, state, agents, last_line } = conversation;
  const now = ended_at ? "" : state === "active" ? said.running : said.waits;
  return (
    <li class="hist__row" data-testid="history-conversation">
      <a class="hist__link" href={paths.conversation(conversation_id)} {...away(newTab)}>
        <time dateTime={started_at}>{fullTime(started_at, language.value)}</time>
        {newTab && <NewTab />}
      </a>
      {rating && (
        <span class="hist__mark">
          <RatingFace score={rating.score} comment={rating.comment} size={22} />
        </span>
      )}
      <p class="hist__about">
        {[topic_name, agents.length ? said.with(agents.join(", ")) : said.nobody, now].filter(Boolean).join(" · ")}
      </p>
      {last_line && <p class="hist__line">{last_line}</p>}
    </li>
  );
}

export function TicketHistory({ customerId }: { customerId: string }) {
  const said = words().history;
  const tickets = useReading<TicketPage>(ticketsOf({ customer: customerId, limit: "20" }), heardOf(customerId));
  return (
    <Section title={said.tickets}>
      <Part reading={tickets} empty={said.noTickets} isEmpty={(page) => page.tickets.length === 0}>
        {(page) => (
          <>
            <ul class="hist">
              {page.tickets.map((ticket) => (
                <TicketRow key={ticket.id} ticket={ticket} />
              ))}
            </ul>
            {page.next !== null && (
              <a class="hist__all" href={`${paths.tickets}?customer=${encodeURIComponent(customerId)}`}>
                {said.moreTickets}
              </a>
            )}
          </>
        )}
      </Part>
    </Section>
  );
}

export function TicketRow({ ticket, newTab = false }: { ticket: TicketSummary; newTab?: boolean }) {
  const said = words().history;
  return (
    <li class="hist__row" data-testid="history-ticket">
      <a class="hist__link" href={paths.ticket(ticket.id)} {...away(newTab)}>
        {ticketWords().number(ticket.number)} {ticket.subject_line}
        {newTab && <NewTab />}
      </a>
      <span class="hist__mark">
        <StatusTag ticket={ticket} />
      </span>
      <p class="hist__about">
        <time dateTime={ticket.opened_at} title={fullTime(ticket.opened_at, language.value)}>
          {shortMoment(ticket.opened_at, Date.now(), language.value)}
        </time>
        {` · ${ticket.topic.name}`}
        {ticket.unread && ` · ${said.unread}`}
      </p>
    </li>
  );
}

export function RatingHistory({ conversations, ratings }: HistoryProps) {
  const said = words().history;
  return (
    <Section title={said.ratings}>
      <Part reading={ratings} empty={said.noRatings} isEmpty={(all) => all.ratings.length === 0}>
        {({ ratings: all }) => (
          <>
            <Totals ratings={all} />
            <ul class="hist">
              {all.map((rating) => (
                <li key={rating.conversation_id} class="hist__row hist__row--rating" data-testid="history-rating" data-score={rating.score}>
                  <RatingFace score={rating.score} size={28} />
                  <div>
                    <p class="hist__comment">{rating.comment || t().log.scores[rating.score]}</p>
                    <p class="hist__about">
                      <a href={paths.conversation(rating.conversation_id)}>{said.openConversation}</a>
                      {" · "}
                      <time dateTime={rating.rated_at}>{fullTime(rating.rated_at, language.value)}</time>
                    </p>
                  </div>
                </li>
              ))}
            </ul>
            {full(conversations) && <p class="card__hint">{said.newestRatings(MOST_PAST)}</p>}
          </>
        )}
      </Part>
    </Section>
  );
}

function Totals({ ratings }: { ratings: readonly Rating[] }) {
  const names = t().log.scores;
  return (
    <ul class="totals" aria-label={words().history.total(ratings.length)}>
      {(["good", "neutral", "bad"] as const).map((score) => (
        <li key={score} class="totals__one">
          <Face score={score} size={20} />
          <span>
            {names[score]}: <strong>{ratings.filter((rating) => rating.score === score).length}</strong>
          </span>
        </li>
      ))}
    </ul>
  );
}

export const away = (newTab: boolean): { target?: string; rel?: string } =>
  newTab ? { target: "_blank", rel: "noopener" } : {};

export function NewTab() {
  return <span class="sr"> ({words().history.newTab})</span>;
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card customer-page__part" aria-label={title}>
      <h2 class="card__title customer-page__what">{title}</h2>
      {children}
    </section>
  );
}

interface PartProps<T> {
  reading: Reading<T>;
  empty: string;
  isEmpty: (value: T) => boolean;
  children: (value: T) => ComponentChildren;
}

/** What was read, or why there is nothing. */
export function Part<T>({ reading, empty, isEmpty, children }: PartProps<T>) {
  if (reading.state === "fault")
    return (
      <p class="card__nothing" role="alert">
        {words().history.fault}{" "}
        <button type="button" class="link-button" onClick={reading.again}>
          {t().retry}
        </button>
      </p>
    );
  if (reading.value === null) return <Skeleton lines={2} />;
  return isEmpty(reading.value) ? <p class="card__nothing">{empty}</p> : <>{children(reading.value)}</>;
}
