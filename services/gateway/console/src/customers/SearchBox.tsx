/** The field in which one seeks customers. */
import { useId, useRef } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { CloseIcon, SearchIcon } from "../ui/icons.tsx";

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  hint: string;
  autoFocus?: boolean;
}

export function SearchBox({ value, onChange, hint, autoFocus = false }: SearchBoxProps) {
  const said = words().list;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="search" role="search">
      <label class="field__label" for={id}>
        {said.search}
      </label>
      <div class="search__box">
        <SearchIcon size={18} />
        <input
          ref={input}
          id={id}
          class="input search__input"
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoFocus={autoFocus}
          spellcheck={false}
          maxLength={300}
          aria-describedby={`${id}-hint`}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        {value && (
          <button
            type="button"
            class="icon-button"
            aria-label={said.clear}
            onClick={() => {
              onChange("");
              input.current?.focus();
            }}
          >
            <CloseIcon size={18} />
          </button>
        )}
      </div>
      <p class="search__hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
