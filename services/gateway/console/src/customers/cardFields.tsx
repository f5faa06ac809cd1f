/** The fields that every card has: single lines, the note, and lists of addresses and phones. */
import { useEffect, useRef } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { CloseIcon } from "../ui/icons.tsx";
import { MAX } from "./check.ts";
import { FaultLine, Field, useAround, useFault } from "./fieldFrame.tsx";

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
