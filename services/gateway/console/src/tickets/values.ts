/**
 * What the variables of reply templates stand for in a ticket. Pure.
 *
 * The card is that of the address that is answered, or one that an agent chose: it may be put into words for it.
 */
import type { Customer, Me, Ticket } from "@dymek/wire";
import type { Values } from "../templates/fill.ts";

export function valuesOfTicket(ticket: Ticket, me: Pick<Me, "name"> | null, customer: Customer | null): Values {
  return {
    "agent.name": me?.name ?? "",
    "visitor.name": ticket.name,
    "topic.name": ticket.topic.name,
    "ticket.number": `#${ticket.number}`,
    "customer.name": customer?.name ?? ticket.customer?.name ?? "",
    "customer.company": customer?.company ?? "",
  };
}
