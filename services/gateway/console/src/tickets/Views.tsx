/** Lists that are often wanted, one click away; the order stays as it was chosen. */
import { words } from "../i18n/tickets.ts";
import { paths } from "../lib/route.ts";
import { EVERYTHING_OPEN, writeFilter, type TicketFilter } from "./filter.ts";

export function Views({ filter }: { filter: TicketFilter }) {
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
