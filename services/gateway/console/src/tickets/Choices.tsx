/** Several of a few: a button that says what is chosen, and under it a group of check boxes. */
import { useEffect, useId, useRef } from "preact/hooks";
import { usePopup } from "../ui/hooks.ts";
import { DownIcon } from "../ui/icons.tsx";

interface Props<T extends string> {
  label: string;
  summary: string;
  options: readonly (readonly [T, string])[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

export function Choices<T extends string>({ label, summary, options, chosen, onChange }: Props<T>) {
  const { open, setOpen, root, button } = usePopup();
  const group = useRef<HTMLDivElement>(null);
  const id = useId();
  const turned = (key: T): T[] =>
    options.map(([one]) => one).filter((one) => (one === key) !== chosen.includes(one));
  useEffect(() => {
    if (open) group.current?.querySelector("input")?.focus();
  }, [open]);
  return (
    <div
      class="tickets__choice popup-root"
      ref={root}
      onFocusOut={(event) => {
        if (open && event.relatedTarget instanceof Node && !root.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <span class="field__label" id={`${id}-label`}>
        {label}
      </span>
      <button
        ref={button}
        type="button"
        class="input input--small tickets__open"
        id={`${id}-button`}
        aria-labelledby={`${id}-label ${id}-button`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span>{summary}</span>
        <DownIcon size={14} />
      </button>
      {open && (
        <div ref={group} class="popup tickets__popup" role="group" aria-labelledby={`${id}-label`}>
          {options.map(([key, name]) => (
            <label key={key} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(key)}
                onChange={() => onChange(turned(key))}
              />
              {name}
            </label>
          ))}
        </div>
      )}
    </div>
  );
}
