/** Customers' cards, read once each while the console is open; a failure may be tried again. */
import type { Customer, Uuid } from "@dymek/wire";
import { signal } from "@preact/signals";
import { ApiError, get } from "../lib/api.ts";

export type CardState =
  { state: "loading" } | { state: "ready"; customer: Customer } | { state: "gone" } | { state: "fault" };

export const cards = signal<ReadonlyMap<Uuid, CardState>>(new Map());

function put(id: Uuid, card: CardState): void {
  cards.value = new Map([...cards.value, [id, card]]);
}

export async function loadCustomer(id: Uuid): Promise<void> {
  const known = cards.value.get(id)?.state;
  if (known === "loading" || known === "ready") return;
  put(id, { state: "loading" });
  try {
    put(id, { state: "ready", customer: await get<Customer>(`/api/customers/${id}`) });
  } catch (error) {
    put(id, { state: error instanceof ApiError && error.status === 404 ? "gone" : "fault" });
  }
}
