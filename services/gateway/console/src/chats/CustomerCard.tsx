/**
 * Whose conversation it is: the customer's card, edited in its place, and the ways to say that it is somebody else's.
 * A typed address is a claim, not an identity: the card is marked unverified until a site has vouched for its user.
 */
import type { Entry, Header, NamedRef } from "@dymek/wire";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { dropForm, keptForm } from "../admin/kept.ts";
import { AttachDialog } from "../customers/AttachDialog.tsx";
import { CardFormView } from "../customers/CardFormView.tsx";
import { cardKey } from "../customers/cardForm.ts";
import { newDraft } from "../customers/draft.ts";
import { EditableCard } from "../customers/EditableCard.tsx";
import { forgetId, idFor } from "../customers/newCard.ts";
import { words as customerWords } from "../i18n/customers.ts";
import { t } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { announce } from "../state/announce.ts";
import { cards, fields, loadCustomer, loadFields } from "../state/customers.ts";
import { ask, desk, logs } from "../state/live.ts";
import { supervises } from "../state/role.ts";
import { toast } from "../state/toasts.ts";
import { Card, Fact } from "../ui/facts.tsx";
import { ArrowIcon, CheckIcon, PersonIcon, SearchIcon, WarnIcon } from "../ui/icons.tsx";
import { Blank, Skeleton } from "../ui/parts.tsx";

export function CustomerCard({ header }: { header: Header }) {
  const id = header.customer_id;
  useEffect(() => {
    if (id) void loadCustomer(id);
  }, [id]);
  useChanged(header);
  const [finding, setFinding] = useState(false);
  return (
    <>
      <Shown header={header} onFind={() => setFinding(true)} />
      {finding && (
        <AttachDialog
          current={id}
          attach={(customer) => attach(header.conversation_id, customer)}
          onClose={() => setFinding(false)}
        />
      )}
    </>
  );
}

/** Says whose the conversation is; true when it is so. A refusal is told. */
async function attach(conversation: string, customer: NamedRef | null): Promise<boolean> {
  const said = customerWords().beside;
  const done = await ask({ do: "attach", customer_id: customer?.id ?? null }, conversation);
  if (done) announce(customer ? said.attached(customer.name) : said.detached);
  return done;
}

/** Whoever was editing a card when the conversation was given to another one finds it again. */
function useChanged(header: Header): void {
  const before = useRef({ conversation: header.conversation_id, customer: header.customer_id });
  useEffect(() => {
    const { conversation, customer } = before.current;
    before.current = { conversation: header.conversation_id, customer: header.customer_id };
    if (conversation !== header.conversation_id || customer === header.customer_id || customer === null) return;
    if (keptForm(cardKey(customer)) === undefined) return;
    const said = customerWords().beside;
    toast({ tone: "info", text: said.other, action: { label: said.open, href: paths.customer(customer) } });
  }, [header.conversation_id, header.customer_id]);
}

function mayAttach(header: Header): boolean {
  return supervises.value || header.participants.some(({ id }) => id === desk.value?.agent_id);
}

/** The last word on whose conversation it is: an agent's, or null where only the address has been looked up. */
export function chosenBy(entries: readonly Entry[]): { customer: NamedRef | null; by: NamedRef } | null {
  const body = entries.findLast(
    ({ body }) => body.kind === "customer_attached" || body.kind === "customer_looked_up",
  )?.body;
  return body?.kind === "customer_attached" ? { customer: body.customer, by: body.by } : null;
}

function Shown({ header, onFind }: { header: Header; onFind: () => void }) {
  const words = t().details;
  const id = header.customer_id;
  const card = id ? cards.value.get(id) : undefined;
  if (!id)
    return header.looked_up ? (
      <Nobody key={header.conversation_id} header={header} onFind={onFind} />
    ) : (
      <Card title={words.customer}>
        <Skeleton lines={2} label={words.lookingUp} />
        <p class="card__hint">{words.lookingUp}</p>
        <Given header={header} />
      </Card>
    );
  switch (card?.state) {
    case undefined:
    case "loading":
      return (
        <Card title={words.customer}>
          <Skeleton lines={4} />
        </Card>
      );
    case "fault":
      return (
        <Card title={words.customer}>
          <Blank icon={<WarnIcon size={24} />} title={words.customerFault} tone="warn" level={3}>
            <button type="button" class="button button--small" onClick={() => void loadCustomer(id)}>
              {t().retry}
            </button>
          </Blank>
        </Card>
      );
    case "gone":
      return (
        <Card title={words.customer}>
          <p class="card__nothing">{customerWords().beside.gone}</p>
          <Given header={header} />
          {mayAttach(header) && <Ways onFind={onFind} />}
        </Card>
      );
    case "ready":
      return (
        <Card title={words.customer} badge={<Trust header={header} />}>
          <EditableCard key={id} customer={card.customer} beside>
            {!header.customer_verified && <p class="card__hint">{words.unverifiedHint}</p>}
            <CardWays header={header} name={card.customer.name} onFind={onFind} />
          </EditableCard>
        </Card>
      );
  }
}

