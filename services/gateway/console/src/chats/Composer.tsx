/** Where the agent writes: Enter sends, Shift+Enter starts a line; too long a text is said before it is sent. */
import { MAX_MESSAGE_CHARS, charCount } from "@dymek/wire";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { TypingSignal } from "../lib/typing.ts";
import { draftOf, keepDraft } from "../state/drafts.ts";
import { post, typing } from "../state/live.ts";
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
  const send = (): void => {
    if (!sendable) return;
    post(id, text.trim());
    change("");
    input.current?.focus();
  };
  const key = (event: KeyboardEvent): void => {
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
      <EmojiPicker onPick={insert} />
      <textarea
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
