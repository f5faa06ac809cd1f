/** What somebody else has just done to the ticket that is open; also said aloud, when it happens. */
import { words } from "../i18n/tickets.ts";
import { CloseIcon, InfoIcon } from "../ui/icons.tsx";
import { dirty } from "./edit.ts";
import type { OpenTicket } from "./open.ts";

export function Others({ open }: { open: OpenTicket }) {
  const told = open.told.value;
  if (!told) return null;
  const said = words().others;
  const fields = told.fields.map((field) => words().fields[field]).join(", ");
  const edit = open.edit.value;
  return (
    <div class="note note--info ticket__told" data-testid="ticket-told">
      <InfoIcon />
      <span>
        {fields && said.changed(told.who, fields)}
        {fields && told.wrote && ". "}
        {told.wrote && said.wrote(told.who)}
        {edit && dirty(edit) && `. ${said.kept}`}
      </span>
      <button type="button" class="icon-button" aria-label={said.dismiss} onClick={open.dismiss}>
        <CloseIcon size={16} />
      </button>
    </div>
  );
}
