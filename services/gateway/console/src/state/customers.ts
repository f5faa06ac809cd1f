/**
 * Customers' cards and the list of custom fields, as they were last read or saved here.
 *
 * Each time a card comes onto the screen it is read anew, and what is known of it stands there meanwhile. Of two
 * answers the higher version wins, in whichever order they come.
 */
import type { Customer, CustomerSummary, FieldDefinition, FieldDefinitions, Uuid } from "@dymek/wire";
import { batch, signal } from "@preact/signals";
import { ApiError, get } from "../lib/api.ts";

export type CardState =
  { state: "loading" } | { state: "ready"; customer: Customer } | { state: "gone" } | { state: "fault" };

export const cards = signal<ReadonlyMap<Uuid, CardState>>(new Map());
/** The custom fields of every card, in their order; null until they are read. */
export const fields = signal<readonly FieldDefinition[] | null>(null);
/** The fields could not be read, and are not known from before either. */
export const fieldsFault = signal(false);

/** Customers that were found, page by page. */
export interface Found {
  /** What these were sought by. */
  q: string;
  customers: readonly CustomerSummary[];
  /** How to ask for the next page; null at the end. */
  next: string | null;
}

/** What the list showed last, for whoever comes back to it. */
export const lastFound = signal<Found | null>(null);

/** Counts up when a person leaves, so that no answer to them reaches the next one. */
let sitting = 0;

function put(id: Uuid, card: CardState): void {
  cards.value = new Map([...cards.value, [id, card]]);
}

export async function loadCustomer(id: Uuid): Promise<void> {
  const known = cards.peek().get(id)?.state;
  if (known === "loading") return;
  if (known !== "ready") put(id, { state: "loading" });
  const asked = sitting;
  try {
    const customer = await get<Customer>(`/api/customers/${encodeURIComponent(id)}`);
    if (asked === sitting) keepCustomer(customer);
  } catch (error) {
    if (asked !== sitting) return;
    const gone = error instanceof ApiError && (error.status === 404 || error.status === 422);
    if (gone) put(id, { state: "gone" });
    else if (known !== "ready") put(id, { state: "fault" });
  }
}

/** The card as it is now, from whichever answer told it. */
export function keepCustomer(customer: Customer): void {
  const known = cards.peek().get(customer.id);
  if (known?.state === "ready" && known.customer.version > customer.version) return;
  put(customer.id, { state: "ready", customer });
}

/** Reads the fields anew; the known ones stay when it fails. True when they are known. */
export async function loadFields(): Promise<boolean> {
  const asked = sitting;
  try {
    const read = await get<FieldDefinitions>("/api/customer-fields");
    if (asked !== sitting) return false;
    batch(() => {
      fields.value = read.fields;
      fieldsFault.value = false;
    });
  } catch {
    fieldsFault.value = asked === sitting && fields.peek() === null;
  }
  return fields.peek() !== null;
}

export function forgetCustomers(): void {
  sitting++;
  batch(() => {
    cards.value = new Map();
    fields.value = null;
    fieldsFault.value = false;
    lastFound.value = null;
  });
}
