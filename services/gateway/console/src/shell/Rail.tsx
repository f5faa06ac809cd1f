/** Navigation, the agent's status and settings: at the side on a desk, at the bottom on a phone. */
import type { Me } from "@dymek/wire";
import { useEffect } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { paths, type Route } from "../lib/route.ts";
import { offersTotal, unreadTotal } from "../state/glances.ts";
import { connectionStatus, desk } from "../state/live.ts";
import { administers, supervises } from "../state/role.ts";
import { unreadTickets, watchTickets } from "../state/tickets.ts";
import { usePopup } from "../ui/hooks.ts";
import { ChatIcon, GearIcon, Mark, OutgoingIcon, SlidersIcon, SmileIcon, TeamIcon, TicketIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Avatar } from "../ui/parts.tsx";
import { Settings } from "./Settings.tsx";
import { StatusSwitch, statusText } from "./StatusSwitch.tsx";

export function Rail({ me, route }: { me: Me; route: Route }) {
  const chats = offersTotal.value + unreadTotal.value;
  const words = t().nav;
  const online = connectionStatus.value === "online";
  useEffect(() => (online ? watchTickets() : undefined), [online]);
  return (
    <header class="rail">
      <div class="rail__brand">
        <Mark size={28} />
        <span>{t().product}</span>
      </div>
      <nav class="rail__nav" aria-label={words.label}>
        <a class="rail__link" href={paths.home} aria-current={route.page === "chats" ? "page" : undefined}>
          <ChatIcon />
          <span>{words.chats}</span>
          <Count n={chats} urgent={offersTotal.value > 0} />
        </a>
        <a class="rail__link" href={paths.tickets} aria-current={route.page === "tickets" || route.page === "newTicket" ? "page" : undefined}>
          <TicketIcon />
          <span>{words.tickets}</span>
          <Count n={unreadTickets.value} />
        </a>
        <a
          class="rail__link"
          href={paths.customers()}
          aria-current={route.page === "customers" ? "page" : undefined}
        >
          <TeamIcon />
          <span>{words.customers}</span>
        </a>
        {supervises.value && (
          <a class="rail__link" href={paths.ratings} aria-current={route.page === "ratings" ? "page" : undefined}>
            <SmileIcon />
            <span>{words.ratings}</span>
          </a>
        )}
        {supervises.value && !administers.value && (
          <a class="rail__link" href={paths.mails} aria-current={route.page === "mails" ? "page" : undefined}>
            <OutgoingIcon />
            <span>{words.mails}</span>
          </a>
        )}
        {administers.value && (
          <a
            class="rail__link"
            href={paths.settings()}
            aria-current={route.page === "settings" ? "page" : undefined}
          >
            <SlidersIcon />
            <span>{words.settings}</span>
          </a>
        )}
        {narrow.value && <StatusSheet />}
      </nav>
      {!narrow.value && (
        <div class="rail__status">
          <StatusSwitch />
        </div>
      )}
      <div class="rail__me">
        {!narrow.value && (
          <>
            <Avatar name={me.name} size="sm" />
            <span class="rail__name">{me.name}</span>
          </>
        )}
        <SettingsButton me={me} />
      </div>
    </header>
  );
}

function Count({ n, urgent = false }: { n: number; urgent?: boolean }) {
  if (n === 0) return null;
  return <span class={`count ${urgent ? "count--urgent" : ""}`}>{n > 99 ? "99+" : n}</span>;
}

function SettingsButton({ me }: { me: Me }) {
  const { open, setOpen, root, button } = usePopup();
  return (
    <div class="popup-root" ref={root}>
      <button
        ref={button}
        type="button"
        class="rail__gear"
        aria-label={t().nav.preferences}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <GearIcon />
        {narrow.value && <span aria-hidden="true">{t().nav.preferences}</span>}
      </button>
      {open && <Settings me={me} onLeave={() => setOpen(false)} />}
    </div>
  );
}

function StatusSheet() {
  const { open, setOpen, root, button } = usePopup();
  const now = desk.value;
  return (
    <div class="popup-root" ref={root}>
      <button ref={button} type="button" class="rail__link" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class={`status-dot status-dot--${now?.status ?? "offline"}`} />
        <span>{now ? statusText(now) : t().nav.status}</span>
      </button>
      {open && (
        <div class="popup popup--sheet">
          <StatusSwitch onDone={() => setOpen(false)} />
        </div>
      )}
    </div>
  );
}
