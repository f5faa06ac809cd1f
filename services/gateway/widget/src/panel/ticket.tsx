/** What the visitor wrote becomes a ticket: its form, in which every field is required, and its confirmation. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { dense, emailError, nameError, refusedErrors, textError, type Errors } from "./checks.ts";
import { Field, focusFirstError } from "./parts/field.tsx";
import { Icon } from "./parts/icons.tsx";
import type { TicketProps } from "./conversation.tsx";
import type { Talk } from "./talk.ts";

/** All that the visitor wrote while waiting, also what is still on its way. */
export function written(talk: Talk): string {
  const stored = talk.entries.flatMap(({ body }) => (body?.kind === "visitor_message" ? [body.text] : []));
  const pending = talk.pending.flatMap(({ action }) => (action.do === "post" ? [action.text] : []));
  return [...stored, ...pending].join("\n");
}

/** What of the ticket's text has not been posted: the composer's again when the form goes, back or with an agent's coming. */
export function unposted(text: string, posted: string): string {
  return text.startsWith(posted) ? text.slice(posted.length).trimStart() : text;
}

export function TicketForm({ words, talk, shut, writing, back }: TicketProps): JSX.Element {
  const { t } = words;
  const { draft, typed } = talk.memory;
  const known = talk.person;
  const [name, setName] = useState(typed.name || known?.name || talk.header?.visitor_name || talk.host.user.name);
  const [email, setEmail] = useState(typed.email || known?.email || talk.host.user.email);
  const [posted] = useState(() => written(talk));
  const [text, setText] = useState(() => [posted, draft.get()].filter(Boolean).join("\n"));
  const [errors, setErrors] = useState<Errors<"name" | "email" | "text">>({});
  const [busy, setBusy] = useState(false);
  const under = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (writing) form.current?.querySelector("textarea")?.focus();
    else heading.current?.focus();
  }, []);
  const opens = talk.topic?.changes_at;
  const [reason, more] = words.said(talk.topic?.after_hours_text, t.closed);

  function mended(field: keyof typeof errors): void {
    setErrors(({ [field]: _, form: __, ...others }) => others);
  }

  function change(value: string): void {
    setText(value);
    mended("text");
    draft.set(unposted(value, posted) || null);
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (under.current) return;
    let found = dense({
      name: nameError(name, true, words),
      email: emailError(email, true, words),
      text: textError(text, words),
    });
    if (Object.keys(found).length === 0) {
      setBusy((under.current = true));
      const outcome = await talk.leaveTicket(name.trim(), email.trim(), text);
      setBusy((under.current = false));
      if (outcome.ok) return draft.set(null);
      found = refusedErrors(outcome.refusal, { name: "name", email: "email", text: "text" }, words);
    }
    setErrors(found);
    focusFirstError(form.current);
  }

  return (
    <form class="form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      {shut && (
        <p class="notice" role="alert" id="ticket-reason">
          <strong>{reason}</strong> {more && <span class="said">{more} </span>}
          {opens && t.opens(words.when(opens))} {t.shutMeanwhile}
        </p>
      )}
      <div>
        <h2 tabIndex={-1} ref={heading} aria-describedby={shut ? "ticket-reason" : undefined}>{t.leaveMessage}</h2>
        <p class="quiet">{t.ticketIntro}</p>
      </div>
      <Field label={t.name} name="name" value={name} onValue={(value) => (setName((typed.name = value)), mended("name"))} error={errors.name} autocomplete="name" required max={120} />
      <Field label={t.email} name="email" type="email" value={email} onValue={(value) => (setEmail((typed.email = value)), mended("email"))} error={errors.email} autocomplete="email" required max={254} />
      <Field label={t.message} name="text" value={text} onValue={change} error={errors.text} required lines={5} />
      {errors.form && <p class="error" role="alert">{errors.form}</p>}
      <div class="buttons">
        <button class="button wide" type="submit" aria-disabled={busy}>{busy ? t.sending : t.sendMessage}</button>
        <button class="button plain wide" type="button" onClick={back}>{shut ? t.waitOn : t.backToWaiting}</button>
      </div>
    </form>
  );
}

export function TicketDone({ words, talk, startAnew, earlier }: TicketProps): JSX.Element {
  const { t } = words;
  const number = talk.header?.ticket_number;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="center">
      <span class="medal"><Icon name="check" /></span>
      <h2 tabIndex={-1} ref={heading}>{t.ticketTitle}</h2>
      <p role="status" class={number ? "number" : "quiet"}>{number ? t.ticketNumber(number) : t.ticketNumbering}</p>
      <p class="quiet">{t.ticketAnswer}</p>
      <button class="button plain" type="button" onClick={startAnew}>{t.startNew}</button>
      <button class="link" type="button" onClick={earlier}>{t.earlier}</button>
    </div>
  );
}
