/** Which screen the visitor sees, and the frame around each. */
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { Chat } from "./chat.tsx";
import { EndQuestion } from "./parts/end.tsx";
import { Icon } from "./parts/icons.tsx";
import { StartForm } from "./start.tsx";
import { TicketDone, TicketForm } from "./ticket.tsx";
import type { Host } from "./host.ts";
import type { Talk } from "./talk.ts";
import type { Words } from "./texts.ts";

export interface AppProps {
  config: WidgetConfig;
  words: Words;
  talk: Talk;
  host: Host;
}

/** What every screen needs; handed down, because there is one level of it. */
export interface ScreenProps {
  words: Words;
  talk: Talk;
}

export function App({ config, words, talk, host }: AppProps): JSX.Element {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [leaving, setLeaving] = useState(false);
  const [ending, setEnding] = useState(false);
  useEffect(() => talk.onChange(() => redraw(undefined)), [talk]);
  const { t } = words;
  const { phase, header } = talk;
  const agents = header?.agents ?? [];
  const open = phase === "waiting" || phase === "active";
  const ticket = header?.close_reason === "became_ticket";

  let screen: JSX.Element;
  if (phase === "start") screen = <StartForm config={config} words={words} talk={talk} />;
  else if (phase === "restoring") screen = <p class="quiet center">{t.loading}</p>;
  else if (ticket) screen = <TicketDone words={words} talk={talk} />;
  else if (leaving && phase === "waiting") screen = <TicketForm words={words} talk={talk} back={() => setLeaving(false)} />;
  else screen = <Chat config={config} words={words} talk={talk} leave={() => setLeaving(true)} />;

  const closer = open && !(leaving && phase === "waiting") && (
    <button type="button" class="bar-button" onClick={() => setEnding(true)} aria-label={t.endChat} title={t.endChat}>
      <Icon name="end" />
    </button>
  );
  return (
    <Frame title={config.title || t.chat} words={words} host={host} tools={closer}>
      {agents.length > 0 && !ticket && <p class="who">{open && <span class="dot" aria-hidden="true" />} {agents.join(", ")}</p>}
      <Connection talk={talk} words={words} />
      <main class="screen">{screen}</main>
      {ending && open && <EndQuestion words={words} talk={talk} done={() => setEnding(false)} />}
    </Frame>
  );
}

interface FrameProps {
  title: string;
  words: Words;
  host: Host;
  tools?: ComponentChildren;
  children: ComponentChildren;
}

function Frame({ title, words, host, tools, children }: FrameProps): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    host.onShown((shown) => {
      if (shown && (document.activeElement === document.body || !document.activeElement)) heading.current?.focus();
    });
    const escape = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) host.minimise();
    };
    addEventListener("keydown", escape);
    return () => removeEventListener("keydown", escape);
  }, [host]);
  return (
    <div class="panel">
      <header class="bar">
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

/** Says calmly that the connection is gone, once it has been gone for a moment. */
function Connection({ talk, words }: ScreenProps): JSX.Element {
  const [lost, setLost] = useState(false);
  const away = talk.phase !== "start" && talk.phase !== "closed" && talk.status !== "online";
  useEffect(() => {
    if (!away) return setLost(false);
    const timer = setTimeout(() => setLost(true), 1500);
    return () => clearTimeout(timer);
  }, [away]);
  return (
    <div role="status" class={lost ? "notice" : "hidden"}>
      {lost && (
        <>
          <strong>{words.t.offline}</strong> {words.t.offlineHint}
        </>
      )}
    </div>
  );
}

interface TroubleProps {
  text: string;
  words: Words;
  host: Host;
  again?: { label: string; run: () => void };
}

export function Trouble({ text, words, host, again }: TroubleProps): JSX.Element {
  return (
    <Frame title={words.t.chat} words={words} host={host}>
      <main class="screen center">
        <p role="alert">{text}</p>
        {again && <button type="button" class="button" onClick={again.run}>{again.label}</button>}
      </main>
    </Frame>
  );
}
