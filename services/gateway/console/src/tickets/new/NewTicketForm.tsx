/** The fields of a new ticket, each required, each with its fault beside it. */
import { charCount, type LanguageCode } from "@dymek/wire";
import { useLocation } from "preact-iso";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { CheckField, FaultLine, FaultsOf, SelectField, TextField, useField } from "../../admin/fields.tsx";
import { Group } from "../../admin/FormFrame.tsx";
import { words } from "../../i18n/newticket.ts";
import { language } from "../../i18n/index.ts";
import { paths } from "../../lib/route.ts";
import { Confirm } from "../../ui/Confirm.tsx";
import { useAfterPress } from "../../ui/hooks.ts";
import { ChatIcon, InfoIcon, WarnIcon } from "../../ui/icons.tsx";
import { Spinner } from "../../ui/parts.tsx";
import { MAX_TEXT } from "./body.ts";
import { draftOf, inTopic, type Sources } from "./draft.ts";
import { useTicketForm, type TicketForm } from "./form.ts";

const NEAR_THE_END = 500;

export function NewTicketForm({ sources, name }: { sources: Sources; name: string }) {
  const said = words();
  const { route } = useLocation();
  const element = useRef<HTMLFormElement>(null);
  const done = useRef(false);
  const [asks, setAsks] = useState(false);
  const fresh = useMemo(() => draftOf(sources, said.body, language.value), [sources]);
  const form = useTicketForm(name, fresh, sources, (ticket) => {
    done.current = true;
    route(paths.ticket(ticket.id), true);
  });
  const leave = (): void => {
    done.current = true;
    form.leave();
    route(paths.tickets);
  };
  // The button that had the focus is gone with the form: who reads the page on begins at what comes instead.
  useEffect(
    () => () => {
      if (done.current) setTimeout(() => document.getElementById("main")?.focus());
    },
    [],
  );
  const afterPress = useAfterPress();
  const { draft, set, trouble } = form;
  const { topics, record, customer } = sources;
  useEffect(() => {
    if (trouble?.kind === "faults") element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [trouble]);
  return (
    <FaultsOf.Provider value={form.faults}>
      <p class="page__lead new-ticket__lead">
        {leadOf(sources)}
        {record && (
          <a href={record.state === "closed" ? paths.conversation(record.conversation_id) : paths.chat(record.conversation_id)}>
            <ChatIcon size={18} />
            {said.toConversation}
          </a>
        )}
      </p>
      {form.restored && (
        <p class="note note--info new-ticket__kept">
          <InfoIcon />
          <span>{said.kept}</span>
          <button type="button" class="button button--small" onClick={form.startAnew}>
            {said.startAnew}
          </button>
        </p>
      )}
      <form
        ref={element}
        class="form"
        noValidate
        aria-label={said.title}
        aria-busy={form.busy}
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
        onFocusOut={(event) => {
          const { name: left } = event.target as HTMLInputElement;
          afterPress(() => form.touch(left));
        }}
      >
        <Group title={said.author.title} lead={said.author.lead}>
          <TextField path="name" label={said.name} value={draft.name} onChange={(text) => set({ name: text })} />
          <TextField
            path="email"
            label={said.email}
            type="email"
            value={draft.email}
            onChange={(email) => set({ email })}
          />
          <SelectField<LanguageCode>
            path="language"
            label={said.language}
            value={draft.language}
            options={[
              ["pl", said.languages.pl],
              ["en", said.languages.en],
            ]}
            onChange={(code) => set({ language: code })}
          />
          {customer && (
            <CheckField
              path="linked"
              label={said.link(customer.name)}
              value={draft.linked}
              onChange={(linked) => set({ linked })}
            />
          )}
        </Group>
        <Group title={said.matter.title} lead={said.matter.lead}>
          <SelectField
            path="topic"
            label={said.topic}
            value={draft.topic_id}
            options={[
              ...(topics.some(({ id }) => id === draft.topic_id) ? [] : [[draft.topic_id, said.chooseTopic] as const]),
              ...topics.map((topic) => [topic.id, topic.name] as const),
            ]}
            onChange={(topic_id) => set((before) => inTopic(before, sources, topic_id))}
          />
          <TextField
            path="subject_line"
            label={said.subject}
            value={draft.subject_line}
            onChange={(subject_line) => set({ subject_line })}
          />
          <TextArea
            label={said.text}
            hint={record ? said.textHint : ""}
            value={draft.text}
            lang={draft.language}
            onChange={(text) => set({ text })}
          />
        </Group>
        <div class="form__bar">
          <div class="form__trouble" role="alert">
            <TroubleNote form={form} />
          </div>
          <button type="button" class="button" onClick={() => (form.dirty ? setAsks(true) : leave())}>
            {said.cancel}
          </button>
          <button type="submit" class="button button--primary" aria-disabled={form.busy}>
            {form.busy && <Spinner />}
            {form.busy ? said.saving : said.save}
          </button>
        </div>
      </form>
      {asks && (
        <Confirm
          title={said.discard.title}
          text={said.discard.text}
          confirm={said.discard.confirm}
          stay={said.discard.stay}
          tone="danger"
          run={async () => leave()}
          onClose={() => setAsks(false)}
        />
      )}
    </FaultsOf.Provider>
  );
}

function leadOf({ record, customer }: Sources): string {
  const { leads } = words();
  if (record) return (record.state === "closed" ? leads.ended : leads.chat)(record.visitor_name);
  return customer ? leads.customer(customer.name) : leads.hand;
}

interface AreaProps {
  label: string;
  hint: string;
  value: string;
  lang: LanguageCode;
  onChange: (value: string) => void;
}

function TextArea({ label, hint, value, lang, onChange }: AreaProps) {
  const { id, fault, control } = useField("text", hint !== "");
  const left = MAX_TEXT - charCount(value);
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      {hint && (
        <span class="field__hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <textarea
        {...control}
        class="input textarea new-ticket__text"
        rows={12}
        lang={lang}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {left >= 0 && left <= NEAR_THE_END && <span class="field__hint">{words().left(left)}</span>}
      <FaultLine id={id} fault={fault} />
    </div>
  );
}

function TroubleNote({ form }: { form: TicketForm }) {
  const said = words();
  const { trouble, faults } = form;
  switch (trouble?.kind) {
    case undefined:
      return null;
    case "faults": {
      const n = Object.keys(faults).length;
      return n > 0 ? (
        <p class="note note--danger">
          <WarnIcon />
          {said.faults(n)}
        </p>
      ) : null;
    }
    case "unsure":
      return (
        <p class="note note--danger">
          <WarnIcon />
          {said.unsure}
        </p>
      );
    case "refused":
      return (
        <p class="note note--danger">
          <WarnIcon />
          {said.refused(trouble.said)}
        </p>
      );
    case "earlier":
      return (
        <div class="note note--info">
          <InfoIcon />
          <span>{said.earlier(trouble.ticket.number)}</span>
          <a class="button button--small" href={paths.ticket(trouble.ticket.id)}>
            {said.openEarlier(trouble.ticket.number)}
          </a>
          <button type="button" class="button button--small" onClick={() => void form.another()}>
            {said.another}
          </button>
        </div>
      );
  }
}
