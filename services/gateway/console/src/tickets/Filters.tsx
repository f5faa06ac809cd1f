/** What the list is narrowed and ordered by: views that are often wanted, a search as one types, and single choices. */
import { useEffect, useState } from "preact/hooks";
import { words } from "../i18n/tickets.ts";
import { listing } from "../state/tickets.ts";
import { FilterIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Choices } from "./Choices.tsx";
import { narrowing, STATUSES, statusesOf, tidyTag, UNCLOSED, type Sort, type TicketFilter } from "./filter.ts";
import { agents, topics } from "./people.ts";
import { Search } from "./Search.tsx";
import { Special } from "./Special.tsx";
import { Views } from "./Views.tsx";

export interface FilterProps {
  filter: TicketFilter;
  /** `replace`: the step back leads past this one. */
  set: (patch: Partial<TicketFilter>, replace?: boolean) => void;
}

export function Filters({ filter, set }: FilterProps) {
  const said = words().filters;
  const [open, setOpen] = useState(false);
  const wide = !narrow.value;
  return (
    <>
      <Views filter={filter} />
      <search class="tickets__filters" aria-label={said.label}>
        <Search filter={filter} set={set} />
        {!wide && (
          <button
            type="button"
            class="button"
            aria-expanded={open}
            aria-controls="ticket-filters"
            onClick={() => setOpen(!open)}
          >
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

function Status({ filter, set }: FilterProps) {
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

function Assignee({ filter, set }: FilterProps) {
  const said = words().filters;
  const one = filter.assignee ?? "";
  const known = agents.value.some(({ id }) => id === one);
  return (
    <label class="tickets__choice">
      <span class="field__label">{said.assignee}</span>
      <select
        class="input input--small select"
        value={one}
        onChange={(event) => set({ assignee: event.currentTarget.value || null })}
      >
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

function Topics({ filter, set }: FilterProps) {
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

function Tag({ filter, set }: FilterProps) {
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

function Order({ filter, set }: FilterProps) {
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
