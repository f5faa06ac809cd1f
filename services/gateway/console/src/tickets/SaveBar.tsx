/**
 * What was changed of a ticket and is not saved yet, within reach wherever one has scrolled to. What others have changed
 * meanwhile is one line in it until the agent opens it or saves: it comes over nothing that is being written.
 */
import { useEffect, useId, useState } from "preact/hooks";
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
  const id = useId();
  // There from the beginning, it interrupts nobody.
  const [unfolded, unfold] = useState(clashing);
  useEffect(() => {
    if (!clashing) unfold(false);
  }, [clashing]);
  const save = async (): Promise<void> => {
    await open.save();
    if (open.edit.value?.clashes.length) unfold(true);
  };
  if (!changed && !trouble) return null;
  return (
    <div class="ticket__save" data-testid="ticket-save">
      <div role="status">{calm && <TroubleNote trouble={trouble} />}</div>
      <div role="alert">{trouble && !calm && <TroubleNote trouble={trouble} />}</div>
      {clashing && (
        <div class="ticket__fold-line">
          <span>
            <WarnIcon size={18} />
            {words().others.clashed(edit.clashes.map((field) => words().fields[field]).join(", "))}
          </span>
          <button
            type="button"
            class="button button--small"
            aria-expanded={unfolded}
            aria-controls={unfolded ? id : undefined}
            onClick={() => unfold(!unfolded)}
          >
            {unfolded ? words().others.fold : words().others.unfold}
          </button>
        </div>
      )}
      {clashing && unfolded && (
        <div id={id}>
          <Clashes open={open} edit={edit} />
        </div>
      )}
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
            onClick={() => void save()}
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
