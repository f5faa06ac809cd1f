/**
 * The tickets tab: the list that is shown, live, and how many tickets are unread.
 *
 * A ticket that changes is put into the list or taken out of it at once, except while the list is held because somebody
 * points at it: then the rows stay where they are until it is let go. What the live frames say is only a hint that may
 * be lost: the first page and the number of unread ones are read anew after changes, every minute, and whenever the page
 * comes back.
 */
import type { Actor, Alert, TicketPage, TicketSummary, Uuid } from "@dymek/wire";
import { batch, computed, signal } from "@preact/signals";
import { words } from "../i18n/tickets.ts";
import { get, request } from "../lib/api.ts";
import { paths } from "../lib/route.ts";
import { apiQuery, fits, UNCLOSED, type TicketFilter } from "../tickets/filter.ts";
import { firstPage, refreshed, shownRows, withChange, withOlder, type Listing } from "../tickets/listing.ts";
import { session } from "./session.ts";
import { toast } from "./toasts.ts";

export type Loading = "idle" | "loading" | "ready" | "fault";

/** A change that was heard of. */
export interface Heard {
  ticket: TicketSummary;
  by: Actor;
}

export const listing = signal<Listing | null>(null);
export const ticketsState = signal<Loading>("idle");
/** Unread tickets that are not closed. */
export const unreadTickets = signal(0);
export const lastHeard = signal<Heard | null>(null);

const frozen = signal<readonly Uuid[] | null>(null);
const departed = signal<ReadonlyMap<Uuid, TicketSummary>>(new Map());

export const shown = computed(() =>
  listing.value ? shownRows(listing.value, frozen.value, departed.value) : { rows: [], news: 0 },
);

const AGAIN_MS = 3_000;
const EVERY_MS = 60_000;
const NOTHING = new Map<never, never>();

let filter: TicketFilter | null = null;
let asked = "";
let reading: AbortController | null = null;
let again: ReturnType<typeof setTimeout> | null = null;
/** Changes heard of while a page was on its way, which may be older than they are. */
let meanwhile: TicketSummary[] = [];

const me = (): Uuid => (session.value.state === "in" ? session.value.me.agent_id : "");

const pageOf = (query: URLSearchParams, signal?: AbortSignal): Promise<TicketPage> =>
  get<TicketPage>(`/api/tickets?${query}`, signal);

/** Shows the list of this filter. The one that is shown already is only read anew. */
export async function showTickets(wanted: TicketFilter): Promise<void> {
  const query = apiQuery(wanted, me()).toString();
  filter = wanted;
  if (query !== asked || ticketsState.value !== "ready") {
    asked = query;
    batch(() => {
      release();
      ticketsState.value = "loading";
    });
  }
  await readFirst();
}

/** Nobody looks at the list any more; it is kept for when they come back. */
export function hideTickets(): void {
  reading?.abort();
  reading = null;
  release();
  if (ticketsState.value === "loading") asked = "";
  filter = null;
}

async function readFirst(): Promise<void> {
  if (!filter) return;
  reading?.abort();
  const mine = (reading = new AbortController());
  const fresh = ticketsState.value !== "ready";
  meanwhile = [];
  try {
    const page = await pageOf(new URLSearchParams(asked), mine.signal);
    if (mine !== reading || !filter) return;
    batch(() => {
      put(fresh || !listing.value ? firstPage(page) : refreshed(listing.value, page, filter!));
      ticketsState.value = "ready";
      for (const ticket of meanwhile) settle(ticket);
    });
  } catch {
    if (mine === reading && fresh) ticketsState.value = "fault";
  } finally {
    if (mine === reading) reading = null;
  }
}

/** Reads the next page. Throws ApiError. */
export async function loadOlder(): Promise<void> {
  const before = listing.value;
  if (!before?.next || !filter) return;
  const query = new URLSearchParams(asked);
  query.set("after", before.next);
  const page = await pageOf(query);
  if (listing.value?.next !== before.next || !filter) return;
  const known = new Set(listing.value.rows.map((ticket) => ticket.id));
  batch(() => {
    listing.value = withOlder(listing.value!, page, filter!);
    // They are added below everything that is looked at: no reason to hold them back.
    const added = listing.value.rows.filter((ticket) => !known.has(ticket.id)).map((ticket) => ticket.id);
    if (frozen.value) frozen.value = [...frozen.value, ...added.filter((id) => !frozen.value!.includes(id))];
  });
}

