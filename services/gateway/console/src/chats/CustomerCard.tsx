/**
 * Whose conversation it is: the customer's card, edited in its place, and the ways to say that it is somebody else's.
 * A typed address is a claim, not an identity: the card is marked unverified until a site has vouched for its user.
 */
import type { Header } from "@dymek/wire";
import { useEffect, useRef, useState } from "preact/hooks";
import { keptForm } from "../admin/kept.ts";
import { AttachDialog } from "../customers/AttachDialog.tsx";
import { cardKey } from "../customers/cardForm.ts";
import { EditableCard } from "../customers/EditableCard.tsx";
import { words as customerWords } from "../i18n/customers.ts";
import { t } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { cards, loadCustomer } from "../state/customers.ts";
import { toast } from "../state/toasts.ts";
import { Card } from "../ui/facts.tsx";
import { ArrowIcon, CheckIcon, WarnIcon } from "../ui/icons.tsx";
import { Blank, Skeleton } from "../ui/parts.tsx";
import { attach, mayAttach } from "./attaching.ts";
import { Given, Nobody, Ways } from "./NoCard.tsx";

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
