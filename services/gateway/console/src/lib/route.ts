/** The console's addresses. */

export type Route =
  | { page: "chats"; id: string | null }
  | { page: "tickets"; id: string | null }
  | { page: "settings"; id: string | null; section: string }
  | { page: "missing"; id: null };

const BASE = "/console";

export function parseRoute(path: string): Route {
  const [section = "", id = null, ...more] = path.replace(BASE, "").split("/").filter(Boolean);
  if (more.length === 0 && path.startsWith(BASE)) {
    if (section === "" || section === "chats") return { page: "chats", id };
    if (section === "tickets") return { page: "tickets", id };
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
  settings: (section = "", id = ""): string => [`${BASE}/settings`, section, id].filter(Boolean).join("/"),
};
