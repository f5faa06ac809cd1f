/** One template: whose it is, its words with a live preview, and its end. */
import type { Me, Template } from "@dymek/wire";
import { useLocation } from "preact-iso";
import { useRef, useState } from "preact/hooks";
import { CheckField, FaultLine, RadioField, TextField, useField } from "../admin/fields.tsx";
import { useForm, type Form } from "../admin/form.ts";
import { FormFrame, Group } from "../admin/FormFrame.tsx";
import { dropForm } from "../admin/kept.ts";
import { words } from "../i18n/templates.ts";
import { ApiError, del, put } from "../lib/api.ts";
import { paths } from "../lib/route.ts";
import { supervises } from "../state/role.ts";
import { toast } from "../state/toasts.ts";
import { Confirm } from "../ui/Confirm.tsx";
import { check, draftOf, explain, freshDraft, readDraft, sample, templateOf, tidy } from "./draft.ts";
import type { Around, TemplateDraft } from "./draft.ts";
import { pieces, VARIABLES } from "./fill.ts";
import { reread, TEMPLATES } from "./list.ts";
import { Preview } from "./Preview.tsx";

interface FormProps {
  template: TemplateDraft;
  around: Around;
  me: Me;
}

export function TemplateForm({ template, around, me }: FormProps) {
  const said = words().form;
  const { route } = useLocation();
  // Made anew with each rendering of the page, and its first id is the one that stays.
  const [fresh] = useState(template);
  const isNew = fresh.version === 0;
  const key = `template ${isNew ? "new" : fresh.id}`;
  const form: Form<TemplateDraft> = useForm<TemplateDraft>({
    key,
    fresh,
    check,
    tidy,
    explain,
    save: async (draft) => {
      const saved = draftOf(await put<Template>(`${TEMPLATES}/${draft.id}`, templateOf(draft)));
      void reread();
      if (!isNew) return saved;
      route(paths.templates());
      return freshDraft();
    },
    // One that is being made may have been begun before this page was opened, under another id.
    reload: () => readDraft(form.base.id),
  });
  const { draft, set } = form;
  const title = isNew ? said.newTitle : form.base.title;
  const names: Partial<Record<string, string>> = { topic_ids: said.topics, every: said.topics };
  const topic = around.topics.find(({ id }) => draft.topic_ids.includes(id))?.name;
  return (
    <>
      <h1 class="admin__what">{title}</h1>
      <FormFrame
        form={form}
        label={title}
        nameOf={(name) => names[name] ?? String(said[name as keyof typeof said] ?? name)}
        {...(isNew ? { submitText: said.create } : {})}
      >
        <Group title={said.words} lead={said.wordsLead}>
          <TextField path="title" label={said.title} value={draft.title} onChange={(title) => set({ title })} />
          <TextField
            path="shortcut"
            label={said.shortcut}
            hint={said.shortcutHint}
            value={draft.shortcut}
            onChange={(shortcut) => set({ shortcut })}
          />
          <Words text={draft.text} onChange={(text) => set({ text })} agentName={me.name} topicName={topic} />
        </Group>
        {(supervises.value || !draft.own) && (
          <Group title={said.kind} lead={said.kindLead}>
            {isNew && (
              <RadioField
                name="kind"
                path="own"
                label={said.kind}
                value={draft.own ? "own" : "shared"}
                options={(["own", "shared"] as const).map((kind) => [kind, said.kinds[kind]] as const)}
                onChange={(kind) => set({ own: kind === "own" })}
              />
            )}
            {draft.own ? !isNew && <p>{said.kinds.own}</p> : <Topics draft={draft} topics={around.topics} onChange={set} />}
          </Group>
        )}
      </FormFrame>
      {!isNew && <Remove form={form} formKey={key} />}
    </>
  );
}

interface WordsProps {
  text: string;
  onChange: (text: string) => void;
  agentName: string;
  topicName: string | undefined;
}

function Words({ text, onChange, agentName, topicName }: WordsProps) {
  const said = words().form;
  const { id, fault, control } = useField("text");
  const box = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string): void => {
    const element = box.current;
    const [from, to] = [element?.selectionStart ?? text.length, element?.selectionEnd ?? text.length];
    const mark = `{{${name}}}`;
    onChange(text.slice(0, from) + mark + text.slice(to));
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(from + mark.length, from + mark.length);
    });
  };
  return (
    <>
      <div class="field">
        <label class="field__label" for={id}>
          {said.text}
        </label>
        <textarea
          {...control}
          ref={box}
          class="input textarea"
          rows={6}
          value={text}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <FaultLine id={id} fault={fault} />
        <div class="templates__variables" role="group" aria-label={said.insert}>
          {VARIABLES.map((name) => (
            <button key={name} type="button" class="chip" title={`{{${name}}}`} onClick={() => insert(name)}>
              {words().variables[name]}
            </button>
          ))}
        </div>
      </div>
      <section class="templates__preview" aria-label={said.preview} data-testid="template-preview">
        <p class="field__label">{said.preview}</p>
        {text.trim() ? (
          <Preview pieces={pieces(text, sample(agentName, topicName))} />
        ) : (
          <p class="field__hint">{said.previewEmpty}</p>
        )}
      </section>
    </>
  );
}

interface TopicsProps {
  draft: TemplateDraft;
  topics: Around["topics"];
  onChange: (patch: Partial<TemplateDraft>) => void;
}

function Topics({ draft, topics, onChange }: TopicsProps) {
  const said = words().form;
  const { id, fault, control } = useField("topic_ids");
  const take = (topic: string, on: boolean): void =>
    onChange({ topic_ids: on ? [...draft.topic_ids, topic] : draft.topic_ids.filter((one) => one !== topic) });
  return (
    <>
      <CheckField path="every" label={said.everyTopic} value={draft.every} onChange={(every) => onChange({ every })} />
      {!draft.every && (
        <fieldset class="choices" id={id} aria-describedby={control["aria-describedby"]}>
          <legend class="field__label">{said.someTopics}</legend>
          {topics.length === 0 && <p class="field__hint">{said.noTopics}</p>}
          {topics.map((topic) => (
            <label key={topic.id} class="check">
              <input
                type="checkbox"
                checked={draft.topic_ids.includes(topic.id)}
                aria-invalid={fault ? "true" : undefined}
                onChange={(event) => take(topic.id, event.currentTarget.checked)}
              />
              {topic.name}
            </label>
          ))}
          <FaultLine id={id} fault={fault} />
        </fieldset>
      )}
    </>
  );
}

function Remove({ form, formKey }: { form: Form<TemplateDraft>; formKey: string }) {
  const said = words().form;
  const { route } = useLocation();
  const [asking, setAsking] = useState(false);
  const { id, title, version } = form.base;
  const remove = async (): Promise<void> => {
    try {
      await del(`${TEMPLATES}/${id}?version=${version}`);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const conflict = error.code === "conflict";
      toast({ tone: "danger", text: conflict ? said.removeConflict : said.removeFault });
      if (conflict) await form.loadNewer();
      return;
    }
    dropForm(formKey);
    void reread();
    toast({ tone: "good", text: said.removed, detail: title });
    route(paths.templates());
  };
  return (
    <div class="templates__remove">
      <button type="button" class="button button--quiet templates__remove-button" onClick={() => setAsking(true)}>
        {said.remove}
      </button>
      {asking && (
        <Confirm
          title={said.removeTitle}
          text={said.removeText(title)}
          confirm={said.remove}
          tone="danger"
          run={remove}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
