/** Says new things aloud, once each, and never the history. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { VisitorEntry } from "@dymek/wire";
import type { ScreenProps } from "../app.tsx";
import type { Words } from "../words.ts";

export function Announcer({ words, talk, company }: ScreenProps & { company: string }): JSX.Element {
  const [text, setText] = useState("");
  const told = useRef(talk.header?.head ?? 0);
  const { entries } = talk;
  useEffect(() => {
    const first = told.current === 0;
    const fresh = entries.filter(({ seq }) => seq > told.current);
    told.current = entries.at(-1)?.seq ?? told.current;
    if (first) return;
    const sentences = fresh.flatMap((entry) => sentence(entry, words, company) ?? []);
    if (sentences.length) setText(sentences.join(" "));
  }, [entries, words, company]);
  return <div class="unseen" aria-live="polite">{text}</div>;
}

function sentence({ at, body }: VisitorEntry, words: Words, company: string): string | null {
  const { t } = words;
  switch (body?.kind) {
    case "agent_message":
      return `${body.agent_name}: ${body.text}`;
    case "system_message":
      return `${company}: ${body.text}`;
    case "agent_joined":
      return t.joinedNow(body.agent_name);
    case "agent_left":
      return t.gone[body.reason](body.agent_name, words.time(at));
    case "waiting_again":
      return t.waitingAgain[body.reason](body.topic_name);
    case "inactivity_warned":
      return t.closes(words.when(body.closes_at));
    case "ended":
      return t.ended[body.reason](body.agent_name, words.time(at));
    default:
      return null;
  }
}
