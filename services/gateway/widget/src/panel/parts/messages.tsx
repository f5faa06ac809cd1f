/** What was said and what happened, oldest first, kept at its end while the visitor reads there. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { VisitorEntry } from "@dymek/wire";
import { Icon } from "./icons.tsx";
import { Bubble, type Delivery } from "./bubble.tsx";
import type { Talk } from "../talk.ts";
import type { Words } from "../words.ts";

const NEAR_END_PX = 60;

/** What is drawn, and what can be done with a message that was refused. */
export type Shown = Pick<Talk, "entries" | "pending" | "delivered" | "typing" | "retry" | "discard">;

export function Messages({ words, log, company }: { words: Words; log: Shown; company: string }): JSX.Element {
  const { t } = words;
  const { entries, pending, delivered, typing } = log;
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const posts = pending.filter(({ action }) => action.do === "post");
  const newest = entries.findLastIndex(({ body }) => body);
  const stored = new Set(entries.flatMap(({ body }) => (body?.kind === "visitor_message" ? [body.client_id] : [])));

  const own = posts.at(-1)?.id;
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
  }, [entries.length, posts.length, typing]);
  useLayoutEffect(() => setBelow(!atEnd.current), [entries.length]);
  // Who has just written wants to see it.
  useLayoutEffect(() => {
    if (own) toEnd();
  }, [own]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => atEnd.current && toEnd());
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  function toEnd(): void {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    setBelow(false);
  }

  function onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = box.current as HTMLElement;
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (atEnd.current) setBelow(false);
  }

  return (
    <div class="messages-box">
      <section class="messages" ref={box} onScroll={onScroll} tabIndex={0} aria-label={t.conversation}>
        <ol>
          {entries.map((entry, index) => line(entry, entries[index - 1], index === newest, delivered, words, company))}
          {posts
            .filter(({ id }) => !stored.has(id))
            .map((post) => (
              <Bubble
                key={post.id}
                own
                text={post.action.do === "post" ? post.action.text : ""}
                time={words.time(post.at)}
                author={null}
                delivery={post.state === "refused" ? "refused" : post.state === "done" ? "sent" : "unsent"}
                refusal={post.refusal}
                words={words}
                again={() => log.retry(post.id)}
                remove={() => log.discard(post.id)}
              />
            ))}
        </ol>
        {typing !== null && (
          <p class="typing">
            <span class="dots" aria-hidden="true"><i /><i /><i /></span> {typing ? t.agentWrites(typing) : t.somebodyWrites}
          </p>
        )}
      </section>
      {below && (
        <button type="button" class="below" onClick={toEnd}>
          <Icon name="arrow" /> {t.newMessages}
        </button>
      )}
    </div>
  );
}

function line(
  { seq, at, body }: VisitorEntry,
  before: VisitorEntry | undefined,
  newest: boolean,
  delivered: number,
  words: Words,
  company: string,
): JSX.Element | null {
  const { t } = words;
  const event = (text: string, kind = ""): JSX.Element => <li key={seq} class={`event ${kind}`}>{text}</li>;
  switch (body?.kind) {
    case "started":
      return event(t.startedAt(words.moment(at)));
    case "agent_joined":
      return event(t.joined(body.agent_name, words.time(at)));
    case "agent_left":
      return event(t.gone[body.reason](body.agent_name, words.time(at)));
    case "waiting_again":
      return event(t.waitingAgain[body.reason](body.topic_name));
    case "inactivity_warned":
      return event(t.closes(words.when(body.closes_at)), newest ? "warning" : "");
    case "ended":
      return event(t.ended[body.reason](body.agent_name, words.time(at)));
    case "visitor_message": {
      const delivery: Delivery = seq <= delivered ? "delivered" : "sent";
      return <Bubble key={body.client_id} own text={body.text} time={words.time(at)} author={null} delivery={delivery} words={words} />;
    }
    case "system_message":
      return <Bubble key={seq} text={body.text} time={words.time(at)} author={company} words={words} />;
    case "agent_message": {
      const goesOn = before?.body?.kind === "agent_message" && before.body.agent_name === body.agent_name;
      return <Bubble key={seq} text={body.text} time={words.time(at)} author={goesOn ? null : body.agent_name} words={words} />;
    }
    default:
      return null;
  }
}
