/** Fields that two people have changed in different ways: both words side by side, and whose shall hold. */
import { useEffect, useRef } from "preact/hooks";
import { words } from "../i18n/tickets.ts";
import type { Edit, Field, TicketState, Values } from "./edit.ts";
import type { OpenTicket } from "./open.ts";
import { stateText } from "./StatusTag.tsx";

export function describe<F extends Field>(field: F, value: Values[F]): string {
  const said = words();
  if (field === "state") return stateText(value as TicketState);
  if (field === "subject_line") return value as string;
  if (field === "tags") return (value as string[]).join(", ") || said.others.nothing;
  return (value as { name: string } | null)?.name ?? (field === "assignee" ? said.nobody : said.others.nothing);
}

export function Clashes({ open, edit }: { open: OpenTicket; edit: Edit }) {
  const said = words().others;
  const names = words().fields;
  const box = useRef<HTMLElement>(null);
  const many = edit.clashes.length;
  // Taken away with its field, a button leaves the focus nowhere.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus();
  }, [many]);
  return (
    <section ref={box} class="ticket-clashes" tabIndex={-1} aria-labelledby="ticket-clashes" data-testid="clashes">
      <h2 id="ticket-clashes">{said.clashTitle}</h2>
      <p>{said.clashLead}</p>
      <ul>
        {edit.clashes.map((field) => (
          <li key={field} class="ticket-clash" data-field={field}>
            <strong class="ticket-clash__field">{names[field]}</strong>
            <div class="ticket-clash__side">
              <span class="ticket-clash__whose">{said.mine}</span>
              <span class="ticket-clash__value">{describe(field, edit.mine[field] as Values[typeof field])}</span>
              <button
                type="button"
                class="button button--small"
                aria-label={said.ofField(said.keepMine, names[field])}
                onClick={() => open.keepMine([field])}
              >
                {said.keepMine}
              </button>
            </div>
            <div class="ticket-clash__side">
              <span class="ticket-clash__whose">{said.theirs}</span>
              <span class="ticket-clash__value">{describe(field, edit.base[field])}</span>
              <button
                type="button"
                class="button button--small"
                aria-label={said.ofField(said.takeTheirs, names[field])}
                onClick={() => open.takeTheirs([field])}
              >
                {said.takeTheirs}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {many > 1 && (
        <p class="ticket-clashes__all">
          <button type="button" class="link-button" onClick={() => open.keepMine()}>
            {said.keepAll}
          </button>
          <button type="button" class="link-button" onClick={() => open.takeTheirs()}>
            {said.takeAll}
          </button>
        </p>
      )}
    </section>
  );
}
