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
import { useFocusKept } from "../customers/focus.ts";
import { words as customerWords } from "../i18n/customers.ts";
import { t } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { cards, loadCustomer, type CardState } from "../state/customers.ts";
import { pending } from "../state/live.ts";
import { toast } from "../state/toasts.ts";
import { Card } from "../ui/facts.tsx";
import { ArrowIcon, CheckIcon, WarnIcon } from "../ui/icons.tsx";
import { Blank, Skeleton } from "../ui/parts.tsx";
import { takeBack } from "./actions.ts";
import { attach, mayAttach } from "./attaching.ts";
import { NewCard, newCardKey } from "./NewCard.tsx";
import { Given, Nobody, Ways } from "./NoCard.tsx";

export function CustomerCard({ header }: { header: Header }) {
  return <Place key={header.conversation_id} header={header} />;
}

/** Stays where it is while what stands in it changes, so that the focus has a place to go to. */
function Place({ header }: { header: Header }) {
  const id = header.customer_id;
  const conversation = header.conversation_id;
  const unsaved = (): boolean => keptForm(newCardKey(conversation)) !== undefined;
  useEffect(() => {
    if (id) void loadCustomer(id);
  }, [id]);
  useChanged(header);
  const place = useRef<HTMLDivElement>(null);
  useFocusKept(place);
  const [finding, setFinding] = useState(false);
  const [creating, setCreating] = useState<"asked" | "again" | null>(() => (unsaved() ? "again" : null));
  /** What the dialog asked for and was not answered yet. */
  const asking = useRef(false);
  // A form in which nothing was typed gives way to the card that came.
  const open = creating !== null && (id === null || unsaved());
  useEffect(() => {
    if (creating !== null && !open) setCreating(null);
  }, [open]);
  return (
    <div ref={place} class="customer-place" role="group" aria-label={t().details.customer} tabIndex={-1}>
      {open ? (
        <NewCard header={header} asked={creating === "asked"} onClose={() => setCreating(null)} />
      ) : (
        <Shown
          header={header}
          card={id ? cards.value.get(id) : undefined}
          onFind={() => setFinding(true)}
          onCreate={() => setCreating("asked")}
        />
      )}
      {finding && (
        <AttachDialog
          current={id}
          attach={async (customer) => {
            asking.current = true;
            const done = await attach(conversation, customer);
            asking.current = false;
            return done;
          }}
          onClose={() => {
            if (asking.current) takeBack(conversation, "attach");
            asking.current = false;
            setFinding(false);
          }}
        />
      )}
    </div>
  );
}

/** Whoever was editing a card when the conversation was given to another one finds it again. */
function useChanged(header: Header): void {
  const before = useRef(header.customer_id);
  useEffect(() => {
    const customer = before.current;
    before.current = header.customer_id;
    if (customer === header.customer_id || customer === null) return;
    if (keptForm(cardKey(customer)) === undefined) return;
    const said = customerWords().beside;
    toast({ tone: "info", text: said.other, action: { label: said.open, href: paths.customer(customer) } });
  }, [header.customer_id]);
}

interface ShownProps {
  header: Header;
  card: CardState | undefined;
  onFind: () => void;
  onCreate: () => void;
}

function Shown({ header, card, onFind, onCreate }: ShownProps) {
  const words = t().details;
  const id = header.customer_id;
  if (!id)
    return header.looked_up ? (
      <Nobody header={header} onFind={onFind} onCreate={onCreate} />
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
  const conversation = header.conversation_id;
  const busy = pending.value.some(({ stream, action }) => stream === conversation && action.do === "attach");
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
            aria-disabled={busy}
            onClick={() => !busy && void attach(conversation, null)}
          >
            {said.detachShort}
          </button>
        </>
      )}
    </div>
  );
}
