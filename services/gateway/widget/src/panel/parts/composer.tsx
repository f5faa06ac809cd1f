/** Where the visitor writes: Enter sends, Shift+Enter breaks the line, and agents may watch where that is on. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { charCount, MAX_MESSAGE_CHARS } from "@dymek/wire";
import { focusIsLost, hasKeyboard } from "../focus.ts";
import { EmojiPicker } from "./emoji.tsx";
import { Icon } from "./icons.tsx";
import type { ScreenProps } from "../app.tsx";

const TELL_EVERY_MS = 600;
const IDLE_MS = 5_000;
const COUNT_FROM = 200;

export function Composer({ words, talk, sneakPeek }: ScreenProps & { sneakPeek: boolean }): JSX.Element {
  const { t } = words;
  const { draft, draftOf } = talk.memory;
  const [conversation] = useState(talk.conversation);
  const [text, setText] = useState(() => draft.get() ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  const tell = useTyping(draftOf.get() === conversation ? text : "", (typing, unsent) => {
    // What was written in one conversation is not said in the one that is followed by now.
    if (talk.conversation === conversation) talk.writes(typing, sneakPeek ? unsent : "");
  });
  const left = MAX_MESSAGE_CHARS - charCount(text);
  const sendable = text.trim() !== "" && left >= 0;

  useEffect(() => {
    if (focusIsLost() && hasKeyboard()) field.current?.focus();
  }, []);

  function change(value: string): void {
    setText(value);
    draft.set(value || null);
    draftOf.set(conversation);
    tell(value);
  }

  function send(event?: Event): void {
    event?.preventDefault();
    field.current?.focus();
    if (!sendable) return;
    talk.post(text.trim());
    change("");
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
  }

  function insert(char: string): void {
    const { selectionStart: from, selectionEnd: to } = field.current as HTMLTextAreaElement;
    change(text.slice(0, from) + char + text.slice(to));
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from + char.length, from + char.length);
    });
  }

  return (
    <form class="composer" onSubmit={send}>
      <div class="write">
        <EmojiPicker words={words} choose={insert} />
        <textarea
          ref={field}
          value={text}
          rows={1}
          aria-label={t.compose}
          placeholder={t.compose}
          aria-describedby={`composer-left${sneakPeek ? " composer-peek" : ""}`}
          aria-invalid={left < 0 ? "true" : undefined}
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="round" aria-label={t.send} title={t.send} aria-disabled={!sendable}>
          <Icon name="send" />
        </button>
      </div>
      <p id="composer-left" class={left < 0 ? "error" : "hint"} role="status">{left < COUNT_FROM ? t.left(left) : ""}</p>
      {sneakPeek && <p id="composer-peek" class="hint">{t.sneakPeek}</p>}
    </form>
  );
}

/**
 * Tells of typing at most every 600 ms, the newest text last, and of its end at once or after 5 s of quiet. What was
 * found written is told when the composer comes, and taken back when it goes: then it is no message any more, or not yet.
 */
function useTyping(found: string, tell: (typing: boolean, text: string) => void): (text: string) => void {
  const state = useRef({ waiting: 0, idle: 0, last: 0, text: found });
  useEffect(() => {
    const now = state.current;
    if (now.text) tell(false, now.text);
    return () => {
      clearTimeout(now.waiting);
      clearTimeout(now.idle);
      if (now.text) tell(false, "");
    };
  }, []);
  return (text) => {
    const now = state.current;
    now.text = text;
    clearTimeout(now.idle);
    if (!text) {
      clearTimeout(now.waiting);
      now.waiting = 0;
      tell(false, "");
      return;
    }
    now.idle = setTimeout(() => tell(false, now.text), IDLE_MS) as unknown as number;
    if (now.waiting) return;
    const wait = Math.max(0, now.last + TELL_EVERY_MS - Date.now());
    now.waiting = setTimeout(() => {
      now.waiting = 0;
      now.last = Date.now();
      tell(true, now.text);
    }, wait) as unknown as number;
  };
}
