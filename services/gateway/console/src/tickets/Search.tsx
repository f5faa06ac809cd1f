/** The search in the list: as one types, after a pause. */
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/tickets.ts";
import { SearchIcon } from "../ui/icons.tsx";
import type { FilterProps } from "./Filters.tsx";
import { LONGEST_QUESTION } from "./filter.ts";

const PAUSE_MS = 300;

/** Looks while one types, after a pause; every word goes into the address, but the way back leads past them all. */
export function Search({ filter, set }: FilterProps) {
  const said = words().filters;
  const [text, setText] = useState(filter.q);
  const asked = useRef(filter.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(set);
  latest.current = set;
  useEffect(() => {
    // Another address than this field has asked for: a way back, or a view.
    if (filter.q !== asked.current) setText(filter.q);
    asked.current = filter.q;
  }, [filter.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = (q: string): void => {
    clearTimeout(timer.current);
    if (q === asked.current) return;
    asked.current = q;
    latest.current({ q }, true);
  };
  return (
    <form
      class="tickets__search"
      onSubmit={(event) => {
        event.preventDefault();
        look(text.trim());
      }}
    >
      <SearchIcon size={18} />
      <input
        class="input"
        type="search"
        value={text}
        maxLength={LONGEST_QUESTION}
        placeholder={said.searchHint}
        aria-label={said.search}
        autoComplete="off"
        onInput={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => look(next.trim()), PAUSE_MS);
        }}
      />
    </form>
  );
}
