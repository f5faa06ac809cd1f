/** The conversation itself, from waiting to its end: what was said, and below it what can be done now. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { WidgetConfig } from "@dymek/wire";
import { afterChunk, useChunk } from "./chunk.ts";
import { focusIsLost } from "./focus.ts";
import { Retry } from "./frame.tsx";
import { Again } from "./parts/again.tsx";
import { Announcer } from "./parts/announcer.tsx";
import { Composer } from "./parts/composer.tsx";
import { Messages } from "./parts/messages.tsx";
import { WaitingCard } from "./parts/waiting.tsx";
import { offersTranscript } from "./transcript.ts";
import type { ScreenProps } from "./app.tsx";

interface ChatProps extends ScreenProps {
  config: WidgetConfig;
  title: string;
  leave: () => void;
  end: () => void;
  earlier: () => void;
}

export function Chat({ config, title, words, talk, leave, end, earlier }: ChatProps): JSX.Element {
  const answered = talk.entries.some(({ body }) => body?.kind === "agent_joined");
  // Before the end, so that it is there also when the network is not.
  useEffect(() => {
    if (answered) void afterChunk.load();
  }, [answered]);
  const over = talk.phase === "closed";
  const after = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was written in is gone: the way goes on below.
    if (over && focusIsLost()) after.current?.focus();
  }, [over]);
  return (
    <>
      {talk.phase === "waiting" && <WaitingCard words={words} talk={talk} answered={answered} leave={leave} end={end} />}
      <Messages words={words} log={talk} company={title} />
      <Announcer words={words} talk={talk} company={title} />
      {over ? (
        <div class="after" tabIndex={-1} ref={after}>
          {answered && <Answered config={config} words={words} talk={talk} />}
          <Again config={config} words={words} talk={talk} earlier={earlier} />
        </div>
      ) : (
        <Composer key={talk.conversation} words={words} talk={talk} sneakPeek={config.sneak_peek} />
      )}
    </>
  );
}

/** How it was, and the conversation to be kept. */
function Answered({ config, ...props }: ScreenProps & { config: WidgetConfig }): JSX.Element | null {
  const [loaded, load] = useChunk(afterChunk);
  const { t } = props.words;
  const mails = offersTranscript(config, props.talk);
  if (!loaded || (!config.rating && !mails)) return null;
  if (loaded === "failed") return <Retry text={t.loadFailed} again={{ label: t.tryAgain, run: load }} />;
  return (
    <>
      {config.rating && <loaded.RatingCard {...props} />}
      {mails && <loaded.TranscriptAfter {...props} />}
    </>
  );
}
