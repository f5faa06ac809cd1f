/** A ticket to read: what it is about, whose it is, and its thread. */
import type { Ticket } from "@dymek/wire";
import { useEffect, useState } from "preact/hooks";
import { language, t } from "../i18n/index.ts";
import { ApiError, get } from "../lib/api.ts";
import { fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { desk } from "../state/live.ts";
import { BackIcon, ChatIcon, TicketIcon, WarnIcon } from "../ui/icons.tsx";
import { Avatar, Blank, RichText, Skeleton } from "../ui/parts.tsx";
import { Fact } from "../chats/Details.tsx";
import { StatusTag } from "./TicketsPage.tsx";

type Shown = { state: "loading" } | { state: "ready"; ticket: Ticket } | { state: "gone" } | { state: "fault" };

export function TicketPage({ id }: { id: string }) {
  const words = t().tickets;
  const [shown, setShown] = useState<Shown>({ state: "loading" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const off = new AbortController();
    setShown({ state: "loading" });
    get<Ticket>(`/api/tickets/${encodeURIComponent(id)}`, off.signal)
      .then((ticket) => setShown({ state: "ready", ticket }))
      .catch((error: unknown) => {
        if (off.signal.aborted) return;
        const gone = error instanceof ApiError && (error.status === 404 || error.status === 422);
        setShown({ state: gone ? "gone" : "fault" });
      });
    return () => off.abort();
  }, [id, tries]);
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        <a class="crumb" href={paths.tickets}>
          <BackIcon size={18} />
          {words.backToList}
        </a>
        {shown.state === "loading" && <Skeleton lines={8} />}
        {shown.state === "ready" && <Read ticket={shown.ticket} />}
        {shown.state === "gone" && (
          <Blank icon={<TicketIcon size={28} />} title={words.goneTitle} text={words.goneText} />
        )}
        {shown.state === "fault" && (
          <Blank icon={<WarnIcon size={28} />} title={t().serviceFault} tone="warn">
            <button type="button" class="button" onClick={() => setTries(tries + 1)}>
              {t().retry}
            </button>
          </Blank>
        )}
      </div>
    </main>
  );
}

function Read({ ticket }: { ticket: Ticket }) {
  const words = t().tickets;
  const own = desk.value?.chats.some((chat) => chat.conversation_id === ticket.conversation_id) ?? false;
  return (
    <article class="ticket" aria-labelledby="ticket-subject" data-testid="ticket">
      <header class="ticket__head">
        <p class="ticket__number">
          {words.heading(ticket.number)}
          <StatusTag status={ticket.status} />
        </p>
        <h1 class="ticket__subject" id="ticket-subject">
          {ticket.subject_line}
        </h1>
      </header>
      <div class="ticket__body">
        <section class="ticket__thread" aria-label={words.thread}>
          <ol>
            {ticket.messages.map((message, index) => (
              <li key={index} class="letter">
                <div class="letter__head">
                  <Avatar name={message.author} size="sm" />
                  <strong>{message.author}</strong>
                  <time dateTime={message.at}>{fullTime(message.at, language.value)}</time>
                </div>
                <p class="letter__text" lang={ticket.language}>
                  <RichText text={message.text} />
                </p>
              </li>
            ))}
          </ol>
        </section>
        <aside class="ticket__side" aria-label={words.customer}>
          <section class="card">
            <div class="customer">
              <Avatar name={ticket.name} />
              <div>
                <p class="customer__name">{ticket.name}</p>
                <a class="customer__email" href={`mailto:${ticket.email}`}>
                  {ticket.email}
                </a>
              </div>
            </div>
            <dl class="facts">
              <Fact label={words.queue}>{ticket.topic.name}</Fact>
              <Fact label={words.status}>{words.statuses[ticket.status]}</Fact>
              <Fact label={words.opened}>{fullTime(ticket.opened_at, language.value)}</Fact>
            </dl>
            {own && ticket.conversation_id && (
              <a class="button button--small button--wide" href={paths.chat(ticket.conversation_id)}>
                <ChatIcon size={18} />
                {words.conversation}
              </a>
            )}
          </section>
        </aside>
      </div>
    </article>
  );
}
