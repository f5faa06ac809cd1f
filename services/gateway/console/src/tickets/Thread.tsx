/** What was written, oldest first. A comment among agents looks like nothing that a customer has seen. */
import type { Ticket, TicketMessage } from "@dymek/wire";
import { language } from "../i18n/index.ts";
import { words } from "../i18n/tickets.ts";
import { fullTime } from "../lib/format.ts";
import { EyeOffIcon, MailIcon } from "../ui/icons.tsx";
import { MailMark } from "../ui/MailMark.tsx";
import { Avatar, RichText } from "../ui/parts.tsx";

export function Thread({ ticket }: { ticket: Ticket }) {
  return (
    <section class="ticket__thread" aria-label={words().card.thread}>
      <ol>
        {ticket.messages.map((message, index) => (
          <Letter key={message.id ?? index} message={message} language={ticket.language} />
        ))}
      </ol>
    </section>
  );
}

function Letter({ message, language: written }: { message: TicketMessage; language: Ticket["language"] }) {
  const said = words().card;
  const { kind } = message;
  return (
    <li class={`letter letter--${kind}`} data-testid="ticket-message" data-kind={kind}>
      <div class="letter__head">
        <Avatar name={message.author} size="sm" />
        <span class="letter__who">
          <strong>{message.author}</strong>{" "}
          <span class="letter__kind">
            {kind === "reply" && <MailIcon size={16} />}
            {kind === "comment" && <EyeOffIcon size={16} />}
            {said.wrote[kind]}
            {kind === "comment" && ` (${said.onlyAgents})`}
          </span>
        </span>
        <time dateTime={message.at}>{fullTime(message.at, language.value)}</time>
      </div>
      <p class="letter__text" lang={kind === "comment" ? undefined : written}>
        <RichText text={message.text} />
      </p>
      {message.mail && (
        <div class="letter__mail" data-testid="ticket-mail">
          <MailMark state={message.mail} reason={message.mail_reason} />
        </div>
      )}
    </li>
  );
}
