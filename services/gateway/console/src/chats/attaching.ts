/** Saying whose a conversation is. */
import type { Header, NamedRef } from "@dymek/wire";
import { words } from "../i18n/customers.ts";
import { announce } from "../state/announce.ts";
import { ask, desk } from "../state/live.ts";
import { supervises } from "../state/role.ts";

/** Says whose the conversation is; true when it is so. A refusal is told. */
export async function attach(conversation: string, customer: NamedRef | null): Promise<boolean> {
  const said = words().beside;
  const done = await ask({ do: "attach", customer_id: customer?.id ?? null }, conversation);
  if (done) announce(customer ? said.attached(customer.name) : said.detached);
  return done;
}

/** Whoever takes part may, or took part at its end, and whoever supervises. */
export function mayAttach(header: Header): boolean {
  return supervises.value || header.participants.some(({ id }) => id === desk.value?.agent_id);
}
