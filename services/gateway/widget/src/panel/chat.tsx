/** The conversation itself, from waiting to its end: what was said, and below it what can be done now. */
import type { JSX } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { Again } from "./parts/again.tsx";
import { Announcer } from "./parts/announcer.tsx";
import { Composer } from "./parts/composer.tsx";
import { Messages } from "./parts/messages.tsx";
import { RatingCard } from "./parts/rating.tsx";
import { offersTranscript, TranscriptAfter } from "./parts/transcript.tsx";
import { WaitingCard } from "./parts/waiting.tsx";
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
  return (
    <>
      {talk.phase === "waiting" && <WaitingCard words={words} talk={talk} answered={answered} leave={leave} end={end} />}
      <Messages words={words} log={talk} company={title} />
      <Announcer words={words} talk={talk} company={title} />
      {talk.phase === "closed" ? (
        <div class="after">
          {answered && config.rating && <RatingCard words={words} talk={talk} />}
          {offersTranscript(config, talk) && <TranscriptAfter words={words} talk={talk} />}
          <Again config={config} words={words} talk={talk} earlier={earlier} />
        </div>
      ) : (
        <Composer key={talk.conversation} words={words} talk={talk} sneakPeek={config.sneak_peek} />
      )}
    </>
  );
}
