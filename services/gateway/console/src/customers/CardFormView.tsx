/** A card as a form, in the place where it is shown. */
import type { Customer, FieldDefinition, NamedRef } from "@dymek/wire";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../i18n/customers.ts";
import { t } from "../i18n/index.ts";
import type { ApiError } from "../lib/api.ts";
import { fieldsFault } from "../state/customers.ts";
import { useAfterPress } from "../ui/hooks.ts";
import { InfoIcon, WarnIcon } from "../ui/icons.tsx";
import { Spinner } from "../ui/parts.tsx";
import { LineField, LinesField, NoteField } from "./cardFields.tsx";
import { useCardForm, type CardForm, type Trouble } from "./cardForm.ts";
import type { CardDraft, Part } from "./draft.ts";
import { AroundFields } from "./fieldFrame.tsx";
import { ValueField } from "./ValueField.tsx";

interface CardFormProps {
  formKey: string;
  fresh: CardDraft;
  /** All of them; null while they are not known. */
  fields: readonly FieldDefinition[] | null;
  /** Beside a conversation only the fields that are shown there. */
  beside: boolean;
  label: string;
  submitText: string;
  /** Whether the person has just asked for it: then the focus goes into it. */
  asked: boolean;
  onDone: (saved: Customer | null) => void;
  onTake?: (customer: NamedRef) => void;
}

/** The first field in which two people wrote different things. */
const clashing = (form: HTMLElement | null): HTMLElement | null | undefined =>
  form?.querySelector(".clash")?.parentElement?.querySelector<HTMLElement>("input, select, textarea");

export function CardFormView({ formKey, fresh, fields, beside, label, submitText, asked, onDone, onTake }: CardFormProps) {
  const said = words().card;
  const element = useRef<HTMLFormElement>(null);
  const afterPress = useAfterPress();
  const form = useCardForm({ key: formKey, fresh, fields, onDone });
  const { draft, base, trouble } = form;
  useEffect(() => {
    if (asked) element.current?.querySelector<HTMLElement>("input")?.focus();
  }, []);
  useEffect(() => {
    if (trouble?.kind === "faults") element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    if (trouble?.kind === "merged" || trouble?.kind === "clashes") clashing(element.current)?.focus();
  }, [trouble]);
  const shown = (fields ?? []).filter((field) => !beside || field.show_in_chat);
  const halfDates = (): string[] =>
    [...(element.current?.querySelectorAll<HTMLInputElement>('input[type="date"]') ?? [])]
      .filter((input) => input.validity?.badInput)
      .map((input) => input.name);
  return (
    <AroundFields.Provider value={{ form, onTake: onTake ?? null }}>
      <form
        ref={element}
        class="cform"
        noValidate
        aria-label={label}
        aria-busy={form.busy}
        data-testid="customer-form"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(halfDates());
        }}
        onFocusOut={(event) => {
          const { name } = event.target as HTMLInputElement;
          afterPress(() => form.touch(name));
        }}
        onKeyDown={(event) => {
          // Where the details lie over the conversation, Escape would close them with the form.
          if (event.key === "Escape") event.stopPropagation();
        }}
      >
        <LineField part="name" label={said.name} value={draft.name} required />
        <LineField part="company" label={said.company} value={draft.company} />
        <LinesField
          path="emails"
          legend={said.emails}
          nameOf={said.emailN}
          add={said.addEmail}
          remove={said.removeEmail}
          type="email"
          values={draft.emails}
        />
        <LinesField
          path="phones"
          legend={said.phones}
          nameOf={said.phoneN}
          add={said.addPhone}
          remove={said.removePhone}
          type="tel"
          values={draft.phones}
        />
        {shown.map((field) => (
          <ValueField
            key={field.id}
            field={field}
            value={draft.values[field.id] ?? ""}
            before={base.values[field.id] ?? ""}
          />
        ))}
        {fieldsFault.value && <p class="cform__hint">{said.noFields}</p>}
        <NoteField value={draft.note} />
        <div class="cform__bar">
          <div class="cform__trouble" role="alert">
            <TroubleNote form={form} fields={fields} />
          </div>
          <button type="button" class="button" onClick={form.discard}>
            {said.cancel}
          </button>
          <button type="submit" class="button button--primary" aria-disabled={form.busy}>
            {form.busy && <Spinner />}
            {form.busy ? said.saving : submitText}
          </button>
        </div>
      </form>
    </AroundFields.Provider>
  );
}

function TroubleNote({ form, fields }: { form: CardForm; fields: readonly FieldDefinition[] | null }) {
  const trouble = form.trouble;
  if (trouble === null) return null;
  const faults = Object.keys(form.faults).length;
  if (trouble.kind === "faults" && faults === 0) return null;
  if (trouble.kind === "clashes" && Object.keys(form.clashes).length === 0) return null;
  const calm = !["faults", "refused", "fault"].includes(trouble.kind);
  return (
    <p class={`note note--${calm ? "info" : "danger"}`} data-testid={`trouble-${trouble.kind}`}>
      {calm ? <InfoIcon /> : <WarnIcon />}
      <span>{sentenceOf(trouble, faults, fields)}</span>
    </p>
  );
}

function sentenceOf(trouble: Trouble, faults: number, fields: readonly FieldDefinition[] | null): string {
  const said = words().trouble;
  switch (trouble.kind) {
    case "kept":
      return said.kept;
    case "faults":
      return said.faults(faults);
    case "clashes":
      return said.choose;
    case "fields":
      return said.fieldsChanged;
    case "merged":
      return `${said.merged(trouble.theirs.map((part) => nameOf(part, fields)).join(", "))} ${said.check}`;
    case "refused":
      return said.refused(trouble.said);
    case "fault":
      return faultOf(trouble.code);
  }
}

function faultOf(code: ApiError["code"]): string {
  return code === "unknown" ? words().trouble.gone : words().trouble.refused(t().serviceFault);
}

/** What a part is called, inside a sentence. */
function nameOf(part: Part, fields: readonly FieldDefinition[] | null): string {
  const said = words().card;
  if (part.startsWith("values."))
    return fields?.find(({ id }) => part === `values.${id}`)?.label ?? words().trouble.removedField;
  const name = said[part as "name" | "company" | "emails" | "phones" | "note"];
  return name.charAt(0).toLocaleLowerCase() + name.slice(1);
}
