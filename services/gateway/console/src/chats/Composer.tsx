/**
 * Where the agent writes: Enter sends, Shift+Enter starts a line, "/" looks for a reply template. Too long a text, and a
 * template's place that is still to be filled in, are said before anything is sent.
 */
import { MAX_MESSAGE_CHARS, charCount } from "@dymek/wire";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { words as templateWords } from "../i18n/templates.ts";
import { TypingSignal } from "../lib/typing.ts";
import { cards, loadCustomer } from "../state/customers.ts";
import { draftOf, keepDraft } from "../state/drafts.ts";
import { logs, post, typing } from "../state/live.ts";
import { session } from "../state/session.ts";
import { TemplateButton, Unfilled } from "../templates/TemplatePicker.tsx";
import { useTemplates, type Box } from "../templates/useTemplates.tsx";
import { valuesOfChat, vouched } from "../templates/values.ts";
import { SendIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { EmojiPicker } from "./EmojiPicker.tsx";

const TELL_FROM = 300;

export function Composer({ id }: { id: string }) {
  const words = t().composer;
  const [text, setText] = useState(() => draftOf(id));
  const input = useRef<HTMLTextAreaElement>(null);
  const signal = useMemo(() => new TypingSignal((on) => typing(id, on)), [id]);
  const left = MAX_MESSAGE_CHARS - charCount(text);
  const sendable = text.trim() !== "" && left >= 0;

  useEffect(() => {
    if (!narrow.peek()) input.current?.focus();
    return () => signal.stop();
  }, [signal]);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  const change = (next: string): void => {
    setText(next);
    keepDraft(id, next);
    signal.changed(next);
  };
  const templates = useTemplates({ input, text, change, ...useConversation(id) });
  const send = (): void => {
    if (!sendable || templates.holds()) return;
    post(id, text.trim());
    change("");
    input.current?.focus();
  };
  const key = (event: KeyboardEvent): void => {
    if (templates.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  const insert = (char: string): void => {
    const element = input.current;
    const [from, to] = [element?.selectionStart ?? text.length, element?.selectionEnd ?? text.length];
    change(text.slice(0, from) + char + text.slice(to));
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(from + char.length, from + char.length);
    });
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {templates.popup}
      <Unfilled of={templates} />
      <div class="composer__tools">
        <EmojiPicker onPick={insert} />
        <TemplateButton of={templates} />
      </div>
      <textarea
        {...templates.control}
        ref={input}
        class="composer__input"
        rows={1}
        value={text}
        placeholder={words.placeholder}
        aria-label={words.label}
        aria-describedby="composer-hint"
        aria-invalid={left < 0}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={key}
      />
      <button class="button button--primary composer__send" type="submit" disabled={!sendable} aria-label={words.send}>
        <SendIcon />
      </button>
      <p class="composer__hint" id="composer-hint" data-over={left < 0}>
        {left < 0 ? words.over(-left) : left < TELL_FROM ? words.left(left) : words.hint}
      </p>
    </form>
  );
}

/** What templates become in this conversation, and why the card of its customer is left out where it is. */
function useConversation(id: string): Pick<Box, "values" | "topicId" | "why"> {
  const log = logs.value.get(id);
  const customerId = log?.header.customer_id ?? null;
  const sure = log ? vouched(log.header, log.entries) : false;
  useEffect(() => {
    if (customerId && sure) void loadCustomer(customerId);
  }, [customerId, sure]);
  if (!log || session.value.state !== "in") return { values: {} };
  const card = customerId && sure ? cards.value.get(customerId) : undefined;
  const customer = card?.state === "ready" ? card.customer : null;
  return {
    values: valuesOfChat(log.header, session.value.me, customer),
    topicId: log.header.topic?.id ?? null,
    why: customerId && !sure ? templateWords().picker.unverified : null,
  };
}
