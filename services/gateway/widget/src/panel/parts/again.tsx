/** After the end: the next conversation by one click, with what is known already. */
import type { JSX } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { startErrors } from "../checks.ts";
import type { ScreenProps } from "../app.tsx";

interface AgainProps extends ScreenProps {
  config: WidgetConfig;
  earlier: () => void;
}

export function Again({ config, words, talk, earlier }: AgainProps): JSX.Element {
  const { t } = words;
  const known = talk.memory.person.get();
  const person = known && { ...known, topic: talk.topic?.id ?? "" };
  const ready = person && talk.topic?.open && Object.keys(startErrors(person, config, words)).length === 0;

  function startNew(): void {
    selectNothing();
    if (ready) void talk.start(person);
    else talk.startAnew();
  }

  return (
    <div class="again">
      <button type="button" class="button wide" onClick={startNew}>{t.startNew}</button>
      <p class="ways">
        {ready && <button type="button" class="link" onClick={() => talk.startAnew()}>{t.otherTopic}</button>}
        <button type="button" class="link" onClick={earlier}>{t.earlier}</button>
      </p>
    </div>
  );
}

/** The second press of a double click falls on the new screen: it must not select the words that came under it. */
export function selectNothing(): void {
  addEventListener("mousedown", (event) => event.detail > 1 && event.preventDefault(), { once: true });
}
