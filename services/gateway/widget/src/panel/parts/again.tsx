/** After the end: the next conversation by one click, with what is known already. */
import type { JSX } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { startErrors } from "../checks.ts";
import type { ScreenProps } from "../app.tsx";
import type { Given } from "../memory.ts";

interface AgainProps extends ScreenProps {
  config: WidgetConfig;
  earlier: () => void;
}

export function Again({ config, words, talk, earlier }: AgainProps): JSX.Element {
  const { t } = words;
  /** Who begins with one click; asked anew by it, for the site may have another user by then. */
  const ready = (): Given | null => {
    const { person, topic } = talk;
    return person?.name && topic?.open && Object.keys(startErrors(person, config, words)).length === 0 ? person : null;
  };

  function startNew(): void {
    selectNothing();
    const person = ready();
    if (person) void talk.start(person);
    else talk.startAnew();
  }

  return (
    <div class="again">
      <button type="button" class="button wide" onClick={startNew}>{t.startNew}</button>
      <p class="ways">
        {ready() && <button type="button" class="link" onClick={() => talk.startAnew()}>{t.otherTopic}</button>}
        <button type="button" class="link" onClick={earlier}>{t.earlier}</button>
      </p>
    </div>
  );
}

/** The second press of a double click falls on the new screen: it must not select the words that came under it. */
export function selectNothing(): void {
  addEventListener("mousedown", (event) => event.detail > 1 && event.preventDefault(), { once: true });
}
