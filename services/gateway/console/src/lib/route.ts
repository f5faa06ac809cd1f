/** The console's addresses. */

export type Route =
  | { page: "chats"; id: string | null }
  | { page: "tickets"; id: string | null }
  | { page: "settings"; id: string | null; section: string }
  | { page: "customers"; id: string | null }
  | { page: "newTicket"; id: null }
  | { page: "conversation"; id: string }
  | { page: "ratings"; id: null }
  | { page: "templates"; id: string | null }
  | { page: "mails"; id: null }
  | { page: "missing"; id: null };

const BASE = "/console";

export function parseRoute(path: string): Route {
  const [section = "", id = null, ...more] = path.replace(BASE, "").split("/").filter(Boolean);
  if (more.length === 0 && path.startsWith(BASE)) {
    if (section === "" || section === "chats") return { page: "chats", id };
    if (section === "tickets" && id === "new") return { page: "newTicket", id: null };
    if (section === "tickets") return { page: "tickets", id };
    if (section === "templates") return { page: "templates", id };
    if (section === "customers") return { page: "customers", id };
    if (section === "conversations" && id) return { page: "conversation", id };
    if (section === "ratings" && !id) return { page: "ratings", id: null };
    if (section === "mails" && !id) return { page: "mails", id: null };
  }
  if (section === "settings" && more.length <= 1 && path.startsWith(BASE))
    return { page: "settings", section: id ?? "", id: more[0] ?? null };
  return { page: "missing", id: null };
}

export const paths = {
  home: `${BASE}/`,
  chat: (id: string): string => `${BASE}/chats/${id}`,
  tickets: `${BASE}/tickets`,
  ticket: (id: string): string => `${BASE}/tickets/${id}`,
  /** The form of a new ticket: out of a conversation, for a customer, or empty. */
  newTicket: (about: { conversation?: string; customer?: string } = {}): string =>
    [`${BASE}/tickets/new`, new URLSearchParams(about)].filter(String).join("?"),
  /** The list of customers, with what is sought in it. */
  customers: (q = ""): string => (q ? `${BASE}/customers?${new URLSearchParams({ q })}` : `${BASE}/customers`),
  customer: (id: string): string => `${BASE}/customers/${id}`,
  /** The form of a new card, with what is known already. */
  newCustomer: (known: { name?: string; email?: string; phone?: string } = {}): string =>
    [`${BASE}/customers/new`, new URLSearchParams(Object.entries(known).filter(([, value]) => value))]
      .filter(String)
      .join("?"),
  /** A conversation that is over, to read. */
  conversation: (id: string): string => `${BASE}/conversations/${id}`,
  ratings: `${BASE}/ratings`,
  /** Outgoing mail, for supervisors; administrators have it among the settings too. */
  mails: `${BASE}/mails`,
  templates: (id = ""): string => [`${BASE}/templates`, id].filter(Boolean).join("/"),
  settings: (section = "", id = ""): string => [`${BASE}/settings`, section, id].filter(Boolean).join("/"),
};
