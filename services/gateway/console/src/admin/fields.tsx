/** Fields of a form: a label, what is typed, its unit, a hint, and the fault beside it, all tied together for those who listen. */
import type { ComponentChildren } from "preact";
import { createContext } from "preact";
import { useContext, useId, useState } from "preact/hooks";
import { words } from "../i18n/admin.ts";
import { duration } from "../lib/format.ts";
import { EyeIcon } from "../ui/icons.tsx";
import { t } from "../i18n/index.ts";
import type { Fault, Faults } from "./checks.ts";

/** The faults of the form around, by path. */
export const FaultsOf = createContext<Faults>({});

export function faultText(fault: Fault): string {
  const said = words().faults;
  switch (fault.rule) {
    case "range":
      return said.range(fault.min, fault.max);
    case "long":
      return said.long(fault.max);
    case "short":
      return said.short(fault.min);
    case "refused":
      return said.refused(fault.said);
    case "said":
      return fault.text;
    default:
      return said[fault.rule];
  }
}

/** The ids and attributes that tie a control to its hint and its fault. */
export function useField(path: string, hint = false) {
  const id = useId();
  const fault = useContext(FaultsOf)[path] ?? null;
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

export function FaultLine({ id, fault }: { id: string; fault: Fault | null }) {
  if (!fault) return null;
  return (
    <span class="field__fault" id={`${id}-fault`}>
      {faultText(fault)}
    </span>
  );
}

export interface FieldProps {
  path: string;
  label: string;
  hint?: string | undefined;
}

function Frame({ id, label, hint, fault, children }: Omit<FieldProps, "path"> & { id: string; fault: Fault | null; children: ComponentChildren }) {
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      {children}
      {hint && (
        <span class="field__hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <FaultLine id={id} fault={fault} />
    </div>
  );
}

interface TextProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "email";
  autoComplete?: string;
}

export function TextField({ path, label, hint, value, onChange, type = "text", autoComplete = "off" }: TextProps) {
  const { id, fault, control } = useField(path, hint !== undefined);
  return (
    <Frame id={id} label={label} hint={hint} fault={fault}>
      <input
        {...control}
        class="input"
        type={type as "text"}
        autoComplete={autoComplete}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </Frame>
  );
}

export function PasswordField({ path, label, hint, value, onChange }: Omit<TextProps, "type" | "autoComplete">) {
  const { id, fault, control } = useField(path, hint !== undefined);
  const [shown, setShown] = useState(false);
  return (
    <Frame id={id} label={label} hint={hint} fault={fault}>
      <span class="input-row">
        <input
          {...control}
          class="input"
          type={(shown ? "text" : "password") as "password"}
          autoComplete="new-password"
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <button
          type="button"
          class="icon-button"
          aria-pressed={shown}
          aria-label={shown ? t().signIn.hide : t().signIn.show}
          onClick={() => setShown(!shown)}
        >
          <EyeIcon />
        </button>
      </span>
    </Frame>
  );
}

interface NumberProps extends FieldProps {
  /** NaN while what stands there is no whole number. */
  value: number;
  onChange: (value: number) => void;
  unit: string;
}

const numberOf = (text: string): number => (/^\s*\d+\s*$/u.test(text) ? Number(text) : Number.NaN);

export function NumberField({ path, label, hint, value, onChange, unit }: NumberProps) {
  const { id, fault, control } = useField(path, hint !== undefined);
  const [text, setText] = useState(Number.isNaN(value) ? "" : String(value));
  // Where the form has another number than was typed, that one stands: a newer version, or the one before.
  const shown = Number.isNaN(value) || numberOf(text) === value ? text : String(value);
  const seconds = unit === words().units.seconds && value >= 60;
  return (
    <Frame id={id} label={label} hint={hint} fault={fault}>
      <span class="measure">
        <input
          {...control}
          class="input measure__input"
          inputMode="numeric"
          autoComplete="off"
          value={shown}
          onInput={(event) => {
            setText(event.currentTarget.value);
            onChange(numberOf(event.currentTarget.value));
          }}
        />
        <span class="measure__unit">{unit}</span>
        {seconds && <span class="measure__said">= {duration(value * 1000)}</span>}
      </span>
    </Frame>
  );
}

interface SelectProps<T extends string> extends FieldProps {
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

export function SelectField<T extends string>({ path, label, hint, value, options, onChange }: SelectProps<T>) {
  const { id, fault, control } = useField(path, hint !== undefined);
  return (
    <Frame id={id} label={label} hint={hint} fault={fault}>
      <select {...control} class="input select" value={value} onChange={(event) => onChange(event.currentTarget.value as T)}>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </Frame>
  );
}

export function CheckField({ path, label, value, onChange }: FieldProps & { value: boolean; onChange: (value: boolean) => void }) {
  const { id, fault, control } = useField(path);
  return (
    <div class="field">
      <label class="check">
        <input {...control} type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
        {label}
      </label>
      <FaultLine id={id} fault={fault} />
    </div>
  );
}

interface RadiosProps<T extends string> {
  name: string;
  label: string;
  value: T;
  options: readonly (readonly [T, string, string?])[];
  onChange: (value: T) => void;
  path?: string;
}

export function RadioField<T extends string>({ name, label, value, options, onChange, path = "" }: RadiosProps<T>) {
  const id = useId();
  const fault = useContext(FaultsOf)[path] ?? null;
  return (
    <fieldset class="choices" aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend class="field__label">{label}</legend>
      {options.map(([key, said, hint]) => (
        <label key={key} class="check">
          <input
            type="radio"
            name={`${id}-${name}`}
            value={key}
            checked={value === key}
            aria-invalid={fault && value === key ? "true" : undefined}
            onChange={() => onChange(key)}
          />
          <span>
            {said}
            {hint && <span class="field__hint">{hint}</span>}
          </span>
        </label>
      ))}
      <FaultLine id={id} fault={fault} />
    </fieldset>
  );
}
