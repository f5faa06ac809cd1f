/** Beside a conversation: what has been before with its customer, and the tickets that belong to it. */
import type { Header, PastConversations, TicketPage } from "@dymek/wire";
import { words } from "../i18n/customers.ts";
import { paths } from "../lib/route.ts";
import { Card } from "../ui/facts.tsx";
import { away, ConversationRow, conversationsOf, heardOf, NewTab, Part, ticketsOf, TicketRow } from "./History.tsx";
import { useReading } from "./readings.ts";

const SHOWN = 5;

export function EarlierConversations({ header }: { header: Header }) {
  const said = words().history;
  const id = header.customer_id;
  const reading = useReading<PastConversations>(id && conversationsOf(id), header.state === "closed" ? 1 : 0);
  if (!id) return null;
  const others = (all: PastConversations) =>
    all.conversations.filter((one) => one.conversation_id !== header.conversation_id);
  return (
    <Card title={said.earlier}>
      <Part reading={reading} empty={said.noEarlier} isEmpty={(all) => others(all).length === 0}>
        {(all) => (
          <>
            <ul class="hist">
              {others(all)
                .slice(0, SHOWN)
                .map((one) => (
                  <ConversationRow key={one.conversation_id} conversation={one} newTab />
                ))}
            </ul>
            {others(all).length > SHOWN && (
              <a class="hist__all" href={paths.customer(id)} {...away(true)}>
                {said.all}
                <NewTab />
              </a>
            )}
          </>
        )}
      </Part>
    </Card>
  );
}

/** First those that came of this conversation, then the customer's others. */
export function Tickets({ header }: { header: Header }) {
  const said = words().history;
  const id = header.customer_id;
  const because = `${header.ticket_number ?? ""} ${header.state} ${heardOf(id)}`;
  const here = useReading<TicketPage>(ticketsOf({ conversation: header.conversation_id, limit: "20" }), because);
  const theirs = useReading<TicketPage>(id && ticketsOf({ customer: id, limit: String(SHOWN * 2) }), because);
  const from = here.value?.tickets ?? [];
  const others = (page: TicketPage) => page.tickets.filter(({ id: other }) => !from.some(({ id }) => id === other));
  return (
    <>
      {(from.length > 0 || here.state === "fault") && (
        <Card title={said.chatTickets}>
          <Part reading={here} empty="" isEmpty={() => false}>
            {(page) => (
              <ul class="hist">
                {page.tickets.map((ticket) => (
                  <TicketRow key={ticket.id} ticket={ticket} newTab />
                ))}
              </ul>
            )}
          </Part>
        </Card>
      )}
      {id && (
        <Card title={said.customerTickets}>
          <Part reading={theirs} empty={said.noTickets} isEmpty={(page) => others(page).length === 0}>
            {(page) => (
              <>
                <ul class="hist">
                  {others(page)
                    .slice(0, SHOWN)
                    .map((ticket) => (
                      <TicketRow key={ticket.id} ticket={ticket} newTab />
                    ))}
                </ul>
                {(page.next !== null || others(page).length > SHOWN) && (
                  <a class="hist__all" href={paths.customer(id)} {...away(true)}>
                    {said.all}
                    <NewTab />
                  </a>
                )}
              </>
            )}
          </Part>
        </Card>
      )}
    </>
  );
}
