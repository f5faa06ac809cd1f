/** The frame around every screen: the bar with its title, the keyboard, and what is shown where nothing can be. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { focusIsLost } from "./focus.ts";
import { Icon } from "./parts/icons.tsx";
import type { Host } from "./host.ts";
import type { Words } from "./words.ts";

interface FrameProps {
  title: string;
  words: Words;
  host: Host;
  /** Before the title. */
  back?: ComponentChildren;
  tools?: ComponentChildren;
  children: ComponentChildren;
}

export function Frame({ title, words, host, back, tools, children }: FrameProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const take = (): void => void (focusIsLost() && heading.current?.focus());
    take();
    const stop = host.onShown((shown) => shown && take());
    const escape = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) host.minimise();
    };
    addEventListener("keydown", escape);
    return () => {
      stop();
      removeEventListener("keydown", escape);
    };
  }, [host]);
  return (
    <div class="panel">
      <header class={back ? "bar with-back" : "bar"}>
        {back}
        <h1 tabIndex={-1} ref={heading}>{title}</h1>
        {tools}
        <button type="button" class="bar-button" onClick={host.minimise} aria-label={words.t.minimise} title={words.t.minimise}>
          <Icon name="down" />
        </button>
      </header>
      {children}
    </div>
  );
}

export function Loading({ words }: { words: Words }): JSX.Element {
  return <p class="quiet center">{words.t.loading}</p>;
}

interface RetryProps {
  text: string;
  again?: { label: string; run: () => void };
}

export function Retry({ text, again }: RetryProps): JSX.Element {
  return (
    <div class="center">
      <p role="alert">{text}</p>
      {again && <button type="button" class="button" onClick={again.run}>{again.label}</button>}
    </div>
  );
}

export function Trouble({ words, host, ...retry }: RetryProps & { words: Words; host: Host }): JSX.Element {
  return (
    <Frame title={words.t.chat} words={words} host={host}>
      <main class="screen"><Retry {...retry} /></main>
    </Frame>
  );
}
