/** One card that is read and edited in the same place: on its own page and beside a conversation. */
import type { Customer } from "@dymek/wire";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { keptForm } from "../admin/kept.ts";
import { words } from "../i18n/customers.ts";
import { fields, loadFields } from "../state/customers.ts";
import { BuildingIcon, PencilIcon } from "../ui/icons.tsx";
import { Avatar } from "../ui/parts.tsx";
import { CardFormView } from "./CardFormView.tsx";
import { cardKey } from "./cardForm.ts";
import { CardView } from "./CardView.tsx";
import { draftOf } from "./draft.ts";

interface EditableProps {
  customer: Customer;
  beside: boolean;
  /** The name stands above it already: on its page. */
  headed?: boolean;
  /** What stands between the name and the facts. */
  children?: ComponentChildren;
}

export function EditableCard({ customer, beside, headed = false, children }: EditableProps) {
  const said = words().card;
  const key = cardKey(customer.id);
  const [editing, setEditing] = useState(() => keptForm(key) !== undefined);
  const button = useRef<HTMLButtonElement>(null);
  const back = useRef(false);
  const asked = useRef(false);
  useEffect(() => void loadFields(), [customer.id]);
  useEffect(() => {
    // The form that had the focus is gone: it goes back to the button that opened it.
    if (!editing && back.current) button.current?.focus();
    back.current = editing;
  }, [editing]);
  if (editing)
    return (
      <CardFormView
        formKey={key}
        fresh={draftOf(customer)}
        fields={fields.value}
        beside={beside}
        label={said.editOf(customer.name)}
        submitText={said.save}
        asked={asked.current}
        onDone={() => setEditing(false)}
      />
    );
  const edit = (
    <button
      ref={button}
      type="button"
      class="button button--small customer__edit"
      aria-label={said.editOf(customer.name)}
      onClick={() => {
        asked.current = true;
        setEditing(true);
      }}
    >
      <PencilIcon size={16} />
      {said.edit}
    </button>
  );
  return (
    <div data-testid="customer-card">
      {headed ? (
        <div class="card__head">
          <h2 class="card__title">{said.title}</h2>
          {edit}
        </div>
      ) : (
        <div class="customer">
          <Avatar name={customer.name} size="lg" />
          <div class="customer__who">
            <p class="customer__name">{customer.name}</p>
            <Company name={customer.company} />
          </div>
          {edit}
        </div>
      )}
      {children}
      <CardView customer={customer} beside={beside} />
    </div>
  );
}

export function Company({ name }: { name: string }) {
  if (!name) return null;
  return (
    <p class="customer__company">
      <BuildingIcon size={16} />
      {name}
    </p>
  );
}
