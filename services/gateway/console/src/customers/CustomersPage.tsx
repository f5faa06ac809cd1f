/** All customers by name, and those that answer what is typed; what is sought stands in the address. */
import { useLocation } from "preact-iso";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { t } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { PersonIcon, SearchIcon, WarnIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Avatar, Blank, Skeleton, Spinner } from "../ui/parts.tsx";
import { Marked } from "./Marked.tsx";
import { useReadOn } from "./focus.ts";
import { keepPlace, placeOf } from "./place.ts";
import { given, statusOf, useSearch, useSettled, type Found, type Search } from "./search.ts";
import { SearchBox } from "./SearchBox.tsx";

export default function CustomersPage() {
  const said = words().list;
  const { query, route } = useLocation();
  const sought = query["q"] ?? "";
  const [text, setText] = useState(sought);
  const settled = useSettled(text.trim());
  const told = useRef(sought);
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    route(paths.customers(settled), true);
  }, [settled]);
  useEffect(() => {
    // Somebody came here by another address than what was typed: back, or by a link.
    if (sought === told.current) return;
    told.current = sought;
    setText(sought);
  }, [sought]);
  const search = useSearch(sought, { remembered: true });
  const page = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (page.current) page.current.scrollTop = placeOf(sought);
  }, [sought]);
  return (
    <main
      class="page"
      id="main"
      tabIndex={-1}
      ref={page}
      onScroll={(event) => keepPlace(sought, event.currentTarget.scrollTop)}
    >
      <div class="page__inner">
        <header class="page__head">
          <div>
            <h1 class="page__title">{said.title}</h1>
            <p class="page__lead">{said.lead}</p>
          </div>
          <a class="button button--primary" href={paths.newCustomer()}>
            {said.add}
          </a>
        </header>
        <SearchBox value={text} onChange={setText} hint={said.searchHint} />
        <p class="found" role="status" data-testid="found">
          {statusOf(search)}
        </p>
        <Results search={search} sought={sought} />
      </div>
    </main>
  );
}

function Results({ search, sought }: { search: Search; sought: string }) {
  const said = words().list;
  const { found, state, again } = search;
  const failed = state === "fault";
  const ended = found?.next === null && !failed;
  const { list, pressed } = useReadOn<HTMLDivElement>(found?.customers.length ?? 0, ended);
  // What answers something else is no answer beside the note.
  if (failed && found?.q !== sought)
    return (
      <Blank icon={<WarnIcon size={28} />} title={said.fault} text={t().serviceFault} tone="warn">
        <button type="button" class="button" onClick={again}>
          {t().retry}
        </button>
      </Blank>
    );
  if (!found) return <Skeleton lines={8} />;
  if (found.customers.length === 0)
    return found.q ? (
      <Blank icon={<SearchIcon size={28} />} title={said.noneTitle} text={said.noneText(found.q)}>
        <a class="button" href={paths.newCustomer(given(found.q))}>
          {said.addNamed(found.q)}
        </a>
      </Blank>
    ) : (
      <Blank icon={<PersonIcon size={28} />} title={said.emptyTitle} text={said.emptyText} />
    );
  return (
    <div class="results" ref={list} data-busy={state === "busy"} aria-busy={state === "busy"}>
      {narrow.value ? <Cards found={found} /> : <Table found={found} />}
      {failed && (
        <p class="note note--danger" role="alert">
          <WarnIcon />
          <span>{said.fault}</span>
        </p>
      )}
      <p class="page__end">
        {ended ? (
          said.all
        ) : (
          <button
            type="button"
            class="button"
            aria-disabled={state === "busy"}
            onClick={() => {
              pressed();
              (failed ? again : search.more)();
            }}
          >
            {state === "busy" && <Spinner />}
            {failed ? t().retry : said.more}
          </button>
        )}
      </p>
    </div>
  );
}

function Table({ found }: { found: Found }) {
  const said = words().list;
  return (
    <table class="table customers">
      <caption class="sr">{said.title}</caption>
      <thead>
        <tr>
          <th scope="col">{said.name}</th>
          <th scope="col">{said.company}</th>
          <th scope="col">{said.email}</th>
          <th scope="col">{said.phone}</th>
        </tr>
      </thead>
      <tbody>
        {found.customers.map((customer) => (
          <tr key={customer.id} data-testid="customer-row">
            <td>
              <span class="customers__name">
                <Avatar name={customer.name} size="sm" />
                <a class="table__link" href={paths.customer(customer.id)}>
                  <Marked text={customer.name} q={found.q} />
                </a>
              </span>
            </td>
            <td>
              <Marked text={customer.company} q={found.q} />
            </td>
            <td class="customers__email">
              <Marked text={customer.email} q={found.q} />
            </td>
            <td class="customers__phone">
              <Marked text={customer.phone} q={found.q} phone />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ found }: { found: Found }) {
  return (
    <ul class="ticket-cards">
      {found.customers.map((customer) => (
        <li key={customer.id} data-testid="customer-row">
          <a class="ticket-card" href={paths.customer(customer.id)}>
            <span class="customers__name">
              <Avatar name={customer.name} size="sm" />
              <span class="ticket-card__subject">
                <Marked text={customer.name} q={found.q} />
              </span>
            </span>
            {customer.company && (
              <span class="ticket-card__who">
                <Marked text={customer.company} q={found.q} />
              </span>
            )}
            {customer.email && (
              <span class="ticket-card__who">
                <Marked text={customer.email} q={found.q} />
              </span>
            )}
            {customer.phone && (
              <span class="ticket-card__who">
                <Marked text={customer.phone} q={found.q} phone />
              </span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
