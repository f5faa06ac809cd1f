/** The start form: what the widget's configuration asks for, and nothing more. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { WidgetConfig } from "@dymek/wire";
import { refusedErrors, startErrors, type Errors } from "./checks.ts";
import { Field, focusFirstError } from "./parts/field.tsx";
import type { Memory } from "./memory.ts";
import type { Loader } from "./screens.ts";
import type { Words } from "./words.ts";

/** A name is part of every conversation, also where the form does not ask for one. */
const NAMELESS = { pl: "Gość", en: "Guest" };

const FIELDS = { topic_id: "topic", name: "name", email: "email" } as const;

interface StartProps {
  config: WidgetConfig;
  words: Words;
  memory: Memory;
  loader: Loader;
}

export function StartForm({ config, words, memory, loader }: StartProps): JSX.Element {
  const { t } = words;
  const { topics, name_field: asksName, email_field: asksEmail } = config;
  const known = memory.person.get();
  const talk = loader.state && loader.state !== "failed" ? loader.state.talk : null;
  const [topic, setTopic] = useState(topics.length === 1 ? (topics[0]?.id ?? "") : topicKnown(config, known?.topic));
  const [name, setName] = useState(known?.name ?? "");
  const [email, setEmail] = useState(known?.email ?? "");
  const [errors, setErrors] = useState<Errors<"topic" | "name" | "email">>(() => (talk?.refusal ? refusedErrors(talk.refusal, FIELDS, words) : {}));
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy) return;
    let found = startErrors({ topic, name, email }, config, words);
    if (Object.keys(found).length === 0) {
      setBusy(true);
      const loaded = await loader.load();
      const person = { topic, name: name.trim() || NAMELESS[words.language], email: email.trim() };
      const refusal = loaded === "failed" ? null : await loaded.talk.start(person);
      if (loaded !== "failed" && !refusal) return;
      setBusy(false);
      found = refusal ? refusedErrors(refusal, FIELDS, words) : { form: t.loadFailed };
    }
    setErrors(found);
    focusFirstError(form.current);
  }

  return (
    <form class="form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <p class="lead">{t.greeting}</p>
      {talk?.expired && <p class="notice" role="alert">{t.expired}</p>}
      {topics.length > 1 && (
        <fieldset class="field" aria-describedby={errors.topic ? "topic-error" : undefined}>
          <legend>{t.topic}</legend>
          <div class="cards">
            {topics.map(({ id, name: title }) => (
              <label class="card" key={id}>
                <input
                  type="radio"
                  name="topic"
                  value={id}
                  checked={topic === id}
                  onChange={() => setTopic(id)}
                  aria-invalid={errors.topic ? "true" : undefined}
                />
                <span>{title}</span>
              </label>
            ))}
          </div>
          {errors.topic && <p class="error" id="topic-error">{errors.topic}</p>}
        </fieldset>
      )}
      {asksName.shown && (
        <Field label={t.name} name="name" value={name} onValue={setName} error={errors.name} autocomplete="name" required={asksName.required} optional={t.optional} max={120} />
      )}
      {asksEmail.shown && (
        <Field label={t.email} name="email" type="email" value={email} onValue={setEmail} error={errors.email} autocomplete="email" required={asksEmail.required} optional={t.optional} max={254} />
      )}
      {errors.form && <p class="error" role="alert">{errors.form}</p>}
      <button class="button wide" type="submit" aria-disabled={busy}>{busy ? t.starting : t.start}</button>
    </form>
  );
}

function topicKnown({ topics }: WidgetConfig, topic: string | undefined): string {
  return topics.some(({ id }) => id === topic) ? (topic ?? "") : "";
}
