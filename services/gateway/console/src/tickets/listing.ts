/**
 * The list while it is open: pages that were read, and tickets that change meanwhile. Pure.
 *
 * Invariants: a ticket is in the list once, and of two states of it the higher version is shown; rows are in the list's
 * order; no row stands beyond the last ticket that was read, because it comes with the next page.
 */
import type { TicketPage, TicketSummary, Uuid } from "@dymek/wire";
import type { Order, Sort } from "./filter.ts";

export interface Sorting {
  sort: Sort;
  order: Order;
}

export interface Listing {
  rows: readonly TicketSummary[];
  /** How to ask for the next page; null at the end. */
  next: string | null;
  /** The last ticket of the last page, as it was then: beyond it nothing has been read. Null where all has been. */
  tail: TicketSummary | null;
  /** How many there are in all; null where there are too many to count. */
  total: number | null;
}

const micros = (time: string): string => (/\.(\d+)/u.exec(time)?.[1] ?? "").padEnd(6, "0").slice(0, 6);

function compareTimes(a: string, b: string): number {
  const seconds = Math.floor(Date.parse(a) / 1000) - Math.floor(Date.parse(b) / 1000);
  return seconds || Number(micros(a)) - Number(micros(b));
}

/** Negative where `a` stands before `b`. */
export function compare(a: TicketSummary, b: TicketSummary, { sort, order }: Sorting): number {
  const time = (ticket: TicketSummary): string =>
    sort === "changed" ? (ticket.changed_at ?? ticket.opened_at) : ticket.opened_at;
  const up = (sort === "number" ? 0 : compareTimes(time(a), time(b))) || a.number - b.number;
  return order === "asc" ? up : -up;
}

const newer = (a: TicketSummary | undefined, b: TicketSummary): TicketSummary => (a && a.version > b.version ? a : b);

function sorted(rows: Iterable<TicketSummary>, by: Sorting, tail: TicketSummary | null): TicketSummary[] {
  const all = [...rows].sort((a, b) => compare(a, b, by));
  return tail ? all.filter((ticket) => compare(ticket, tail, by) <= 0) : all;
}

export function firstPage(page: TicketPage): Listing {
  return { rows: page.tickets, next: page.next, tail: page.next ? (page.tickets.at(-1) ?? null) : null, total: page.total };
}

export function withOlder(listing: Listing, page: TicketPage, by: Sorting): Listing {
  const tail = page.next ? (page.tickets.at(-1) ?? null) : null;
  const known = new Map(listing.rows.map((ticket) => [ticket.id, ticket]));
  for (const ticket of page.tickets) known.set(ticket.id, newer(known.get(ticket.id), ticket));
  return { ...listing, rows: sorted(known.values(), by, tail), next: page.next, tail };
}

/** The first page read anew: it says all as far as it reaches, and what was read beyond it stays. */
export function refreshed(listing: Listing, page: TicketPage, by: Sorting): Listing {
  const fresh = firstPage(page);
  const end = fresh.tail;
  if (end === null || (listing.tail && compare(listing.tail, end, by) <= 0)) return fresh;
  const inside = new Set(page.tickets.map((ticket) => ticket.id));
  const beyond = listing.rows.filter((ticket) => !inside.has(ticket.id) && compare(ticket, end, by) > 0);
  return { ...listing, rows: [...page.tickets, ...beyond], total: page.total };
}

/** A ticket has changed, and belongs to the list or not. What is older than what is shown changes nothing. */
export function withChange(listing: Listing, ticket: TicketSummary, belongs: boolean, by: Sorting): Listing {
  const shown = listing.rows.find((row) => row.id === ticket.id);
  if (shown ? shown.version >= ticket.version : !belongs) return listing;
  const others = listing.rows.filter((row) => row !== shown);
  return { ...listing, rows: belongs ? sorted([...others, ticket], by, listing.tail) : others };
}

export interface Row {
  ticket: TicketSummary;
  /** It is not in the list any more, and goes when the list may move. */
  gone: boolean;
}

export interface Shown {
  rows: readonly Row[];
  /** Rows that would come, go or move. */
  news: number;
}

/** The rows on the screen. While somebody points at one, they stay where they are (`frozen`) and only say what is new. */
export function shownRows(
  listing: Listing,
  frozen: readonly Uuid[] | null,
  departed: ReadonlyMap<Uuid, TicketSummary>,
): Shown {
  if (!frozen) return { rows: listing.rows.map((ticket) => ({ ticket, gone: false })), news: 0 };
  const present = new Map(listing.rows.map((ticket, index) => [ticket.id, { ticket, index }]));
  const rows: Row[] = [];
  const places: number[] = [];
  for (const id of frozen) {
    const there = present.get(id);
    const left = departed.get(id);
    if (there) {
      rows.push({ ticket: there.ticket, gone: false });
      places.push(there.index);
    } else if (left) {
      rows.push({ ticket: left, gone: true });
    }
  }
  const added = listing.rows.length - places.length;
  return { rows, news: added + (rows.length - places.length) + (places.length - longestRise(places)) };
}

/** The length of the longest rising subsequence: the rows that may stay where they are. */
function longestRise(places: readonly number[]): number {
  const ends: number[] = [];
  for (const place of places) {
    const at = ends.findIndex((end) => end >= place);
    if (at < 0) ends.push(place);
    else ends[at] = place;
  }
  return ends.length;
}
