/** The earlier conversations that the visitor may see: a list of them, and each of them to be read. */
import "./css/history.css";
import type { JSX } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import type { PastConversation, PastConversations, Refusal } from "@dymek/wire";
import { Frame, Loading, Retry } from "./frame.tsx";
import { Icon } from "./parts/icons.tsx";
import type { ShellProps } from "./app.tsx";
import type { Reading } from "./reading.ts";
import type { Words } from "./words.ts";

export function History(props: ShellProps & { back: () => void }): JSX.Element {
  const { talk, words, host, title, back, config, screens } = props;
  const { t } = words;
  const [list, setList] = useState<readonly PastConversation[] | "failed" | null>(null);
  const [read, setRead] = useState<PastConversation | null>(null);
  const last = useRef<string | null>(null);
  const load = (): void => {
    setList(null);
    void screens.vouchedToken(talk.memory, host, config.key).then(earlier).then(setList);
  };
  useEffect(load, []);

  function open(past: PastConversation): void {
    last.current = past.conversation_id;
    if (past.state === "closed") return setRead(past);
    back();
    talk.goOn(past.conversation_id);
  }

  let screen = <List items={list === "failed" || !list ? [] : list} last={last.current} words={words} open={open} />;
  if (list === "failed") screen = <Retry text={t.loadEarlierFailed} again={{ label: t.tryAgain, run: load }} />;
  else if (!list) screen = <Loading words={words} />;
  else if (read) screen = <Read {...props} past={read} key={read.conversation_id} />;
  const away = (
    <button type="button" class="bar-button" onClick={() => (read ? setRead(null) : back())} aria-label={t.back} title={t.back}>
      <Icon name="back" />
    </button>
  );
  return (
    <Frame title={title} words={words} host={host} back={away}>
      <main class="screen">{screen}</main>
    </Frame>
  );
}

interface ListProps {
  items: readonly PastConversation[];
  /** The one that was read last: the way goes on from there. */
  last: string | null;
  words: Words;
  open: (past: PastConversation) => void;
}

function List({ items, last, words, open }: ListProps): JSX.Element {
  const { t } = words;
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<HTMLButtonElement>(null);
  useEffect(() => (before.current ?? heading.current)?.focus(), []);
  return (
    <div class="history">
      <h2 tabIndex={-1} ref={heading}>{t.earlier}</h2>
      {items.length === 0 && <p class="quiet">{t.noneEarlier}</p>}
      <ol>
        {items.map((past) => (
          <li key={past.conversation_id}>
            <button type="button" class="past" ref={past.conversation_id === last ? before : null} onClick={() => open(past)}>
              <span class="past-head">
                <strong>{past.topic_name}</strong>
                <time dateTime={past.started_at}>{words.time(past.started_at)}</time>
              </span>
              {past.last_line && <span class="past-line">{past.last_line}</span>}
              <span class="past-end">{[past.agents.join(", "), outcome(past, words)].filter(Boolean).join(" · ")}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function outcome({ close_reason: reason }: PastConversation, { t }: Words): string {
  return reason ? t.outcomes[reason] : t.goesOn;
}

function Read({ talk, screens, words, title, past }: ShellProps & { past: PastConversation }): JSX.Element {
  const { t } = words;
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [reading, setReading] = useState<Reading | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    const opened = new screens.Reading(talk, past.conversation_id, () => redraw(undefined));
    setReading(opened);
    return opened.stop;
  }, []);
  const number = reading?.header?.ticket_number;
  return (
    <>
      <h2 class="read-head" tabIndex={-1} ref={heading}>
        {past.topic_name}, {words.time(past.started_at)}
        {number && <small>{t.ticketNumber(number)}</small>}
      </h2>
      {reading?.refusal && <p class="center" role="alert">{words.refused(reading.refusal)}</p>}
      {!reading?.refusal && !reading?.header && <Loading words={words} />}
      {reading?.header && <screens.Messages words={words} log={reading} company={title} />}
    </>
  );
}

/** The list as the gateway has it for this visitor's token. */
async function earlier(token: string | Refusal | null): Promise<readonly PastConversation[] | "failed"> {
  if (!token) return [];
  if (typeof token !== "string") return "failed";
  try {
    const answer = await fetch("/api/visitor/conversations", { headers: { Authorization: `Bearer ${token}` } });
    // A token that is not known any more has no conversations; the next beginning fetches another.
    if (answer.status === 401) return [];
    return answer.ok ? ((await answer.json()) as PastConversations).conversations : "failed";
  } catch {
    return "failed";
  }
}
