/** A new ticket by an agent: out of a conversation, for a customer, or by hand. The address says which. */
import "../../styles/admin.css";
import "../../styles/newticket.css";
import type { AgentTopics, ConversationRecord, Customer, Me } from "@dymek/wire";
import { useLocation } from "preact-iso";
import { useLoaded } from "../../admin/loaded.ts";
import { Reading } from "../../admin/Reading.tsx";
import { words } from "../../i18n/newticket.ts";
import { ApiError, get } from "../../lib/api.ts";
import { paths } from "../../lib/route.ts";
import { BackIcon, InfoIcon, TicketIcon } from "../../ui/icons.tsx";
import { Blank } from "../../ui/parts.tsx";
import type { Sources } from "./draft.ts";
import { keyOf } from "./kept.ts";
import { NewTicketForm } from "./NewTicketForm.tsx";

export default function NewTicketPage({ me }: { me: Me }) {
  const said = words();
  const { query } = useLocation();
  const { conversation = "", customer = "" } = query;
  const [loaded, again] = useLoaded((off) => readSources(conversation, customer, off), `${conversation} ${customer}`);
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        <a class="crumb" href={paths.tickets}>
          <BackIcon size={18} />
          {said.back}
        </a>
        <h1 class="page__title">{said.title}</h1>
        <Reading loaded={loaded} again={again}>
          {(sources) =>
            sources === "gone" ? (
              <Blank icon={<InfoIcon size={28} />} title={said.gone.title} text={said.gone.text}>
                <a class="button button--primary" href={paths.newTicket()}>
                  {said.gone.byHand}
                </a>
              </Blank>
            ) : sources.topics.length === 0 ? (
              <Blank icon={<TicketIcon size={28} />} title={said.noTopics.title} text={said.noTopics.text} />
            ) : (
              <NewTicketForm sources={sources} name={keyOf(me.agent_id, conversation, customer)} />
            )
          }
        </Reading>
      </div>
    </main>
  );
}

/** Raises ApiError where something does not answer; "gone" where this agent may not read the conversation. */
async function readSources(conversation: string, customer: string, off: AbortSignal): Promise<Sources | "gone"> {
  const topics = get<AgentTopics>("/api/topics", off);
  const record = conversation
    ? await orNull(get<ConversationRecord>(`/api/conversations/${encodeURIComponent(conversation)}`, off))
    : null;
  if (conversation && !record) return "gone";
  const id = record?.customer_id ?? customer;
  const card = id ? await orNull(get<Customer>(`/api/customers/${encodeURIComponent(id)}`, off)) : null;
  return { topics: (await topics).topics, record, customer: card };
}

/** Null where there is no such thing, or it is not this agent's to see. */
async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ApiError && [403, 404, 422].includes(error.status)) return null;
    throw error;
  }
}
