/** The conversation itself, from waiting to its end: what was said, and below it what can be done now. */
import type { JSX } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { Announcer } from "./parts/announcer.tsx";
import { Composer } from "./parts/composer.tsx";
import { Messages } from "./parts/messages.tsx";
import { RatingCard } from "./parts/rating.tsx";
import { WaitingCard } from "./parts/waiting.tsx";
import type { ScreenProps } from "./app.tsx";

interface ChatProps extends ScreenProps {
  config: WidgetConfig;
  leave: () => void;
}

export function Chat({ config, words, talk, leave }: ChatProps): JSX.Element {
  const { t } = words;
  return (
    <>
      {talk.phase === "waiting" && <WaitingCard words={words} talk={talk} leave={leave} />}
      <Messages words={words} talk={talk} />
      <Announcer words={words} talk={talk} />
      {talk.phase === "closed" ? (
        <div class="after">
          {(talk.header?.agents.length ?? 0) > 0 && <RatingCard words={words} talk={talk} />}
          <button type="button" class="button wide" onClick={() => talk.startAnew()}>{t.startNew}</button>
        </div>
      ) : (
        <Composer words={words} talk={talk} sneakPeek={config.sneak_peek} />
      )}
    </>
  );
}