function Trust({ header }: { header: Header }) {
  const words = t().details;
  return header.customer_verified ? (
    <span class="badge badge--good">
      <CheckIcon size={14} />
      {words.verified}
    </span>
  ) : (
    <span class="badge badge--warn" title={words.unverifiedHint}>
      <WarnIcon size={14} />
      {words.unverified}
    </span>
  );
}

/** The card's own page, and what may be said about whose conversation it is. */
function CardWays({ header, name, onFind }: { header: Header; name: string; onFind: () => void }) {
  const said = customerWords().beside;
  return (
    <div class="customer__ways">
      <a
        class="button button--small"
        href={paths.customer(header.customer_id ?? "")}
        target="_blank"
        rel="noopener"
        aria-label={`${said.open}: ${name} (${customerWords().history.newTab})`}
      >
        <ArrowIcon size={16} />
        {said.open}
      </a>
      {mayAttach(header) && (
        <>
          <button type="button" class="button button--small" aria-label={said.attach} onClick={onFind}>
            {said.attachShort}
          </button>
          <button
            type="button"
            class="button button--small"
            aria-label={said.detach}
            onClick={() => void attach(header.conversation_id, null)}
          >
            {said.detachShort}
          </button>
        </>
      )}
    </div>
  );
}

/** No card: what the visitor gave, and the ways to one. */
function Nobody({ header, onFind }: { header: Header; onFind: () => void }) {
  const words = t().details;
  const said = customerWords().beside;
  const key = `new customer ${header.conversation_id}`;
  const [creating, setCreating] = useState(() => keptForm(key) !== undefined);
  const [asked, setAsked] = useState(false);
  useEffect(() => void loadFields(), []);
  if (creating)
    return (
      <Card title={customerWords().card.newTitle}>
        <CardFormView
          formKey={key}
          fresh={newDraft(idFor(key), header.visitor_name ?? "", header.visitor_email ?? "")}
          fields={fields.value}
          beside
          label={customerWords().card.newTitle}
          submitText={customerWords().card.createAndAttach}
          asked={asked}
          onTake={(customer) =>
            void attach(header.conversation_id, customer).then((done) => {
              if (!done) return;
              dropForm(key);
              forgetId(key);
              setCreating(false);
            })
          }
          onDone={(saved) => {
            forgetId(key);
            setCreating(false);
            if (!saved) return;
            void attach(header.conversation_id, saved).then((done) => {
              if (!done) toast({ tone: "info", text: said.notAttached(saved.name) });
            });
          }}
        />
      </Card>
    );
  const detached = chosenBy(logs.value.get(header.conversation_id)?.entries ?? []) !== null;
  const email = header.visitor_email;
  const [title, text] = detached
    ? [said.nobodyTitle, said.nobodyText]
    : email
      ? [words.unknownTitle, words.unknownText]
      : [words.noEmailTitle, words.noEmailText];
  return (
    <Card title={words.customer}>
      <div data-testid="customer-unknown">
        <Blank icon={<PersonIcon size={26} />} title={title} text={text} level={3} />
        <Given header={header} />
        {mayAttach(header) && (
          <Ways onFind={onFind}>
            <button
              type="button"
              class="button button--small button--primary"
              onClick={() => {
                setAsked(true);
                setCreating(true);
              }}
            >
              {said.create}
            </button>
          </Ways>
        )}
      </div>
    </Card>
  );
}

function Ways({ onFind, children }: { onFind: () => void; children?: ComponentChildren }) {
  return (
    <div class="customer__ways">
      {children}
      <button type="button" class="button button--small" onClick={onFind}>
        <SearchIcon size={16} />
        {customerWords().beside.find}
      </button>
    </div>
  );
}

function Given({ header }: { header: Header }) {
  const words = t().details;
  const email = header.visitor_email;
  return (
    <>
      <h3 class="card__subtitle">{words.given}</h3>
      <dl class="facts">
        <Fact label={words.name}>{header.visitor_name}</Fact>
        <Fact label={words.email}>{email && <a href={`mailto:${email}`}>{email}</a>}</Fact>
      </dl>
    </>
  );
}
