/** A card to read: beside a conversation only with the fields that are shown there. */
import type { Customer, CustomField } from "@dymek/wire";
import { words } from "../i18n/customers.ts";
import { language, t } from "../i18n/index.ts";
import { plainAddress } from "../lib/format.ts";
import { Fact } from "../ui/facts.tsx";
import { MailIcon, NoteIcon, PhoneIcon } from "../ui/icons.tsx";
import { RichText } from "../ui/parts.tsx";
import { shownOf } from "./ValueField.tsx";
import { webAddress } from "./values.ts";

export function CardView({ customer, beside }: { customer: Customer; beside: boolean }) {
  const said = t().details;
  const fields = customer.fields.filter((field) => !beside || field.show_in_chat);
  return (
    <>
      <dl class="facts facts--icons">
        <Fact label={said.phone} icon={<PhoneIcon size={18} />}>
          {customer.phones.length > 0 &&
            customer.phones.map((phone) => (
              <a key={phone} class="fact__line" href={`tel:${phone.replace(/[^\d+]/gu, "")}`}>
                {phone}
              </a>
            ))}
        </Fact>
        <Fact label={said.email} icon={<MailIcon size={18} />}>
          {customer.emails.length > 0 &&
            customer.emails.map((email) => (
              <a key={email} class="fact__line" href={`mailto:${email}`}>
                {email}
              </a>
            ))}
        </Fact>
        <Fact label={said.note} icon={<NoteIcon size={18} />}>
          {customer.note && (
            <span class="fact__note">
              <RichText text={customer.note} />
            </span>
          )}
        </Fact>
      </dl>
      {fields.length > 0 && (
        <>
          <h3 class="card__subtitle">{words().card.fields}</h3>
          <dl class="facts" data-testid="custom-fields">
            {fields.map((field) => (
              <Fact key={field.id} label={field.label}>
                <Value field={field} />
              </Fact>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

/** Only a web address becomes a link, whatever the card says. */
function Value({ field }: { field: CustomField }) {
  const address = field.kind === "link" ? webAddress(field.value) : null;
  if (address === null) return <>{shownOf(field, field.value, language.value)}</>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {plainAddress(address)}
      <span class="sr"> ({words().history.newTab})</span>
    </a>
  );
}
