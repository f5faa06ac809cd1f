/** The days that are counted: two usual spans as links, and any other by its first and last day. */
import { useLocation } from "preact-iso";
import { useEffect, useRef, useState } from "preact/hooks";
import { words } from "../i18n/ratings.ts";
import { paths } from "../lib/route.ts";
import { PRESETS, queryOf, queryOfPreset, spanFaults, type Chosen, type Span, type SpanFaults } from "./span.ts";

export function SpanChoice({ span }: { span: Chosen }) {
  const said = words().span;
  const { route } = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Span>({ since: span.since, until: span.until });
  const [faults, setFaults] = useState<SpanFaults>({});
  // The form stays where it is, with the focus in it, and follows the address.
  useEffect(() => {
    setDraft({ since: span.since, until: span.until });
    setFaults({});
  }, [span.since, span.until]);
  const show = (event: Event): void => {
    event.preventDefault();
    const wrong = spanFaults(draft);
    setFaults(wrong);
    const first = wrong.since ? "since" : wrong.until ? "until" : null;
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    else route(paths.ratings + queryOf(draft));
  };
  const field = (name: keyof Span) => (
    <div class="field">
      <label class="field__label" for={`span-${name}`}>
        {said[name]}
      </label>
      <input
        id={`span-${name}`}
        name={name}
        class="input input--small"
        type="date"
        value={draft[name]}
        aria-invalid={faults[name] ? "true" : undefined}
        aria-describedby={faults[name] ? `span-${name}-fault` : undefined}
        onInput={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
      />
      {faults[name] && (
        <span class="field__fault" id={`span-${name}-fault`} role="alert">
          {said.faults[faults[name]]}
        </span>
      )}
    </div>
  );
  return (
    <div class="span-choice">
      <nav class="segments" aria-label={said.label}>
        {PRESETS.map((days) => (
          <a
            key={days}
            class="segments__item"
            href={paths.ratings + queryOfPreset(days)}
            aria-current={span.preset === days ? "true" : undefined}
          >
            {said.last(days)}
          </a>
        ))}
      </nav>
      <form ref={form} class="span-choice__own" noValidate aria-label={said.own} onSubmit={show}>
        {field("since")}
        {field("until")}
        <button type="submit" class="button button--small">
          {said.show}
        </button>
      </form>
    </div>
  );
}
