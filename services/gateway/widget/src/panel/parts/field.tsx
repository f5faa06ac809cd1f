/** One labelled field with its error beside it. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";

export interface FieldProps {
  label: string;
  name: string;
  value: string;
  onValue: (value: string) => void;
  error?: string | undefined;
  type?: "text" | "email";
  autocomplete?: string;
  required?: boolean;
  optional?: string;
  lines?: number;
  max?: number;
}

const KINDS = { text: { type: "text" }, email: { type: "email" } } as const;

export function Field({ label, name, value, onValue, error, type = "text", autocomplete, required, optional, lines, max }: FieldProps): JSX.Element {
  const id = useId();
  const common = {
    id,
    name,
    value,
    class: "input",
    maxLength: max,
    "aria-required": required ? ("true" as const) : undefined,
    "aria-invalid": error ? ("true" as const) : undefined,
    "aria-describedby": error ? `${id}-error` : undefined,
  };
  return (
    <div class="field">
      <label for={id}>
        {label} {!required && optional && <span class="faint">{optional}</span>}
      </label>
      {lines ? (
        <textarea {...common} rows={lines} onInput={(event) => onValue(event.currentTarget.value)} />
      ) : (
        <input {...common} {...KINDS[type]} autocomplete={autocomplete} onInput={(event) => onValue(event.currentTarget.value)} />
      )}
      {error && <p class="error" id={`${id}-error`}>{error}</p>}
    </div>
  );
}

/** Puts the cursor where the first mistake is. */
export function focusFirstError(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"], .error + input')?.focus());
}
