/** While nobody has answered: that we look for an agent, the place in the queue, and the way out. */
import type { JSX } from "preact";
import type { ScreenProps } from "../app.tsx";

export function WaitingCard({ words, talk, leave }: ScreenProps & { leave: () => void }): JSX.Element {
  const { t } = words;
  const { place } = talk;
  return (
    <section class="waiting">
      <div role="status">
        <h2>
          <span class="dots" aria-hidden="true"><i /><i /><i /></span>
          {t.searching}
        </h2>
        {place !== null && (
          <p>
            <strong>{t.place(place)}</strong> <span class="quiet">{t.ahead(place - 1)}</span>
          </p>
        )}
      </div>
      <p class="quiet">{t.mayWrite}</p>
      <p class="way-out">
        <span class="quiet">{t.noTime}</span>
        <button type="button" class="link" onClick={leave}>{t.leaveMessage}</button>
      </p>
    </section>
  );
}
