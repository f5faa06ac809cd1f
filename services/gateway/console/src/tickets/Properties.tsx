/** What a ticket is and whose: everything here is changed together and saved when the agent says so. */
import type { NamedRef, Ticket } from "@dymek/wire";
import { useRef } from "preact/hooks";
import { MailsOf } from "../admin/MailsOf.tsx";
import { language } from "../i18n/index.ts";
import { words } from "../i18n/tickets.ts";
import { fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { desk } from "../state/live.ts";
import { session } from "../state/session.ts";
import { Fact } from "../ui/facts.tsx";
import { ChatIcon } from "../ui/icons.tsx";
import { CustomerField } from "./CustomerField.tsx";
import { drafted } from "./edit.ts";
import { Fault, faultOf } from "./Fault.tsx";
import { STATUSES, type TicketStatus } from "./filter.ts";
import type { OpenTicket } from "./open.ts";
import { agents, topics, withPresent } from "./people.ts";
import { TagsField } from "./TagsField.tsx";
import { inThreeDays, localOf, momentOf, monday, tomorrow } from "./when.ts";

interface Props {
  open: OpenTicket;
  ticket: Ticket;
}

export function Properties({ open, ticket }: Props) {
  return (
    <div class="ticket__properties">
      <section class="card ticket__fields">
        <StatusField open={open} />
        <AssigneeField open={open} />
        <TopicField open={open} />
        <TagsField open={open} />
        <CustomerField open={open} ticket={ticket} />
      </section>
      <Facts ticket={ticket} />
      <div class="card">
        <h2 class="card__title">{words().card.mails}</h2>
        <MailsOf ticketId={ticket.id} version={open.answers.value} />
      </div>
    </div>
  );
}

function StatusField({ open }: { open: OpenTicket }) {
  const said = words().card;
  const edit = open.edit.value!;
  const { state } = drafted(edit);
  const fault = faultOf(open.trouble.value, "state");
  // A ticket that was taken up is never new again.
  const choices = STATUSES.filter((status) => status !== "new" || edit.base.state.status === "new");
  const choose = (status: TicketStatus): void =>
    open.set("state", {
      status,
      postponed_until: status === "postponed" ? (edit.base.state.postponed_until ?? tomorrow(Date.now())) : null,
    });
  const until = (postponed_until: string | null): void => open.set("state", { status: "postponed", postponed_until });
  return (
    <div class="field">
      <label class="field__label" for="ticket-state">
        {said.status}
      </label>
      <select
        id="ticket-state"
        class="input input--small select"
        value={state.status}
        onChange={(event) => choose(event.currentTarget.value as TicketStatus)}
      >
        {choices.map((status) => (
          <option key={status} value={status}>
            {words().statuses[status]}
          </option>
        ))}
      </select>
      {state.status === "postponed" && (
        <>
          <label class="field__label" for="ticket-until">
            {said.until}
          </label>
          <input
            id="ticket-until"
            class="input input--small"
            type="datetime-local"
            value={localOf(state.postponed_until)}
            aria-invalid={fault ? "true" : undefined}
            aria-describedby={fault ? "ticket-state-fault" : undefined}
            onInput={(event) => until(momentOf(event.currentTarget.value))}
          />
          <span class="ticket__presets">
            {(
              [
                [said.presets.tomorrow, tomorrow],
                [said.presets.days, inThreeDays],
                [said.presets.monday, monday],
              ] as const
            ).map(([label, when]) => (
              <button key={label} type="button" class="chip" onClick={() => until(when(Date.now()))}>
                {label}
              </button>
            ))}
          </span>
        </>
      )}
      <Fault id="ticket-state-fault" text={fault} />
    </div>
  );
}

function AssigneeField({ open }: { open: OpenTicket }) {
  const said = words();
  const { assignee } = drafted(open.edit.value!);
  const me = session.value.state === "in" ? session.value.me : null;
  const all = withPresent(agents.value, assignee);
  const own = me && { id: me.agent_id, name: me.name };
  const field = useRef<HTMLSelectElement>(null);
  const takeIt = (): void => {
    open.set("assignee", own);
    field.current?.focus(); // The button that was pressed goes.
  };
  return (
    <div class="field">
      <span class="ticket__label">
        <label class="field__label" for="ticket-assignee">
          {said.card.assignee}
        </label>
        {own && assignee?.id !== own.id && (
          <button type="button" class="link-button" onClick={takeIt}>
            {said.card.takeIt}
          </button>
        )}
      </span>
      <select
        ref={field}
        id="ticket-assignee"
        class="input input--small select"
        value={assignee?.id ?? ""}
        aria-describedby="ticket-assignee-fault"
        onChange={(event) => open.set("assignee", chosen(all, event.currentTarget.value))}
      >
        <option value="">{said.card.nobody}</option>
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            {id === own?.id ? said.you(name) : name}
          </option>
        ))}
      </select>
      <Fault id="ticket-assignee-fault" text={faultOf(open.trouble.value, "assignee")} />
    </div>
  );
}

function TopicField({ open }: { open: OpenTicket }) {
  const { topic } = drafted(open.edit.value!);
  const all = withPresent(topics.value, topic);
  return (
    <div class="field">
      <label class="field__label" for="ticket-topic">
        {words().card.topic}
      </label>
      <select
        id="ticket-topic"
        class="input input--small select"
        value={topic.id}
        onChange={(event) => open.set("topic", chosen(all, event.currentTarget.value) ?? topic)}
      >
        {all.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Fault id="ticket-topic-fault" text={faultOf(open.trouble.value, "topic")} />
    </div>
  );
}

function chosen(all: readonly NamedRef[], id: string): NamedRef | null {
  const found = all.find((one) => one.id === id);
  return found ? { id: found.id, name: found.name } : null;
}

function Facts({ ticket }: { ticket: Ticket }) {
  const said = words().card;
  const chat = ticket.conversation_id;
  const own = desk.value?.chats.some((one) => one.conversation_id === chat && one.state !== "closed") ?? false;
  return (
    <section class="card">
      <dl class="facts">
        <Fact label={said.author}>
          {ticket.name}
          <a class="fact__line" href={`mailto:${ticket.email}`}>
            {ticket.email}
          </a>
        </Fact>
        <Fact label={said.origin}>{said.origins[ticket.origin]}</Fact>
        <Fact label={said.opened}>{fullTime(ticket.opened_at, language.value)}</Fact>
        <Fact label={said.changed}>{fullTime(ticket.changed_at ?? ticket.opened_at, language.value)}</Fact>
      </dl>
      {chat && (
        <a class="button button--small button--wide ticket__chat" href={own ? paths.chat(chat) : paths.conversation(chat)}>
          <ChatIcon size={18} />
          {own ? said.chat : said.transcript}
        </a>
      )}
    </section>
  );
}
