/** While nobody has answered: that we look for an agent, the place in the queue, and the ways out of it. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { ticketChunk } from "../chunk.ts";
import type { ScreenProps } from "../app.tsx";

interface WaitingProps extends ScreenProps {
  /** An agent was there before. */
  answered: boolean;
  leave: () => void;
  end: () => void;
}

export function WaitingCard({ words, talk, answered, leave, end }: WaitingProps): JSX.Element {
  const { t } = words;
  const { place, topic } = talk;
  const shut = topic?.open === false;
  const alone = !shut && topic?.staffed === false;
  const [heading, below] = shut ? words.said(topic.after_hours_text, t.closed) : words.said(topic?.waiting_text, t.searching);
  // The way out must be there also when the network is not.
  useEffect(() => void ticketChunk.load(), []);
  return (
    <section class="waiting">
      <div role="status">
        <h2>
          <span class="dots" aria-hidden="true"><i /><i /><i /></span>
          {heading}
        </h2>
        {below && <p class="said">{below}</p>}
        {shut && <p>{t.stillWaiting} {topic.changes_at && t.opens(words.when(topic.changes_at))}</p>}
        {alone && <p>{t.nobody} {t.nobodyHint}</p>}
        {place !== null && (
          <p>
            <strong>{t.place(place)}</strong> <span class="quiet">{t.ahead(place - 1)}</span>
          </p>
        )}
      </div>
      {!shut && !alone && <p class="quiet">{answered ? t.mayWriteOn : t.mayWrite}</p>}
      <p class="ways">
        <button type="button" class="link" onClick={leave}>{t.leaveMessage}</button>
        <button type="button" class="link" onClick={end}>{t.stopWaiting}</button>
      </p>
    </section>
  );
}
