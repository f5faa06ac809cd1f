/** Whose ticket it is: the customer's card, another one, or none. */
import type { Ticket } from "@dymek/wire";
import { useRef, useState } from "preact/hooks";
import { AttachDialog } from "../customers/AttachDialog.tsx";
import { words } from "../i18n/tickets.ts";
import { paths } from "../lib/route.ts";
import { Avatar } from "../ui/parts.tsx";
import { drafted } from "./edit.ts";
import { Fault, faultOf } from "./Fault.tsx";
import { EVERYTHING_OPEN, writeFilter } from "./filter.ts";
import type { OpenTicket } from "./open.ts";

export function CustomerField({ open, ticket }: { open: OpenTicket; ticket: Ticket }) {
  const said = words().card;
  const { customer } = drafted(open.edit.value!);
  const [seeking, setSeeking] = useState(false);
  const choose = useRef<HTMLButtonElement>(null);
  const detach = (): void => {
    open.set("customer", null);
    choose.current?.focus(); // The button that was pressed goes.
  };
  return (
    <div class="field" role="group" aria-label={said.customer}>
      <span class="field__label">{said.customer}</span>
      {customer ? (
        <div class="customer">
          <Avatar name={customer.name} size="sm" />
          <div>
            <a class="ticket__customer" href={paths.customer(customer.id)}>
              {customer.name}
            </a>
            <a class="fact__line" href={paths.tickets + writeFilter({ ...EVERYTHING_OPEN, customer: customer.id })}>
              {said.hisTickets}
            </a>
          </div>
        </div>
      ) : (
        <p class="card__nothing">
          {said.noCustomer}: {ticket.name}
        </p>
      )}
      <span class="ticket__presets">
        <button ref={choose} type="button" class="button button--small" onClick={() => setSeeking(true)}>
          {customer ? said.change : said.attach}
        </button>
        {customer && (
          <button type="button" class="button button--small" onClick={detach}>
            {said.detach}
          </button>
        )}
      </span>
      <Fault id="ticket-customer-fault" text={faultOf(open.trouble.value, "customer")} />
      {seeking && (
        <AttachDialog
          title={said.attachTitle}
          lead={said.attachLead}
          current={customer?.id ?? null}
          attach={(chosen) => {
            open.set("customer", chosen);
            return Promise.resolve(true);
          }}
          onClose={() => setSeeking(false)}
        />
      )}
    </div>
  );
}
