/**
 * Which tickets the list shows and in which order: kept in the page's address, asked of the server, and applied here to
 * tickets that change while the list is open. Pure.
 */
import type { TicketSummary, Uuid } from "@dymek/wire";

export type TicketStatus = TicketSummary["status"];
export type Sort = "changed" | "opened" | "number";
export type Order = "asc" | "desc";

export const STATUSES: readonly TicketStatus[] = ["new", "open", "waiting", "postponed", "closed"];
export const UNCLOSED: readonly TicketStatus[] = STATUSES.slice(0, -1);
const SORTS: readonly Sort[] = ["changed", "opened", "number"];
export const LONGEST_QUESTION = 200;
const LONGEST_TAG = 40;

export interface TicketFilter {
  /** Null: not chosen. Then those that are not closed, or all where something particular is looked for. Empty: all. */
  statuses: readonly TicketStatus[] | null;
  assignee: "me" | "none" | Uuid | null;
  topics: readonly Uuid[];
  tag: string;
  customer: Uuid | null;
  conversation: Uuid | null;
  unread: boolean;
  q: string;
  sort: Sort;
  order: Order;
}

export const EVERYTHING_OPEN: TicketFilter = {
  statuses: null,
  assignee: null,
  topics: [],
  tag: "",
  customer: null,
  conversation: null,
  unread: false,
  q: "",
  sort: "changed",
  order: "desc",
};

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;
const isId = (text: string): boolean => UUID.test(text);
const listed = (text: string | null): string[] => [...new Set((text ?? "").split(",").filter(Boolean))];
const idOf = (text: string | null): Uuid | null => (text !== null && isId(text) ? text : null);

/** What an address asks for; what it says wrongly is left out. */
export function parseFilter(search: string): TicketFilter {
  const asked = new URLSearchParams(search);
  const assignee = asked.get("assignee");
  const sort = asked.get("sort");
  return {
    statuses: statusesIn(asked.get("status")),
    assignee: assignee === "me" || assignee === "none" ? assignee : idOf(assignee),
    topics: listed(asked.get("topic")).filter(isId),
    tag: tidyTag(asked.get("tag") ?? ""),
    customer: idOf(asked.get("customer")),
    conversation: idOf(asked.get("conversation")),
    unread: asked.get("unread") === "1",
    q: (asked.get("q") ?? "").slice(0, LONGEST_QUESTION),
    sort: SORTS.find((one) => one === sort) ?? "changed",
    order: asked.get("order") === "asc" ? "asc" : "desc",
  };
}

function statusesIn(text: string | null): readonly TicketStatus[] | null {
  if (text === "all") return [];
  const asked = listed(text);
  const known = STATUSES.filter((status) => asked.includes(status));
  return known.length > 0 ? known : null;
}

/** The address's part after the path, always written alike; empty for the list as it is without any choice. */
export function writeFilter(filter: TicketFilter): string {
  const said: [string, string | null][] = [
    ["status", filter.statuses && (filter.statuses.length ? filter.statuses.join(",") : "all")],
    ["assignee", filter.assignee],
    ["topic", filter.topics.join(",")],
    ["tag", filter.tag],
    ["customer", filter.customer],
    ["conversation", filter.conversation],
    ["unread", filter.unread ? "1" : null],
    ["q", filter.q],
    ["sort", filter.sort === "changed" ? null : filter.sort],
    ["order", filter.order === "desc" ? null : filter.order],
  ];
  const query = new URLSearchParams(said.filter((pair): pair is [string, string] => Boolean(pair[1])));
  const text = query.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

/** Whoever looks for something particular means closed tickets too. */
export function statusesOf(filter: TicketFilter): readonly TicketStatus[] {
  if (filter.statuses) return filter.statuses;
  return filter.q.trim() || filter.customer || filter.conversation ? [] : UNCLOSED;
}

/** The question to `/api/tickets`, without the page. */
export function apiQuery(filter: TicketFilter, me: Uuid): URLSearchParams {
  const query = new URLSearchParams();
  for (const status of statusesOf(filter)) query.append("status", status);
  if (filter.assignee) query.set("assignee", filter.assignee === "me" ? me : filter.assignee);
  for (const topic of filter.topics) query.append("topic", topic);
  if (filter.tag) query.set("tag", filter.tag);
  if (filter.customer) query.set("customer", filter.customer);
  if (filter.conversation) query.set("conversation", filter.conversation);
  if (filter.unread) query.set("unread", "true");
  if (filter.q.trim()) query.set("q", filter.q.trim());
  query.set("sort", filter.sort);
  query.set("order", filter.order);
  return query;
}

/** Whether the list shows the ticket. Unknown: only the server can tell what words find and which chat it came from. */
export function fits(ticket: TicketSummary, filter: TicketFilter, me: Uuid): "yes" | "no" | "unknown" {
  const statuses = statusesOf(filter);
  const assignee = filter.assignee === "me" ? me : filter.assignee;
  const apart =
    (statuses.length > 0 && !statuses.includes(ticket.status)) ||
    (assignee === "none" && ticket.assignee !== null) ||
    (assignee !== null && assignee !== "none" && ticket.assignee?.id !== assignee) ||
    (filter.topics.length > 0 && !filter.topics.includes(ticket.topic.id)) ||
    (filter.tag !== "" && !ticket.tags.includes(filter.tag)) ||
    (filter.customer !== null && ticket.customer?.id !== filter.customer) ||
    (filter.unread && !ticket.unread);
  if (apart) return "no";
  return filter.q.trim() || filter.conversation ? "unknown" : "yes";
}

/** A tag as the server keeps it. */
export function tidyTag(text: string): string {
  const line = text.trim().replace(/^#+/u, "").replace(/\s+/gu, " ").trim().toLowerCase();
  return Array.from(line).slice(0, LONGEST_TAG).join("");
}

/** How many choices narrow the list, for the button that opens them. */
export function narrowing(filter: TicketFilter): number {
  return [filter.statuses, filter.assignee, filter.topics.length, filter.tag, filter.unread].filter(Boolean).length;
}
