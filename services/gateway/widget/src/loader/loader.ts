/**
 * The one line that a page embeds: draws the launcher, and opens the panel in a frame of our own origin.
 *
 * Invariants: the page's styles do not reach in and ours do not leak out (shadow root, adopted sheet: also under a
 * strict content security policy of the page); nothing is stored before the visitor opens the panel, and then only
 * that it is open, in the tab's own storage, so that the next page shows it again.
 */
import css from "./loader.css?inline";

/** Whom the page knows; the token is signed by its site (docs/identity.md). */
type User = Partial<Record<"name" | "email" | "token", unknown>>;
type Call = [command: string, ...rest: unknown[]];
interface Api {
  (...call: Call): void;
  q?: Call[];
  v?: number;
}

const TALK = "M12 4c5 0 8.5 3.1 8.5 7s-3.5 7-8.5 7c-.9 0-1.8-.1-2.6-.3L5 20l.9-3.6C4.4 15.1 3.5 13.2 3.5 11 3.5 7.1 7 4 12 4z";
const CLOSE = "M6 9.5l6 6 6-6";

const page = window as unknown as { dymek?: Api };
const script = document.currentScript as HTMLScriptElement | null;

/** Without innerHTML, which a page that demands trusted types forbids. */
function drawn(name: string, attributes: Record<string, string>, ...children: Node[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) element.setAttribute(key, attributes[key]!);
  element.append(...children);
  return element;
}

function begin(script: HTMLScriptElement): void {
  const { widget = "", language = document.documentElement.lang } = script.dataset;
  const base = new URL(".", script.src);
  const polish = !/^en/i.test(language);
  const memory = `dymek:${widget}:open`;

  const host = document.createElement("div");
  host.setAttribute("role", "region");
  host.setAttribute("aria-label", polish ? "Czat" : "Chat");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  const badge = document.createElement("b");
  button.append(
    drawn(
      "svg",
      { viewBox: "0 0 24 24", "aria-hidden": "true" },
      drawn("path", { class: "talk", d: TALK }),
      drawn("path", { class: "close", d: CLOSE }),
    ),
    badge,
  );
  root.append(button);

  let frame: HTMLIFrameElement | null = null;
  let shown = false;
  let ready = false;
  let user: User = {};

  const tell = (message: object): void => {
    if (ready) frame?.contentWindow?.postMessage(message, base.origin);
  };

  function label(unread: number): void {
    button.setAttribute("aria-label", (shown ? (polish ? "Zwiń czat" : "Minimise the chat") : polish ? "Otwórz czat" : "Open the chat") + (unread ? ` (${unread})` : ""));
    button.setAttribute("aria-expanded", String(shown));
    badge.hidden = !unread;
    badge.textContent = unread > 9 ? "9+" : String(unread);
  }

  function show(now: boolean, byPerson = true): void {
    if (now === shown) return;
    shown = now;
    if (now && !frame) {
      frame = document.createElement("iframe");
      frame.title = polish ? "Czat" : "Chat";
      frame.src = new URL(`panel/${encodeURIComponent(widget)}${language ? `?lang=${encodeURIComponent(language.slice(0, 2))}` : ""}`, base).href;
      root.prepend(frame);
    }
    host.toggleAttribute("open", now);
    label(0);
    tell({ dymek: "shown", shown: now });
    if (byPerson) (now ? frame : button)?.focus();
    try {
      if (now) sessionStorage.setItem(memory, "1");
      else sessionStorage.removeItem(memory);
    } catch {
      // a browser without storage shows the launcher on the next page
    }
  }

  addEventListener("message", ({ source, origin, data }: MessageEvent<{ dymek?: string; count?: number } | null>) => {
    if (!frame || source !== frame.contentWindow || origin !== base.origin) return;
    if (data?.dymek === "minimise") show(false);
    if (data?.dymek === "unread" && !shown) label(data.count ?? 0);
    if (data?.dymek === "ready") {
      ready = true;
      tell({ dymek: "page", url: location.href, title: document.title, referrer: document.referrer });
      tell({ dymek: "user", ...user });
      tell({ dymek: "shown", shown });
    }
  });
  button.onclick = () => show(!shown);

  const api: Api = (command, given) => {
    if (command === "open" || command === "close") show(command === "open");
    if (command === "set_user") {
      // Only what the panel knows: what else the page has there need not even be fit for a message.
      const { name, email, token } = (given ?? {}) as User;
      tell({ dymek: "user", ...(user = { name, email, token }) });
    }
  };
  api.v = 1;
  const queued = page.dymek?.q ?? [];
  page.dymek = api;

  label(0);
  document.body.append(host);
  let open: string | null = null;
  try {
    open = sessionStorage.getItem(memory);
  } catch {
    // as above
  }
  if (open) show(true, false);
  for (const call of queued) api(...call);
}

if (script && !page.dymek?.v) {
  if (document.body) begin(script);
  else addEventListener("DOMContentLoaded", () => begin(script));
}
