/** What was changed of a ticket and is not saved yet, within reach wherever one has scrolled to. */
import { words } from "../i18n/tickets.ts";
import { InfoIcon, WarnIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/parts.tsx";
import { Clashes } from "./Clashes.tsx";
import { dirty } from "./edit.ts";
import type { OpenTicket } from "./open.ts";
import type { Trouble } from "./outcomes.ts";

export function SaveBar({ open }: { open: OpenTicket }) {
  const said = words().save;
  const edit = open.edit.value;
  const trouble = open.trouble.value;
  const saving = open.busy.value === "saving";
  const changed = edit !== null && dirty(edit);
  const clashing = edit !== null && edit.clashes.length > 0;
  const calm = trouble?.kind === "restored";
  if (!changed && !trouble) return null;
  return (
    <div class="ticket__save" data-testid="ticket-save">
      <div role="status">{calm && <TroubleNote trouble={trouble} />}</div>
      <div role="alert">{trouble && !calm && <TroubleNote trouble={trouble} />}</div>
      {clashing && <Clashes open={open} edit={edit} />}
      {changed && (
        <div class="ticket__bar">
          <span>{said.unsaved}</span>
          <button type="button" class="button" onClick={open.discard}>
            {said.discard}
          </button>
          <button
            type="button"
            class="button button--primary"
            aria-disabled={clashing || open.busy.value !== null}
            onClick={() => void open.save()}
          >
            {saving && <Spinner />}
            {saving ? said.saving : said.save}
          </button>
        </div>
      )}
    </div>
  );
}

function TroubleNote({ trouble }: { trouble: Trouble }) {
  const said = words().save;
  const text = {
    restored: said.restored,
    wrong: trouble.kind === "wrong" ? Object.values(trouble.wrong).map((one) => said.wrong[one]).join(" ") : "",
    refused: trouble.kind === "refused" ? said.refused(trouble.said) : "",
    gone: said.gone,
    fault: said.fault,
  }[trouble.kind];
  const calm = trouble.kind === "restored";
  return (
    <p class={`note ${calm ? "note--info" : "note--danger"}`}>
      {calm ? <InfoIcon /> : <WarnIcon />}
      <span>{text}</span>
    </p>
  );
}
