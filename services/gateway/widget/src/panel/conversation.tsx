/** The visitor's conversation from waiting to its end: which of its screens is shown, and the frame around each. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Chat } from "./chat.tsx";
import { afterChunk, ticketChunk, useChunk } from "./chunk.ts";
import { Frame, Loading, Retry } from "./frame.tsx";
import { selectNothing } from "./parts/again.tsx";
import { EndQuestion } from "./parts/end.tsx";
import { Icon } from "./parts/icons.tsx";
import { offersTranscript } from "./transcript.ts";
import type { ScreenProps, ShellProps } from "./app.tsx";

export function Conversation({ talk, title, config, words, host, earlier }: ShellProps & { earlier: () => void }): JSX.Element {
  const { t } = words;
  const { phase, header, topic, conversation } = talk;
  const { waitsOn } = talk.memory;
  const shut = phase === "waiting" && topic?.open === false;
  /** The ticket form is there: asked for, or come up while the visitor was writing. */
  const [leaving, setLeaving] = useState<"asked" | "writing" | null>(null);
  const [asking, setAsking] = useState<"end" | "transcript" | null>(null);
  useEffect(() => {
    if (shut && waitsOn.get() !== conversation) setLeaving(document.activeElement instanceof HTMLTextAreaElement ? "writing" : "asked");
  }, [shut]);
  // Who waits again after an agent came chooses anew.
  useEffect(() => {
    if (phase === "active") setLeaving(null);
  }, [phase]);

  const agents = header?.agents ?? [];
  const open = phase === "waiting" || phase === "active";
  const ticket = header?.close_reason === "became_ticket";
  const asks = leaving !== null && phase === "waiting";

  function wait(): void {
    setLeaving(null);
    talk.takeBack("leave_ticket");
    if (shut) waitsOn.set(conversation);
  }

  /** Also once more after its part could not be loaded. */
  function askTranscript(): void {
    setAsking("transcript");
    void afterChunk.load();
  }

  function startAnew(): void {
    selectNothing();
    talk.startAnew();
  }

  let screen = (
    <Chat config={config} title={title} words={words} talk={talk} leave={() => setLeaving("asked")} end={() => setAsking("end")} earlier={earlier} />
  );
  if (phase === "restoring") screen = <Loading words={words} />;
  else if (ticket || asks) screen = <Ticket words={words} talk={talk} done={ticket} shut={shut} writing={leaving === "writing"} back={wait} startAnew={startAnew} earlier={earlier} />;

  const tools = open && !asks && (
    <>
      {offersTranscript(config, talk) && (
        <button type="button" class="bar-button" onClick={askTranscript} aria-label={t.transcript} title={t.transcript}>
          <Icon name="mail" />
        </button>
      )}
      <button type="button" class="bar-button" onClick={() => setAsking("end")} aria-label={t.endChat} title={t.endChat}>
        <Icon name="end" />
      </button>
    </>
  );
  return (
    <Frame title={title} words={words} host={host} tools={tools}>
      {agents.length > 0 && !ticket && (
        <p class="who">
          {open && <span class="dot" aria-hidden="true" />} {agents.join(", ")}
        </p>
      )}
      <Connection talk={talk} words={words} />
      {asking === "transcript" && open && <Transcript words={words} talk={talk} done={() => setAsking(null)} />}
      <main class="screen">{screen}</main>
      {asking === "end" && open && <EndQuestion words={words} talk={talk} done={() => setAsking(null)} />}
    </Frame>
  );
}

export interface TicketProps extends ScreenProps {
  /** The topic closed while the visitor waits. */
  shut: boolean;
  /** They were in the middle of a sentence. */
  writing: boolean;
  back: () => void;
  startAnew: () => void;
  earlier: () => void;
}

function Ticket({ done, ...props }: TicketProps & { done: boolean }): JSX.Element {
  const [loaded, load] = useChunk(ticketChunk);
  const { t } = props.words;
  if (loaded === "failed") return <Retry text={t.loadFailed} again={{ label: t.tryAgain, run: load }} />;
  if (!loaded) return <Loading words={props.words} />;
  return done ? <loaded.TicketDone {...props} /> : <loaded.TicketForm {...props} />;
}

function Transcript(props: ScreenProps & { done: () => void }): JSX.Element | null {
  const [loaded] = useChunk(afterChunk);
  if (loaded === "failed") return <p class="notice" role="alert">{props.words.t.refused.other}</p>;
  return loaded && <loaded.TranscriptQuestion {...props} />;
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
