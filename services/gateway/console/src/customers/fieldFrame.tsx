/** What stands around a field of a card: its label, what is wrong with it, and what somebody else wrote there. */
import type { NamedRef } from "@dymek/wire";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useId } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { paths } from "../lib/route.ts";
import { InfoIcon } from "../ui/icons.tsx";
import type { CardFault } from "./check.ts";
import type { CardForm } from "./cardForm.ts";
import type { Part } from "./draft.ts";

interface Around {
  form: CardForm;
  /** Beside a conversation: take the card whose address it is, instead. */
  onTake: ((customer: NamedRef) => void) | null;
}

export const AroundFields = createContext<Around | null>(null);

export function useAround(): Around {
  const around = useContext(AroundFields);
  if (!around) throw new Error("a field of a card stands outside its form");
  return around;
}

export function useFault(path: string, hint: boolean) {
  const id = useId();
  const fault = useAround().form.faults[path] ?? null;
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  return {
    id,
    fault,
    control: {
      id,
      name: path,
      "aria-invalid": fault ? ("true" as const) : undefined,
      "aria-describedby": described || undefined,
    },
  };
}

function faultText(fault: CardFault): string {
  const said = words().faults;
  switch (fault.rule) {
    case "long":
    case "many":
      return said[fault.rule](fault.max);
    case "taken":
      return fault.customer ? said.taken : said.takenFree;
    case "refused":
      return said.refused(fault.said);
    default:
      return said[fault.rule];
  }
}

export function FaultLine({ id, fault }: { id: string; fault: CardFault | null }) {
  const { onTake } = useAround();
  if (!fault) return null;
  const owner = fault.rule === "taken" ? fault.customer : null;
  return (
    <div class="cform__fault" id={`${id}-fault`}>
      {faultText(fault)}
      {owner && (
        <>
          {" "}
          <a href={paths.customer(owner.id)} target="_blank" rel="noopener">
            {owner.name}
            <span class="sr"> ({words().history.newTab})</span>
          </a>
          {onTake && (
            <button type="button" class="button button--small cform__take" onClick={() => onTake(owner)}>
              {words().beside.takeThis(owner.name)}
            </button>
          )}
        </>
      )}
    </div>
  );
}

interface FieldProps {
  part: Part;
  label: string;
  hint?: string;
  required?: boolean;
  /** What somebody else wrote, as people read it. */
  shown?: (value: string) => string;
  children: (control: ReturnType<typeof useFault>["control"], value: string, set: (text: string) => void) => ComponentChildren;
  value: string;
}

/** One value with its label, hint, fault, and the other's word where two people wrote different things. */
export function Field({ part, label, hint, required = false, shown = (value) => value, value, children }: FieldProps) {
  const { form } = useAround();
  const { id, fault, control } = useFault(part, hint !== undefined);
  const theirs = form.clashes[part];
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
        {required && <span aria-hidden="true"> *</span>}
      </label>
      {children(control, value, (text) => form.setPart(part, text))}
      {hint && (
        <span class="cform__hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <FaultLine id={id} fault={fault} />
      {theirs !== undefined && <Clash part={part} label={label} theirs={theirs && shown(theirs)} control={id} />}
    </div>
  );
}

function Clash({ part, label, theirs, control }: { part: Part; label: string; theirs: string; control: string }) {
  const { form } = useAround();
  const said = words().trouble;
  // The answer takes the question away: the focus goes to the field it was about.
  const answered = (run: (part: Part) => void) => (): void => {
    document.getElementById(control)?.focus();
    run(part);
  };
  return (
    <div class="clash" data-testid="clash">
      <p class="clash__words">
        <InfoIcon size={16} />
        <span>{theirs ? said.clash(theirs) : said.clashEmpty}</span>
      </p>
      <div class="clash__ways">
        <button
          type="button"
          class="button button--small"
          aria-label={said.takeOf(label)}
          onClick={answered(form.takeTheirs)}
        >
          {said.take}
        </button>
        <button
          type="button"
          class="button button--small button--quiet"
          aria-label={said.keepMineOf(label)}
          onClick={answered(form.keepMine)}
        >
          {said.keepMine}
        </button>
      </div>
    </div>
  );
}
