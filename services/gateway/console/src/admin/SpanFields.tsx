/** One span of a day: when it opens, when it closes, and the way to take it out. */
import type { Span } from "@dymek/wire";
import { words } from "../i18n/admin.ts";
import { CloseIcon } from "../ui/icons.tsx";
import { FaultLine, useField } from "./fields.tsx";
import { tidyTime } from "./hours.ts";

/** Remove what the button belongs to, and leave the focus where another one can be added. */
export function removing(add: string, remove: () => void): (event: MouseEvent) => void {
  return ({ currentTarget }) => {
    const around = (currentTarget as HTMLElement).closest(add === "add-day" ? "fieldset" : "li");
    around?.querySelector<HTMLElement>(`[data-add="${add}"]`)?.focus();
    remove();
  };
}

interface SpanProps {
  path: string;
  day: string;
  number: number;
  span: Span;
  onChange: (patch: Partial<Span>) => void;
  onRemove: () => void;
}

export function SpanFields({ path, day, number, span, onChange, onRemove }: SpanProps) {
  const said = words().topic;
  return (
    <div class="span">
      <Time path={`${path}.opens`} label={said.opens(day, number)} value={span.opens} onChange={(opens) => onChange({ opens })} />
      <span aria-hidden="true">–</span>
      <Time
        path={`${path}.closes`}
        label={said.closes(day, number)}
        value={span.closes}
        onChange={(closes) => onChange({ closes })}
      />
      <button type="button" class="icon-button" aria-label={said.removeSpan(day, number)} onClick={removing("add-span", onRemove)}>
        <CloseIcon size={16} />
      </button>
    </div>
  );
}

function Time({ path, label, value, onChange }: { path: string; label: string; value: string; onChange: (value: string) => void }) {
  const { id, fault, control } = useField(path);
  return (
    <span class="span__time">
      <input
        {...control}
        class="input input--time"
        aria-label={label}
        autoComplete="off"
        maxLength={5}
        placeholder="00:00"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
        onBlur={(event) => {
          const tidy = tidyTime(event.currentTarget.value);
          if (tidy !== value) onChange(tidy);
        }}
      />
      <FaultLine id={id} fault={fault} />
    </span>
  );
}
