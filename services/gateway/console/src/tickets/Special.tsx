/** Filters that come from elsewhere, and how all of them are dropped. */
import { words } from "../i18n/tickets.ts";
import { listing } from "../state/tickets.ts";
import { CloseIcon } from "../ui/icons.tsx";
import type { FilterProps } from "./Filters.tsx";
import { EVERYTHING_OPEN, narrowing, type TicketFilter } from "./filter.ts";

export function Special({ filter, set }: FilterProps) {
  const said = words().filters;
  const customer = listing.value?.rows.find((ticket) => ticket.customer?.id === filter.customer)?.customer;
  const drops: [string, Partial<TicketFilter>][] = [];
  if (filter.customer) drops.push([said.customer(customer?.name ?? said.oneCustomer), { customer: null }]);
  if (filter.conversation) drops.push([said.conversation, { conversation: null }]);
  if (drops.length === 0 && narrowing(filter) < 2) return null;
  return (
    <p class="tickets__special">
      {drops.map(([label, patch]) => (
        <button key={label} type="button" class="chip" aria-label={said.drop(label)} onClick={() => set(patch)}>
          {label}
          <CloseIcon size={14} />
        </button>
      ))}
      <button
        type="button"
        class="link-button"
        onClick={() => set({ ...EVERYTHING_OPEN, sort: filter.sort, order: filter.order })}
      >
        {said.clear}
      </button>
    </p>
  );
}
