/** What the list is narrowed and ordered by: views that are often wanted, a search as one types, and single choices. */
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/tickets.ts";
import { paths } from "../lib/route.ts";
import { listing } from "../state/tickets.ts";
import { CloseIcon, FilterIcon, SearchIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Choices } from "./Choices.tsx";
import {
  EVERYTHING_OPEN,
  LONGEST_QUESTION,
  narrowing,
  STATUSES,
  statusesOf,
  tidyTag,
  UNCLOSED,
  writeFilter,
  type Sort,
  type TicketFilter,
} from "./filter.ts";
import { agents, topics } from "./people.ts";

const PAUSE_MS = 300;

interface Props {
  filter: TicketFilter;
  /** `replace`: the step back leads past this one. */
  set: (patch: Partial<TicketFilter>, replace?: boolean) => void;
}

export function Filters({ filter, set }: Props) {
  const said = words().filters;
  const [open, setOpen] = useState(false);
  const wide = !narrow.value;
  return (
    <>
      <Views filter={filter} />
      <search class="tickets__filters" aria-label={said.label}>
        <Search filter={filter} set={set} />
        {!wide && (
          <button type="button" class="button" aria-expanded={open} aria-controls="ticket-filters" onClick={() => setOpen(!open)}>
            <FilterIcon size={18} />
            {said.button(narrowing(filter))}
          </button>
        )}
        {(wide || open) && (
          <div class="tickets__choices" id="ticket-filters">
            <Status filter={filter} set={set} />
            <Assignee filter={filter} set={set} />
            <Topics filter={filter} set={set} />
            <Tag filter={filter} set={set} />
            <Order filter={filter} set={set} />
          </div>
        )}
      </search>
      <Special filter={filter} set={set} />
    </>
  );
}

function Views({ filter }: { filter: TicketFilter }) {
  const said = words().views;
  const { sort, order } = filter;
  const views: [string, Partial<TicketFilter>][] = [
    [said.unclosed, {}],
    [said.mine, { assignee: "me" }],
    [said.nobodys, { assignee: "none" }],
    [said.unread, { unread: true }],
    [said.closed, { statuses: ["closed"] }],
    [said.all, { statuses: [] }],
  ];
  const now = writeFilter(filter);
  return (
    <nav class="tickets__views" aria-label={said.label}>
      {views.map(([label, choice]) => {
        const query = writeFilter({ ...EVERYTHING_OPEN, sort, order, ...choice });
        return (
          <a key={label} class="tickets__view" href={paths.tickets + query} aria-current={query === now ? "page" : undefined}>
            {label}
          </a>
        );
      })}
    </nav>
  );
}

