/** What every form of the settings has around its fields: what went wrong, and the bar that saves or discards. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../i18n/admin.ts";
import { useAfterPress } from "../ui/hooks.ts";
import { InfoIcon, WarnIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/parts.tsx";
import { FaultsOf } from "./fields.tsx";
import { sentenceOf, type Form } from "./form.ts";

interface FrameProps<T> {
  form: Form<T>;
  label: string;
  /** What a top-level field is called, for saying where two changes met. */
  nameOf: (field: string) => string;
  submitText?: string;
  children: ComponentChildren;
}

export function FormFrame<T>({ form, label, nameOf, submitText, children }: FrameProps<T>) {
  const element = useRef<HTMLFormElement>(null);
  const afterPress = useAfterPress();
  const said = words().form;
  const trouble = form.trouble;
  useEffect(() => {
    if (trouble?.kind === "faults") element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [trouble]);
  return (
    <FaultsOf.Provider value={form.faults}>
      <form
        ref={element}
        class="form"
        noValidate
        aria-label={label}
        aria-busy={form.busy}
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
        onFocusOut={(event) => {
          const { name } = event.target as HTMLInputElement;
          afterPress(() => form.touch(name));
        }}
      >
        {children}
        <div class="form__bar" data-dirty={form.dirty}>
          <div class="form__trouble" role="alert">
            <TroubleNote form={form} nameOf={nameOf} />
          </div>
          <span class="form__state">{form.dirty && said.unsaved}</span>
          {form.dirty && (
            <button type="button" class="button" onClick={form.discard}>
              {said.discard}
            </button>
          )}
          <button type="submit" class="button button--primary" aria-disabled={form.busy || !form.dirty}>
            {form.busy && <Spinner />}
            {form.busy ? said.saving : (submitText ?? said.save)}
          </button>
        </div>
      </form>
    </FaultsOf.Provider>
  );
}

function TroubleNote<T>({ form, nameOf }: Pick<FrameProps<T>, "form" | "nameOf">) {
  const said = words().form;
  const trouble = form.trouble;
  switch (trouble?.kind) {
    case undefined:
      return null;
    case "conflict":
      return (
        <p class="note note--danger">
          <WarnIcon />
          <span>{said.conflict}</span>
          <button type="button" class="button button--small" disabled={form.busy} onClick={() => void form.loadNewer()}>
            {said.loadNewer}
          </button>
        </p>
      );
    case "merged":
      return (
        <p class="note note--info">
          <InfoIcon />
          <span>
            {said.merged} {trouble.clashes.length > 0 && said.clashes(trouble.clashes.map(nameOf).join(", "))}
          </span>
        </p>
      );
    case "kept":
      return (
        <p class="note note--info">
          <InfoIcon />
          {said.kept}
        </p>
      );
    case "faults":
      return Object.keys(form.faults).length > 0 ? (
        <p class="note note--danger">
          <WarnIcon />
          {said.faults(Object.keys(form.faults).length)}
        </p>
      ) : null;
    case "refused":
    case "fault":
      return (
        <p class="note note--danger">
          <WarnIcon />
          {said.refused}. {trouble.kind === "refused" ? trouble.said : sentenceOf(trouble.code)}
        </p>
      );
  }
}

/** A group of fields with what it is about. */
export function Group({ title, lead, children }: { title: string; lead: string; children: ComponentChildren }) {
  return (
    <section class="group">
      <div class="group__head">
        <h3 class="group__title">{title}</h3>
        <p class="group__lead">{lead}</p>
      </div>
      <div class="group__fields">{children}</div>
    </section>
  );
}
