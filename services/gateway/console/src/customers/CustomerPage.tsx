/** A customer's page: the card, and all that has been between them and the company. */
import type { Customer, PastConversations, Ratings } from "@dymek/wire";
import { useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { language, t } from "../i18n/index.ts";
import { fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { cards, fields, lastFound, loadCustomer, loadFields } from "../state/customers.ts";
import { BackIcon, PersonIcon, TicketIcon, WarnIcon } from "../ui/icons.tsx";
import { Avatar, Blank, Skeleton } from "../ui/parts.tsx";
import { CardFormView } from "./CardFormView.tsx";
import { newDraft } from "./draft.ts";
import { Company, EditableCard } from "./EditableCard.tsx";
import { ConversationHistory, conversationsOf, RatingHistory, ratingsOf, TicketHistory } from "./History.tsx";
import { forgetId, idFor } from "./newCard.ts";
import { useReading } from "./readings.ts";

export default function CustomerPage({ id }: { id: string }) {
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        <a class="crumb" href={paths.customers(lastFound.value?.q)}>
          <BackIcon size={18} />
          {words().card.back}
        </a>
        {id === "new" ? <NewCustomer /> : <KnownCustomer key={id} id={id} />}
      </div>
    </main>
  );
}

function NewCustomer() {
  const said = words().card;
  const { query, route } = useLocation();
  useEffect(() => void loadFields(), []);
  const { name = "", email = "", phone = "" } = query;
  // A card that is begun with somebody's address is theirs, and not a draft that was left about another person.
  const key = `new customer ${JSON.stringify([name, email, phone])}`;
  const fresh = newDraft(idFor(key), name, email);
  if (phone) fresh.phones = [phone];
  return (
    <>
      <h1 class="page__title customer-page__title">{said.newTitle}</h1>
      <section class="card customer-page__new" aria-label={said.newTitle}>
        <CardFormView
          key={key}
          formKey={key}
          fresh={fresh}
          fields={fields.value}
          beside={false}
          label={said.newTitle}
          submitText={said.create}
          asked
          onDone={(saved) => {
            forgetId(key);
            route(saved ? paths.customer(saved.id) : paths.customers(lastFound.peek()?.q), true);
          }}
        />
      </section>
    </>
  );
}

function KnownCustomer({ id }: { id: string }) {
  const said = words().card;
  useEffect(() => void loadCustomer(id), [id]);
  const card = cards.value.get(id);
  switch (card?.state) {
    case undefined:
    case "loading":
      return <Skeleton lines={8} />;
    case "gone":
      return <Blank level={1} icon={<PersonIcon size={28} />} title={said.goneTitle} text={said.goneText} />;
    case "fault":
      return (
        <Blank level={1} icon={<WarnIcon size={28} />} title={said.fault} text={t().serviceFault} tone="warn">
          <button type="button" class="button" onClick={() => void loadCustomer(id)}>
            {t().retry}
          </button>
        </Blank>
      );
    case "ready":
      return <Shown customer={card.customer} />;
  }
}

function Shown({ customer }: { customer: Customer }) {
  const said = words().card;
  const conversations = useReading<PastConversations>(conversationsOf(customer.id));
  const ratings = useReading<Ratings>(ratingsOf(customer.id));
  return (
    <>
      <header class="page__head customer-page__head">
        <div class="customer-page__who">
          <Avatar name={customer.name} size="lg" />
          <div>
            <h1 class="page__title customer-page__title">{customer.name}</h1>
            <Company name={customer.company} />
          </div>
        </div>
        <a class="button button--primary" href={paths.newTicket({ customer: customer.id })}>
          <TicketIcon size={18} />
          {said.newTicketShort}
        </a>
      </header>
      <div class="customer-page">
        <section class="card customer-page__card" aria-label={said.title}>
          <EditableCard customer={customer} beside={false} headed />
          <Dates customer={customer} />
        </section>
        <div class="customer-page__history">
          <ConversationHistory conversations={conversations} ratings={ratings} />
          <TicketHistory customerId={customer.id} />
          <RatingHistory conversations={conversations} ratings={ratings} />
        </div>
      </div>
    </>
  );
}

function Dates({ customer: { created_at, changed_at } }: { customer: Customer }) {
  const said = words().card;
  if (!created_at) return null;
  return (
    <p class="customer-page__dates">
      {said.created(fullTime(created_at, language.value))}
      {changed_at && changed_at !== created_at && `, ${said.changed(fullTime(changed_at, language.value))}`}
    </p>
  );
}
