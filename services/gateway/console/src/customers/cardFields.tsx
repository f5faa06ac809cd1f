/** The fields of a card's form: each tied to its label, to what is wrong with it, and to what somebody else wrote there. */
import type { CustomField, FieldDefinition, LanguageCode, NamedRef } from "@dymek/wire";
import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useId, useRef } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { language } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { CloseIcon, InfoIcon } from "../ui/icons.tsx";
import { MAX, type CardFault } from "./check.ts";
import type { CardForm } from "./cardForm.ts";
import type { Part } from "./draft.ts";
import { kept, shownValue, typed } from "./values.ts";

interface Around {
  form: CardForm;
  /** Beside a conversation: take the card whose address it is, instead. */
  onTake: ((customer: NamedRef) => void) | null;
}

export const AroundFields = createContext<Around | null>(null);

function useAround(): Around {
  const around = useContext(AroundFields);
  if (!around) throw new Error("a field of a card stands outside its form");
  return around;
}

function useFault(path: string, hint: boolean) {
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

function FaultLine({ id, fault }: { id: string; fault: CardFault | null }) {
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
function Field({ part, label, hint, required = false, shown = (value) => value, value, children }: FieldProps) {
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

export function LineField({ part, label, value, required = false }: { part: "name" | "company"; label: string; value: string; required?: boolean }) {
  return (
    <Field part={part} label={label} value={value} required={required}>
      {(control, text, set) => (
        <input
          {...control}
          class="input input--small"
          autoComplete="off"
          required={required}
          value={text}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function NoteField({ value }: { value: string }) {
  return (
    <Field part="note" label={words().card.note} hint={words().card.noteHint} value={value}>
      {(control, text, set) => (
        <textarea
          {...control}
          class="input cform__note"
          rows={4}
          value={text}
          onInput={(event) => set(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface LinesProps {
  path: "emails" | "phones";
  legend: string;
  nameOf: (n: number) => string;
  add: string;
  remove: (what: string) => string;
  type: "email" | "tel";
  values: readonly string[];
}

/** Several lines of one kind; there is always one to write in. */
export function LinesField({ path, legend, nameOf, add, remove, type, values }: LinesProps) {
  const { form } = useAround();
  const list = useRef<HTMLFieldSetElement>(null);
  const focus = useRef<number | null>(null);
  const rows = values.length > 0 ? values : [""];
  const change = (next: readonly string[]): void => form.set({ [path]: next });
  useEffect(() => {
    if (focus.current === null) return;
    const inputs = list.current?.querySelectorAll<HTMLInputElement>("input");
    inputs?.[Math.min(focus.current, inputs.length - 1)]?.focus();
    focus.current = null;
  });
  return (
    <fieldset class="lines" ref={list}>
      <legend class="field__label">{legend}</legend>
      {rows.map((value, at) => (
        <LineRow
          key={at}
          path={`${path}.${at}`}
          type={type}
          name={nameOf(at + 1)}
          value={value}
          remove={rows.length > 1 || value ? remove(value) : null}
          onChange={(text) => change(rows.map((one, n) => (n === at ? text : one)))}
          onRemove={() => {
            focus.current = at;
            change(rows.filter((_, n) => n !== at));
          }}
        />
      ))}
      {rows.length < MAX.list && (
        <button
          type="button"
          class="button button--small button--quiet lines__add"
          onClick={() => {
            focus.current = rows.length;
            change([...rows, ""]);
          }}
        >
          + {add}
        </button>
      )}
    </fieldset>
  );
}

interface RowProps {
  path: string;
  type: "email" | "tel";
  name: string;
  value: string;
  remove: string | null;
  onChange: (text: string) => void;
  onRemove: () => void;
}

function LineRow({ path, type, name, value, remove, onChange, onRemove }: RowProps) {
  const { id, fault, control } = useFault(path, false);
  return (
    <div class="lines__row">
      <input
        {...control}
        class="input input--small"
        type={type as "text"}
        autoComplete="off"
        aria-label={name}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {remove !== null && (
        <button type="button" class="icon-button" aria-label={remove} title={remove} onClick={onRemove}>
          <CloseIcon size={18} />
        </button>
      )}
      <FaultLine id={id} fault={fault} />
    </div>
  );
}

export const shownOf = (field: Pick<CustomField, "kind">, value: string, code: LanguageCode): string =>
  shownValue(field.kind, value, code, words().card);

/** A custom field, by its kind. */
export function ValueField({ field, value, before }: { field: FieldDefinition; value: string; before: string }) {
  const code = language.value;
  const said = words().card;
  const hints = { number: said.numberHint, link: said.linkHint } as Partial<Record<FieldDefinition["kind"], string>>;
  const hint = hints[field.kind];
  return (
    <Field
      part={`values.${field.id}`}
      label={field.label}
      value={value}
      shown={(theirs) => shownOf(field, theirs, code)}
      {...(hint ? { hint } : {})}
    >
      {(control, text, set) => {
        switch (field.kind) {
          case "choice":
          case "yes_no":
            return (
              <select {...control} class="input input--small cform__select" value={text} onChange={(event) => set(event.currentTarget.value)}>
                <option value="">{said.notSet}</option>
                {optionsOf(field, [text, before]).map(([key, name]) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </select>
            );
          default:
            return (
              <input
                {...control}
                class="input input--small"
                type={(field.kind === "date" ? "date" : field.kind === "link" ? "url" : "text") as "text"}
                inputMode={field.kind === "number" ? "decimal" : undefined}
                autoComplete="off"
                value={typed(field.kind, text, code)}
                onInput={(event) => set(kept(field.kind, event.currentTarget.value, code))}
              />
            );
        }
      }}
    </Field>
  );
}

/** What is on the card stays to be chosen, also when it was taken off the list. */
function optionsOf(field: FieldDefinition, values: readonly string[]): [string, string][] {
  const said = words().card;
  if (field.kind === "yes_no")
    return [
      ["yes", said.yes],
      ["no", said.no],
    ];
  const off = [...new Set(values)].filter((value) => value && !field.choices.includes(value));
  return [
    ...field.choices.map((choice): [string, string] => [choice, choice]),
    ...off.map((value): [string, string] => [value, said.notOffered(value)]),
  ];
}
