/**
 * What the variables stand for in a conversation. Pure.
 *
 * A visitor's address is a claim until their site vouches for it or an agent says whose conversation it is. Until then
 * nothing of the customer's card is put into words that the visitor will read.
 */
import type { Customer, Entry, Header, Me } from "@dymek/wire";
import type { Values } from "./fill.ts";

/** Whether the customer of the conversation is who they say, by their site's word or an agent's. */
export function vouched({ customer_id, customer_verified }: Header, entries: readonly Entry[]): boolean {
  if (!customer_id) return false;
  if (customer_verified) return true;
  const last = entries.findLast(({ body }) => body.kind === "customer_attached" || body.kind === "customer_looked_up");
  return last?.body.kind === "customer_attached";
}

/** `customer` is the card where it may be used, else null. */
export function valuesOfChat(header: Header, me: Pick<Me, "name">, customer: Customer | null): Values {
  return {
    "agent.name": me.name,
    "visitor.name": header.visitor_name ?? "",
    "topic.name": header.topic?.name ?? "",
    "ticket.number": header.ticket_number === null ? "" : `#${header.ticket_number}`,
    "customer.name": customer?.name ?? "",
    "customer.company": customer?.company ?? "",
  };
}
