/** Which screen the visitor sees, and the frame around each. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { focusIsLost } from "./focus.ts";
import { Icon } from "./parts/icons.tsx";
import { StartForm } from "./start.tsx";
import { useLoaded, type Loaded, type Loader } from "./screens.ts";
import type { Host } from "./host.ts";
import type { Memory } from "./memory.ts";
import type { Talk } from "./talk.ts";
import type { Words } from "./words.ts";

export interface AppProps {
  config: WidgetConfig;
  words: Words;
  memory: Memory;
  loader: Loader;
  host: Host;
}

/** What every screen of a conversation needs; handed down, because there is one level of it. */
export interface ScreenProps {
  words: Words;
  talk: Talk;
}

export function App({ config, words, memory, loader, host }: AppProps): JSX.Element {
  const [loaded, load] = useLoaded(loader);
  const { t } = words;
  const title = config.title || t.chat;
  if (loaded && loaded !== "failed" && loaded.talk.phase !== "start") {
    return <Conversation {...loaded} title={title} config={config} words={words} host={host} />;
  }
  let screen = <StartForm config={config} words={words} memory={memory} loader={loader} />;
  if (memory.conversation) {
    if (!loaded) screen = <p class="quiet center">{t.loading}</p>;
    if (loaded === "failed") screen = <Retry text={t.loadFailed} again={{ label: t.tryAgain, run: load }} />;
  }
  return (
    <Frame title={title} words={words} host={host}>
      <main class="screen">{screen}</main>
    </Frame>
  );
}

interface ConversationProps extends Loaded, ScreenProps {
  title: string;
  config: WidgetConfig;
  host: Host;
}

function Conversation({ talk, screens, title, config, words, host }: ConversationProps): JSX.Element {
  const [leaving, setLeaving] = useState(false);
  const [ending, setEnding] = useState(false);
  const { t } = words;
  const { phase, header } = talk;
  const agents = header?.agents ?? [];
  const open = phase === "waiting" || phase === "active";
  const ticket = header?.close_reason === "became_ticket";
  const asks = leaving && phase === "waiting";
  const { Chat, EndQuestion, TicketDone, TicketForm } = screens;

  let screen = <Chat config={config} words={words} talk={talk} leave={() => setLeaving(true)} />;
  if (phase === "restoring") screen = <p class="quiet center">{t.loading}</p>;
  else if (ticket) screen = <TicketDone words={words} talk={talk} />;
  else if (asks) screen = <TicketForm words={words} talk={talk} back={() => setLeaving(false)} />;

  const closer = open && !asks && (
    <button type="button" class="bar-button" onClick={() => setEnding(true)} aria-label={t.endChat} title={t.endChat}>
      <Icon name="end" />
    </button>
  );
  return (
    <Frame title={title} words={words} host={host} tools={closer}>
      {agents.length > 0 && !ticket && (
        <p class="who">
          {open && <span class="dot" aria-hidden="true" />} {agents.join(", ")}
        </p>
      )}
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
  const away = talk.phase !== "closed" && talk.status !== "online";
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

interface RetryProps {
  text: string;
  again?: { label: string; run: () => void };
}

function Retry({ text, again }: RetryProps): JSX.Element {
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
