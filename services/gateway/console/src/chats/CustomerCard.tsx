/**
 * The customer's card. A typed address is a claim, not an identity: the card is marked unverified until a site has
 * vouched for its user.
 */
import type { Customer, Header } from "@dymek/wire";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { cards, loadCustomer } from "../state/customers.ts";
import { BuildingIcon, CheckIcon, MailIcon, NoteIcon, PersonIcon, PhoneIcon, WarnIcon } from "../ui/icons.tsx";
import { Avatar, Blank, Skeleton } from "../ui/parts.tsx";
import { Card, Fact } from "./Details.tsx";

export function CustomerCard({ header }: { header: Header }) {
  const words = t().details;
  const id = header.customer_id;
  useEffect(() => {
    if (id) void loadCustomer(id);
  }, [id]);
  const card = id ? cards.value.get(id) : undefined;
  if (!header.looked_up || (id && (!card || card.state === "loading"))) {
    return (
      <Card title={words.customer}>
        <Skeleton lines={4} label={words.lookingUp} />
      </Card>
    );
  }
  if (id && card?.state === "fault") {
    return (
      <Card title={words.customer}>
        <Blank icon={<WarnIcon size={24} />} title={words.customerFault} tone="warn" level={3}>
          <button type="button" class="button button--small" onClick={() => void loadCustomer(id)}>
            {t().retry}
          </button>
        </Blank>
      </Card>
    );
  }
  if (card?.state === "ready") return <Known customer={card.customer} verified={header.customer_verified} />;
  const email = header.visitor_email;
  return (
    <Card title={words.customer}>
      <div data-testid="customer-unknown">
        <Blank
          icon={<PersonIcon size={26} />}
          title={email ? words.unknownTitle : words.noEmailTitle}
          text={email ? words.unknownText : words.noEmailText}
          level={3}
        />
        <h3 class="card__subtitle">{words.given}</h3>
        <dl class="facts">
          <Fact label={words.name}>{header.visitor_name}</Fact>
          <Fact label={words.email}>{email && <a href={`mailto:${email}`}>{email}</a>}</Fact>
        </dl>
      </div>
    </Card>
  );
}

function Known({ customer, verified }: { customer: Customer; verified: boolean }) {
  const words = t().details;
  const badge = verified ? (
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
  return (
    <Card title={words.customer} badge={badge}>
      <div data-testid="customer-card">
        <div class="customer">
          <Avatar name={customer.name} size="lg" />
          <div>
            <p class="customer__name">{customer.name}</p>
            {customer.company && (
              <p class="customer__company">
                <BuildingIcon size={16} />
                {customer.company}
              </p>
            )}
          </div>
        </div>
        {!verified && <p class="card__hint">{words.unverifiedHint}</p>}
        <dl class="facts facts--icons">
          <Fact label={words.phone} icon={<PhoneIcon size={18} />}>
            {customer.phones.length > 0 &&
              customer.phones.map((phone) => (
                <a key={phone} class="fact__line" href={`tel:${phone.replace(/[^\d+]/gu, "")}`}>
                  {phone}
                </a>
              ))}
          </Fact>
          <Fact label={words.email} icon={<MailIcon size={18} />}>
            {customer.emails.length > 0 &&
              customer.emails.map((email) => (
                <a key={email} class="fact__line" href={`mailto:${email}`}>
                  {email}
                </a>
              ))}
          </Fact>
          <Fact label={words.note} icon={<NoteIcon size={18} />}>
            {customer.note}
          </Fact>
        </dl>
        {customer.fields.length > 0 && (
          <>
            <h3 class="card__subtitle">{words.fields}</h3>
            <dl class="facts">
              {customer.fields.map((field) => (
                <Fact key={field.label} label={field.label}>
                  {field.value}
                </Fact>
              ))}
            </dl>
          </>
        )}
      </div>
    </Card>
  );
}
