/**
 * A card that is made beside a conversation, of what its visitor gave. What was typed into it stays also when a colleague
 * attaches another customer meanwhile: whose card holds then is for this agent to say.
 */
import type { Header } from "@dymek/wire";
import { useEffect, useState } from "preact/hooks";
import { dropForm } from "../admin/kept.ts";
import { CardFormView } from "../customers/CardFormView.tsx";
import { newDraft } from "../customers/draft.ts";
import { forgetId, idFor } from "../customers/newCard.ts";
import { words } from "../i18n/customers.ts";
import { announce } from "../state/announce.ts";
import { cards, fields, loadFields } from "../state/customers.ts";
import { logs } from "../state/live.ts";
import { toast } from "../state/toasts.ts";
import { Card } from "../ui/facts.tsx";
import { InfoIcon } from "../ui/icons.tsx";
import { attach } from "./attaching.ts";
import { chosenBy } from "./NoCard.tsx";

export const newCardKey = (conversation: string): string => `new customer ${conversation}`;

export function NewCard({ header, asked, onClose }: { header: Header; asked: boolean; onClose: () => void }) {
  const said = words();
  const conversation = header.conversation_id;
  const key = newCardKey(conversation);
  /** Chosen here, in place of a card of its own: no news when it comes. */
  const [taken, setTaken] = useState<string | null>(null);
  useEffect(() => void loadFields(), []);
  return (
    <Card title={said.card.newTitle}>
      {header.customer_id && header.customer_id !== taken && <Meanwhile header={header} id={header.customer_id} />}
      <CardFormView
        formKey={key}
        fresh={newDraft(idFor(key), header.visitor_name ?? "", header.visitor_email ?? "")}
        fields={fields.value}
        beside
        label={said.card.newTitle}
        submitText={said.card.createAndAttach}
        asked={asked}
        onTake={(customer) => {
          setTaken(customer.id);
          void attach(conversation, customer).then((done) => {
            if (!done) return setTaken(null);
            dropForm(key);
            forgetId(key);
            onClose();
          });
        }}
        onDone={(saved) => {
          forgetId(key);
          onClose();
          if (!saved) return;
          void attach(conversation, saved).then((done) => {
            if (!done) toast({ tone: "info", text: said.beside.notAttached(saved.name) });
          });
        }}
      />
    </Card>
  );
}

function Meanwhile({ header, id }: { header: Header; id: string }) {
  const said = words().beside;
  const chosen = chosenBy(logs.value.get(header.conversation_id)?.entries ?? [])?.customer;
  const card = cards.value.get(id);
  const name = (chosen?.id === id ? chosen.name : card?.state === "ready" ? card.customer.name : "") || said.somebody;
  const text = said.meanwhile(name);
  useEffect(() => announce(text), [text]);
  return (
    <p class="note note--info customer__meanwhile" data-testid="attached-meanwhile">
      <InfoIcon />
      <span>{text}</span>
    </p>
  );
}