/** Looks while one types, after a pause; every word goes into the address, but the way back leads past them all. */
function Search({ filter, set }: Props) {
  const said = words().filters;
  const [text, setText] = useState(filter.q);
  const asked = useRef(filter.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(set);
  latest.current = set;
  useEffect(() => {
    // Another address than this field has asked for: a way back, or a view.
    if (filter.q !== asked.current) setText(filter.q);
    asked.current = filter.q;
  }, [filter.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = (q: string): void => {
    clearTimeout(timer.current);
    if (q === asked.current) return;
    asked.current = q;
    latest.current({ q }, true);
  };
  return (
    <form
      class="tickets__search"
      onSubmit={(event) => {
        event.preventDefault();
        look(text.trim());
      }}
    >
      <SearchIcon size={18} />
      <input
        class="input"
        type="search"
        value={text}
        maxLength={LONGEST_QUESTION}
        placeholder={said.searchHint}
        aria-label={said.search}
        autoComplete="off"
        onInput={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => look(next.trim()), PAUSE_MS);
        }}
      />
    </form>
  );
}

function Status({ filter, set }: Props) {
  const said = words().filters;
  const names = words().statuses;
  const chosen = statusesOf(filter);
  const all = chosen.length === 0;
  const summary = all
    ? said.anyStatus
    : chosen.length === UNCLOSED.length && !chosen.includes("closed")
      ? said.unclosed
      : chosen.map((status) => names[status]).join(", ");
  return (
    <Choices
      label={said.status}
      summary={summary}
      options={STATUSES.map((status) => [status, names[status]])}
      chosen={all ? STATUSES : chosen}
      onChange={(next) => set({ statuses: next.length === STATUSES.length ? [] : next.length ? next : null })}
    />
  );
}

function Assignee({ filter, set }: Props) {
  const said = words().filters;
  const one = filter.assignee ?? "";
  const known = agents.value.some(({ id }) => id === one);
  return (
    <label class="tickets__choice">
      <span class="field__label">{said.assignee}</span>
      <select class="input input--small select" value={one} onChange={(event) => set({ assignee: event.currentTarget.value || null })}>
        <option value="">{said.anyone}</option>
        <option value="me">{said.me}</option>
        <option value="none">{said.none}</option>
        {!known && one && one !== "me" && one !== "none" && <option value={one}>{words().others.somebody}</option>}
        {agents.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Topics({ filter, set }: Props) {
  const said = words().filters;
  const { topics: chosen } = filter;
  const name = topics.value.find(({ id }) => id === chosen[0])?.name;
  const summary = chosen.length === 0 ? said.anyTopic : chosen.length === 1 && name ? name : said.chosen(chosen.length);
  return (
    <Choices
      label={said.topic}
      summary={summary}
      options={topics.value.map(({ id, name }) => [id, name])}
      chosen={chosen}
      onChange={(next) => set({ topics: next })}
    />
  );
}

function Tag({ filter, set }: Props) {
  const said = words().filters;
  const [text, setText] = useState(filter.tag);
  useEffect(() => setText(filter.tag), [filter.tag]);
  const known = [...new Set(listing.value?.rows.flatMap((ticket) => ticket.tags))].sort();
  const choose = (next: string): void => {
    const tag = tidyTag(next);
    if (tag !== filter.tag) set({ tag });
  };
  return (
    <>
      <label class="tickets__choice tickets__choice--tag">
        <span class="field__label">{said.tag}</span>
        <input
          class="input input--small"
          value={text}
          maxLength={60}
          list="known-tags"
          autoComplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
          onChange={(event) => choose(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && choose(event.currentTarget.value)}
        />
        <datalist id="known-tags">
          {known.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </label>
      <label class="check tickets__check">
        <input type="checkbox" checked={filter.unread} onChange={(event) => set({ unread: event.currentTarget.checked })} />
        {said.unread}
      </label>
    </>
  );
}

function Order({ filter, set }: Props) {
  const said = words().filters;
  const order = said[filter.order];
  return (
    <div class="tickets__choice tickets__choice--order">
      <label class="field__label" for="ticket-order">
        {said.sort}
      </label>
      <span class="tickets__order">
        <select
          id="ticket-order"
          class="input input--small select"
          value={filter.sort}
          onChange={(event) => set({ sort: event.currentTarget.value as Sort })}
        >
          {(Object.entries(said.sorts) as [Sort, string][]).map(([sort, name]) => (
            <option key={sort} value={sort}>
              {name}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="button button--small"
          aria-label={said.turn(order)}
          title={order}
          onClick={() => set({ order: filter.order === "asc" ? "desc" : "asc" })}
        >
          {filter.order === "asc" ? "↑" : "↓"}
        </button>
      </span>
    </div>
  );
}

/** Filters that come from elsewhere, and how all of them are dropped. */
function Special({ filter, set }: Props) {
  const said = words().filters;
  const customer = listing.value?.rows.find((ticket) => ticket.customer?.id === filter.customer)?.customer;
  const drops: [string, Partial<TicketFilter>][] = [
    ...(filter.customer ? [[said.customer(customer?.name ?? said.oneCustomer), { customer: null }] as [string, Partial<TicketFilter>]] : []),
    ...(filter.conversation ? [[said.conversation, { conversation: null }] as [string, Partial<TicketFilter>]] : []),
  ];
  if (drops.length === 0 && narrowing(filter) < 2) return null;
  return (
    <p class="tickets__special">
      {drops.map(([label, patch]) => (
        <button key={label} type="button" class="chip" aria-label={said.drop(label)} onClick={() => set(patch)}>
          {label}
          <CloseIcon size={14} />
        </button>
      ))}
      <button
        type="button"
        class="link-button"
        onClick={() => set({ ...EVERYTHING_OPEN, sort: filter.sort, order: filter.order })}
      >
        {said.clear}
      </button>
    </p>
  );
}
