/** The tickets tab: views, filters and search, all in the address, and the list, live. */
import "../styles/admin.css";
import { useLocation } from "preact-iso";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { words } from "../i18n/tickets.ts";
import { paths } from "../lib/route.ts";
import { announce } from "../state/announce.ts";
import {
  catchUp,
  hideTickets,
  hold,
  listing,
  release,
  shown,
  showTickets,
  ticketsState,
} from "../state/tickets.ts";
import { CheckIcon, PlusIcon, TicketIcon, WarnIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Blank, Skeleton } from "../ui/parts.tsx";
import { Filters, type FilterProps } from "./Filters.tsx";
import { EVERYTHING_OPEN, narrowing, parseFilter, writeFilter, type TicketFilter } from "./filter.ts";
import { readPeople } from "./people.ts";
import { keepPlace, placeOf } from "./place.ts";
import { TicketCards } from "./TicketCards.tsx";
import { TicketTable } from "./TicketTable.tsx";
import { Older } from "./Older.tsx";

/** Without a pointer that could be seen coming, rows never move by themselves. */
const touch = typeof matchMedia === "function" && matchMedia("(hover: none)").matches;

const found = (): string => {
  const said = words().list;
  const total = listing.value?.total;
  return total === null ? said.foundMany : said.found(total ?? shown.value.rows.length);
};

export default function TicketsPage() {
  const { url, route: go } = useLocation();
  const search = new URL(url, location.origin).search;
  const filter = useMemo(() => parseFilter(search), [search]);
  const page = useRef<HTMLElement>(null);
  const said = words();

  useEffect(() => {
    void readPeople();
    return hideTickets;
  }, []);
  useEffect(() => void showTickets(filter), [filter]);
  const state = ticketsState.value;
  const told = useRef(search);
  useEffect(() => {
    // How many there are is said when the agent has asked for others, not as the list changes by itself.
    if (ticketsState.peek() !== "ready" || told.current === search) return;
    told.current = search;
    announce(found());
  }, [state, search]);
  useEffect(() => {
    if (state !== "ready") return;
    if (touch) hold();
    if (page.current) page.current.scrollTop = placeOf(search);
  }, [state, search]);

  const set = (patch: Partial<TicketFilter>, replace = false): void =>
    go(paths.tickets + writeFilter({ ...filter, ...patch }), replace);

  return (
    <main class="page" id="main" tabIndex={-1} ref={page} onScroll={() => keepPlace(search, page.current?.scrollTop ?? 0)}>
      <div class="page__inner page__inner--wide">
        <header class="page__head">
          <div>
            <h1 class="page__title">{said.title}</h1>
            <p class="page__lead">{said.lead}</p>
          </div>
          <a class="button" href={paths.newTicket()}>
            <PlusIcon size={18} />
            {said.create}
          </a>
        </header>
        <Filters filter={filter} set={set} />
        <List filter={filter} set={set} />
      </div>
    </main>
  );
}

function List({ filter, set }: FilterProps) {
  const said = words().list;
  const box = useRef<HTMLDivElement>(null);
  const over = useRef(false);
  const state = ticketsState.value;
  const { rows, news } = shown.value;
  if (state === "fault") {
    return (
      <Blank icon={<WarnIcon size={28} />} title={said.fault} text={t().serviceFault} tone="warn">
        <button type="button" class="button" onClick={() => void showTickets(filter)}>
          {t().retry}
        </button>
      </Blank>
    );
  }
  if (state !== "ready" && rows.length === 0) return <Skeleton lines={8} />;
  const inside = (): boolean => box.current?.contains(document.activeElement) ?? false;
  const letGo = (): void => {
    if (!touch) release();
  };
  const catchUpBy = (event: MouseEvent): void => {
    catchUp();
    // Pressed by a key the button had the focus, and goes.
    if (event.detail === 0) box.current?.focus();
  };
  return (
    <div
      ref={box}
      tabIndex={-1}
      class="tickets__list"
      onPointerMove={(event) => {
        if (event.pointerType !== "mouse") return;
        over.current = true;
        hold();
      }}
      onPointerLeave={() => {
        over.current = false;
        if (!inside()) letGo();
      }}
      onFocusIn={hold}
      onFocusOut={(event) => {
        const stays = event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget);
        if (!stays && !over.current) letGo();
      }}
    >
      <div class="tickets__bar">
        <p class="tickets__total" data-testid="tickets-total">
          {state === "ready" && found()}
        </p>
        {news > 0 && (
          <button
            type="button"
            class="button button--small tickets__news"
            data-testid="tickets-news"
            onClick={catchUpBy}
          >
            {said.news(news)}
          </button>
        )}
      </div>
      {rows.length === 0 ? (
        <Nothing filter={filter} set={set} />
      ) : (
        <div class="tickets__rows" aria-busy={state !== "ready"}>
          {narrow.value ? <TicketCards rows={rows} /> : <TicketTable rows={rows} filter={filter} set={set} />}
          <Older />
        </div>
      )}
    </div>
  );
}

function Nothing({ filter, set }: FilterProps) {
  const said = words();
  const chosen = narrowing(filter) > 0 || filter.q || filter.customer || filter.conversation;
  if (!chosen) {
    return <Blank icon={<CheckIcon size={28} />} title={said.list.doneTitle} text={said.list.doneText} />;
  }
  if (filter.statuses?.length === 0 && narrowing({ ...filter, statuses: null }) === 0 && !filter.q && !filter.customer) {
    return <Blank icon={<TicketIcon size={28} />} title={said.list.emptyTitle} text={said.list.emptyText} />;
  }
  return (
    <Blank icon={<TicketIcon size={28} />} title={said.list.nothingTitle} text={said.list.nothingText}>
      <button type="button" class="button" onClick={() => set({ ...EVERYTHING_OPEN, sort: filter.sort, order: filter.order })}>
        {said.filters.clear}
      </button>
    </Blank>
  );
}
