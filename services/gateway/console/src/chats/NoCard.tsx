/** A conversation without a customer's card: what the visitor gave, and the ways to a card. */
import type { Entry, Header, NamedRef } from "@dymek/wire";
import type { ComponentChildren } from "preact";
import { words as customerWords } from "../i18n/customers.ts";
import { t } from "../i18n/index.ts";
import { logs } from "../state/live.ts";
import { Card, Fact } from "../ui/facts.tsx";
import { PersonIcon, SearchIcon } from "../ui/icons.tsx";
import { Blank } from "../ui/parts.tsx";
import { mayAttach } from "./attaching.ts";

/** The last word on whose conversation it is: an agent's, or null where only the address has been looked up. */
export function chosenBy(entries: readonly Entry[]): { customer: NamedRef | null; by: NamedRef } | null {
  const body = entries.findLast(
    ({ body }) => body.kind === "customer_attached" || body.kind === "customer_looked_up",
  )?.body;
  return body?.kind === "customer_attached" ? { customer: body.customer, by: body.by } : null;
}

interface NobodyProps {
  header: Header;
  onFind: () => void;
  onCreate: () => void;
}

export function Nobody({ header, onFind, onCreate }: NobodyProps) {
  const words = t().details;
  const said = customerWords().beside;
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
            <button type="button" class="button button--small button--primary" onClick={onCreate}>
              {said.create}
            </button>
          </Ways>
        )}
      </div>
    </Card>
  );
}

export function Ways({ onFind, children }: { onFind: () => void; children?: ComponentChildren }) {
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

export function Given({ header }: { header: Header }) {
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
