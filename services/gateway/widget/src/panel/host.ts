/** The page around the frame: what it tells (its address, its user, whether we are shown) and what we ask of it. */
import type { PageDetails } from "@dymek/wire";

/** Whom the site knows in front of it; empty texts where it does not. Kept nowhere. */
export interface SiteUser {
  name: string;
  email: string;
  /** With it the site vouches for the address. */
  token: string;
}

export interface Host {
  page: PageDetails;
  user: SiteUser;
  /** The answer stops listening. */
  onUser(run: (user: SiteUser) => void): () => void;
  /** The visitor can see the panel now. */
  shown: boolean;
  /** The answer stops listening. */
  onShown(run: (shown: boolean) => void): () => void;
  minimise(): void;
  unread(count: number): void;
  ready(): void;
}

interface FromHost {
  dymek?: "page" | "user" | "shown";
  url?: string;
  title?: string;
  referrer?: string;
  shown?: boolean;
  name?: string;
  email?: string;
  token?: string;
}

const cut = (text: unknown, most: number): string => (typeof text === "string" ? text.trim().slice(0, most) : "");

/** Messages go to whoever embeds us: they hold nothing but a number and a wish. */
export function connectHost(): Host {
  const listeners = new Set<(shown: boolean) => void>();
  const userListeners = new Set<(user: SiteUser) => void>();
  const tell = (message: object): void => {
    if (parent !== window) parent.postMessage(message, "*");
  };
  const host: Host = {
    page: { ...browserDetails(), page_url: "", page_title: "", referrer: "" },
    user: { name: "", email: "", token: "" },
    onUser(run) {
      userListeners.add(run);
      return () => userListeners.delete(run);
    },
    shown: true,
    onShown(run) {
      listeners.add(run);
      return () => listeners.delete(run);
    },
    minimise: () => tell({ dymek: "minimise" }),
    unread: (count) => tell({ dymek: "unread", count }),
    ready: () => tell({ dymek: "ready" }),
  };
  addEventListener("message", (event: MessageEvent<FromHost | null>) => {
    if (event.source !== parent || typeof event.data !== "object" || !event.data) return;
    const { dymek, url, title, referrer, shown, name, email, token } = event.data;
    if (dymek === "page") {
      host.page = { ...host.page, page_url: cut(url, 2000), page_title: cut(title, 300), referrer: cut(referrer, 2000) };
    } else if (dymek === "user") {
      host.user = { name: cut(name, 120), email: cut(email, 254), token: cut(token, 4000) };
      for (const run of userListeners) run(host.user);
    } else if (dymek === "shown") {
      host.shown = shown === true;
      for (const run of listeners) run(host.shown);
    }
  });
  return host;
}

function browserDetails(): PageDetails {
  return {
    languages: cut(navigator.languages?.join(", "), 300),
    screen: `${screen.width} × ${screen.height}`,
  };
}
