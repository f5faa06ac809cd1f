/**
 * The first form: what the widget's configuration asks for to chat, or, where the office is closed or the visitor
 * would rather not wait, a message to leave.
 *
 * It is one form for both, so that nothing typed is lost when a topic opens or closes under it.
 */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Uuid, WidgetConfig } from "@dymek/wire";
import { messageErrors, refusedErrors, startErrors, type Errors } from "./checks.ts";
import { focusIsLost } from "./focus.ts";
import { Field, focusFirstError } from "./parts/field.tsx";
import { TopicCards } from "./parts/topics.tsx";
import type { Host } from "./host.ts";
import type { Memory } from "./memory.ts";
import type { Loader } from "./screens.ts";
import type { Words } from "./words.ts";

/** A name is part of every conversation, also where the form does not ask for one. */
const NAMELESS = { pl: "Gość", en: "Guest" };

const FIELDS = { topic_id: "topic", name: "name", email: "email", text: "text" } as const;
const ALWAYS = { shown: true, required: true };

interface StartProps {
  config: WidgetConfig;
  words: Words;
  memory: Memory;
  loader: Loader;
  host: Host;
  earlier: () => void;
}

export function StartForm({ config, words, memory, loader, host, earlier }: StartProps): JSX.Element {
  const { t } = words;
  const { talk } = loader;
  const topics = talk?.topics ?? config.topics;
  const known = memory.person.get();
  const { typed } = memory;
  const [picked, setPicked] = useState(known?.topic ?? "");
  const given = (field: "name" | "email"): string => typed[field] ?? (host.user[field] || known?.[field] || "");
  const [name, setName] = useState(given("name"));
  const [email, setEmail] = useState(given("email"));
  const [text, setText] = useState(memory.draft.get() ?? "");
  /** Why there is a message to be left, although one could chat: it was chosen, or was begun when one could not. */
  const [leaving, setLeaving] = useState<"chosen" | "begun" | null>(null);
  const [errors, setErrors] = useState<Errors<"topic" | "name" | "email" | "text">>({});
  const [busy, setBusy] = useState(false);
  const [vouched, setVouched] = useState(host.user.token !== "");
  const under = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const lead = useRef<HTMLDivElement>(null);

  const topic = topics.length === 1 ? topics[0] : topics.find(({ id }) => id === picked);
  const closed = topic ? !topic.open : topics.length > 0 && topics.every(({ open }) => !open);
  const alone = topic?.open === true && !topic.staffed;
  const leaves = closed || leaving !== null;
  const asksName = leaves ? ALWAYS : config.name_field;
  const asksEmail = leaves ? ALWAYS : config.email_field;
  const waits = busy || talk?.phase === "sending";

  const [heading, below] = words.said((topic ?? topics[0])?.after_hours_text, t.closed);
  const refusal = talk?.refusal;
  useEffect(() => {
    if (refusal) show(refusedErrors(refusal, FIELDS, words));
  }, [refusal]);
  useEffect(() => {
    if (closed && text.trim()) setLeaving((why) => why ?? "begun");
  }, [closed]);
  // At once: what the site says before the next frame is drawn must not be missed.
  useLayoutEffect(() => {
    let said = host.user;
    return host.onUser((user) => {
      setVouched(user.token !== "");
      // What the site says comes into what nobody has typed into, and goes with who it was said of.
      for (const field of ["name", "email"] as const) if (user[field] !== said[field]) fill(field, typed[field] ?? user[field]);
      said = user;
    });
  }, [host]);
  const drawn = useRef(leaves);
  useEffect(() => {
    if (drawn.current !== leaves && focusIsLost()) lead.current?.focus();
    drawn.current = leaves;
  }, [leaves]);

  function show(found: typeof errors): void {
    setErrors(found);
    focusFirstError(form.current);
  }

  /** What is mended is no mistake any more. */
  function mended(field: keyof typeof errors): void {
    setErrors(({ [field]: _, form: __, ...others }) => others);
  }

  function type(field: "name" | "email", value: string): void {
    fill(field, (typed[field] = value));
  }

  function fill(field: "name" | "email", value: string): void {
    (field === "name" ? setName : setEmail)(value);
    mended(field);
  }

  function choose(id: Uuid): void {
    setPicked(id);
    mended("topic");
    if (!text.trim()) setLeaving(null);
  }

  function write(value: string): void {
    setText(value);
    mended("text");
    memory.draft.set(value || null);
    memory.draftOf.set(null);
    setLeaving((why) => why ?? "begun");
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (under.current || waits) return;
    const answers = { topic: topic?.id ?? "", name, email, text };
    const found = leaves ? messageErrors(answers, words) : startErrors(answers, config, words);
    if (Object.keys(found).length > 0) return show(found);
    setErrors({});
    setBusy((under.current = true));
    await loader.load();
    const person = { topic: answers.topic, name: name.trim() || NAMELESS[words.language], email: email.trim() };
    if (!loader.talk) show({ form: t.loadFailed });
    else if (leaves) await loader.talk.leaveMessage(person, text.trim());
    else await loader.talk.start(person);
    setBusy((under.current = false));
  }

  return (
    <form class="form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <div role="status" tabIndex={-1} ref={lead}>
        {closed ? (
          <>
            <p class="lead">{heading}</p>
            {below && <p class="said">{below}</p>}
            {topic?.changes_at && topics.length === 1 && <p>{t.opens(words.when(topic.changes_at))}</p>}
            <p class="quiet">{t.ticketIntro}</p>
          </>
        ) : leaves ? (
          <>
            <p class="lead">{t.leaveMessage}</p>
            <p class="quiet">{leaving === "begun" && topic ? t.openNow : t.ticketIntro}</p>
          </>
        ) : (
          <p class="lead">{t.greeting}</p>
        )}
      </div>
      {talk?.expired && <p class="notice" role="alert">{t.expired}</p>}
      {topics.length > 1 && <TopicCards topics={topics} chosen={picked} choose={choose} error={errors.topic} words={words} />}
      {alone && !leaves && (
        <p class="notice" role="status">
          {t.nobody} {t.nobodyHint}
        </p>
      )}
      {asksName.shown && (
        <Field label={t.name} name="name" value={name} onValue={(value) => type("name", value)} error={errors.name} autocomplete="name" required={asksName.required} optional={t.optional} max={120} />
      )}
      {asksEmail.shown && (
        <Field label={t.email} name="email" type="email" value={email} onValue={(value) => type("email", value)} error={errors.email} autocomplete="email" required={asksEmail.required} optional={t.optional} max={254} />
      )}
      {leaves && <Field label={t.message} name="text" value={text} onValue={write} error={errors.text} required lines={5} />}
      {errors.form && <p class="error" role="alert">{errors.form}</p>}
      <div class="buttons">
        <button class="button wide" type="submit" aria-disabled={waits}>
          {leaves ? (waits ? t.sending : t.sendMessage) : waits ? t.starting : t.start}
        </button>
        {leaves && topic?.open && (
          <button class="button plain wide" type="button" onClick={() => setLeaving(null)}>{t.chatInstead}</button>
        )}
        {alone && !leaves && (
          <button class="button plain wide" type="button" onClick={() => setLeaving("chosen")}>{t.leaveMessage}</button>
        )}
      </div>
      {loader.talk && (vouched || memory.kept.get()) && <button type="button" class="link" onClick={earlier}>{t.earlier}</button>}
    </form>
  );
}
