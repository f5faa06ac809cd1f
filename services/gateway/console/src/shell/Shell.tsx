/** The frame around every page: navigation, what needs an answer at once, and the page of the address. */
import type { Me } from "@dymek/wire";
import { useLocation } from "preact-iso";
import { useEffect } from "preact/hooks";
import { ChatsPage } from "../chats/ChatsPage.tsx";
import { t } from "../i18n/index.ts";
import { parseRoute, paths, type Route } from "../lib/route.ts";
import { assertive, polite } from "../state/announce.ts";
import { view } from "../state/live.ts";
import { administers, supervises } from "../state/role.ts";
import { InfoIcon } from "../ui/icons.tsx";
import { later } from "../ui/later.tsx";
import { Blank } from "../ui/parts.tsx";
import { Notices } from "./Notices.tsx";
import { OfferTray } from "./OfferTray.tsx";
import { Rail } from "./Rail.tsx";
import { Toasts } from "./Toasts.tsx";
import { useSignals } from "./signals.ts";

const CustomersPage = later(() => import("../customers/CustomersPage.tsx"));
const CustomerPage = later(() => import("../customers/CustomerPage.tsx"));
const TicketsPage = later(() => import("../tickets/TicketsPage.tsx"));
const TicketPage = later(() => import("../tickets/TicketPage.tsx"));
const NewTicketPage = later(() => import("../tickets/new/NewTicketPage.tsx"));
const ConversationPage = later(() => import("../conversations/ConversationPage.tsx"));
const TemplatesPage = later(() => import("../templates/TemplatesPage.tsx"));
const AdminPage = later(() => import("../admin/AdminPage.tsx"));
const MailsPage = later(() => import("../admin/MailsPage.tsx"));
const RatingsPage = later(() => import("../ratings/RatingsPage.tsx"));

export function Shell({ me }: { me: Me }) {
  const { path, route: go } = useLocation();
  const route = parseRoute(path);
  const chat = route.page === "chats" ? route.id : null;
  useEffect(() => view(chat), [chat]);
  useSignals(route, go);
  return (
    <div class="shell" data-page={route.page} data-open={route.id !== null}>
      <a class="skip" href="#main" target="_self" onClick={skipToMain}>
        {t().skip}
      </a>
      <Rail me={me} route={route} />
      <div class="stage">
        <Notices />
        <OfferTray go={go} />
        <Toasts />
        <Page route={route} me={me} />
      </div>
      <div class="sr" aria-live="assertive" data-testid="assertive">
        {assertive.value}
      </div>
      <div class="sr" aria-live="polite" data-testid="polite">
        {polite.value}
      </div>
    </div>
  );
}

function skipToMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Page({ route, me }: { route: Route; me: Me }) {
  switch (route.page) {
    case "chats":
      return <ChatsPage id={route.id} me={me} />;
    case "tickets":
      return route.id ? <TicketPage id={route.id} /> : <TicketsPage />;
    case "templates":
      return <TemplatesPage id={route.id} me={me} />;
    case "settings":
      return administers.value ? <AdminPage section={route.section} id={route.id} me={me} /> : <Lost />;
    case "customers":
      return route.id ? <CustomerPage key={route.id} id={route.id} /> : <CustomersPage />;
    case "newTicket":
      return <NewTicketPage me={me} />;
    case "conversation":
      return <ConversationPage key={route.id} id={route.id} me={me} />;
    case "ratings":
      return supervises.value ? <RatingsPage /> : <Lost />;
    case "mails":
      return supervises.value ? <MailsPage /> : <Lost />;
    case "missing":
      return <Lost />;
  }
}

function Lost() {
  return (
    <main class="page page--middle" id="main" tabIndex={-1}>
      <Blank level={1} icon={<InfoIcon size={28} />} title={t().lost.title} text={t().lost.text}>
        <a class="button button--primary" href={paths.home}>
          {t().lost.home}
        </a>
      </Blank>
    </main>
  );
}
