/** Which screen the visitor sees: the form, their conversation, or those of before. */
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { historyChunk, useChunk } from "./chunk.ts";
import { Frame, Loading, Retry } from "./frame.tsx";
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

export interface ShellProps extends Loaded, ScreenProps {
  title: string;
  config: WidgetConfig;
  host: Host;
}

export function App({ config, words, memory, loader, host }: AppProps): JSX.Element {
  const [loaded, load] = useLoaded(loader);
  const [earlier, setEarlier] = useState(false);
  const { t } = words;
  const title = config.title || t.chat;
  const show = (): void => setEarlier(true);
  if (loaded && loaded !== "failed") {
    const shell: ShellProps = { ...loaded, title, config, words, host };
    const { phase, conversation } = loaded.talk;
    if (earlier && (phase === "start" || phase === "closed")) return <Earlier {...shell} back={() => setEarlier(false)} />;
    const { Conversation } = loaded.screens;
    if (phase !== "start" && phase !== "sending") return <Conversation {...shell} key={conversation} earlier={show} />;
  }
  let screen = <StartForm config={config} words={words} memory={memory} loader={loader} host={host} earlier={show} />;
  if (memory.conversation && loader.talk?.phase !== "sending") {
    if (!loaded) screen = <Loading words={words} />;
    if (loaded === "failed") screen = <Retry text={t.loadFailed} again={{ label: t.tryAgain, run: load }} />;
  }
  return (
    <Frame title={title} words={words} host={host}>
      <main class="screen">{screen}</main>
    </Frame>
  );
}

/** The list of earlier conversations: its own part of the code, for few look back. */
function Earlier(props: ShellProps & { back: () => void }): JSX.Element {
  const [loaded, load] = useChunk(historyChunk);
  const { words, host, title } = props;
  const { t } = words;
  if (loaded && loaded !== "failed") return <loaded.History {...props} />;
  return (
    <Frame title={title} words={words} host={host}>
      <main class="screen">
        {loaded ? <Retry text={t.loadFailed} again={{ label: t.tryAgain, run: load }} /> : <Loading words={words} />}
      </main>
    </Frame>
  );
}