function put(next: Listing): void {
  const before = listing.value;
  if (frozen.value && before) {
    const kept = new Set(next.rows.map((ticket) => ticket.id));
    const gone = before.rows.filter((ticket) => !kept.has(ticket.id));
    if (gone.length) departed.value = new Map([...departed.value, ...gone.map((row) => [row.id, row] as const)]);
  }
  listing.value = next;
}

/** The rows stay where they are until `release`; where there are none, there is nothing to hold. */
export function hold(): void {
  if (frozen.value || !listing.value?.rows.length) return;
  frozen.value = listing.value.rows.map((ticket) => ticket.id);
}

export function release(): void {
  batch(() => {
    frozen.value = null;
    departed.value = NOTHING;
  });
}

/** What was held back is shown, and held from now on. */
export function catchUp(): void {
  batch(() => {
    release();
    hold();
  });
}

/** A ticket as it is now for this agent, and who changed it; without `news` it is unread if it was before. */
export function ticketChanged(told: TicketSummary, by: Actor, news = true): void {
  const before = listing.value?.rows.find((row) => row.id === told.id);
  const ticket = news ? told : { ...told, unread: before?.unread ?? false };
  batch(() => {
    meanwhile.push(ticket);
    settle(ticket);
    lastHeard.value = { ticket, by };
  });
  soon();
}

function settle(ticket: TicketSummary): void {
  if (!listing.value || !filter) return;
  const fit = fits(ticket, filter, me());
  const known = listing.value.rows.some((row) => row.id === ticket.id);
  put(withChange(listing.value, ticket, fit === "yes" || (fit === "unknown" && known), filter));
  const left = departed.value.get(ticket.id);
  if (left && left.version < ticket.version) departed.value = new Map([...departed.value, [ticket.id, ticket]]);
}

/** Reads what is counted anew, at most once in a while. */
function soon(): void {
  again ??= setTimeout(() => {
    again = null;
    void refreshTickets();
  }, AGAIN_MS);
}

/** Reads anew what may have been missed: at once, and while the page is in sight every minute, until the answer is called. */
export function watchTickets(): () => void {
  const look = (): void => {
    if (document.visibilityState === "visible") void refreshTickets();
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

async function refreshTickets(): Promise<void> {
  if (session.value.state !== "in") return;
  await Promise.all([ticketsState.value === "ready" && !reading ? readFirst() : null, countUnread()]);
}

export async function countUnread(): Promise<void> {
  const query = new URLSearchParams([...UNCLOSED.map((status) => ["status", status]), ["unread", "true"], ["limit", "1"]]);
  try {
    unreadTickets.value = (await pageOf(query)).total ?? Number.POSITIVE_INFINITY;
  } catch {
    // The number stays as it is until it can be read again.
  }
}

/** This agent has the ticket before their eyes. */
export async function markRead(id: Uuid): Promise<void> {
  const row = listing.value?.rows.find((ticket) => ticket.id === id);
  try {
    await request(`/api/tickets/${id}/read`, { method: "POST", body: "{}" });
  } catch {
    return; // Unread is what it stays, here and in the list.
  }
  if (row?.unread && listing.value) {
    const rows = listing.value.rows.map((ticket) => (ticket === row ? { ...ticket, unread: false } : ticket));
    listing.value = { ...listing.value, rows };
  }
  await countUnread();
}

/** Tickets that are being made on this page: it tells of them itself. */
export const madeHere = new Set<string>();

export function ticketArrived(alert: Alert): void {
  soon();
  if (madeHere.has(alert.ticket_id)) return;
  toast({
    tone: "info",
    about: "ticket",
    text: words().arrived(alert.number),
    detail: `${alert.subject_line} · ${alert.name}`,
    action: { label: words().open, href: paths.ticket(alert.ticket_id) },
  });
}

export function forgetTickets(): void {
  hideTickets();
  if (again) clearTimeout(again);
  again = null;
  asked = "";
  batch(() => {
    listing.value = lastHeard.value = null;
    ticketsState.value = "idle";
    unreadTickets.value = 0;
  });
}
