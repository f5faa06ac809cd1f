/** Asks once before the conversation is ended. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { refusalText } from "@dymek/wire";
import type { ScreenProps } from "../app.tsx";

export function EndQuestion({ words, talk, done }: ScreenProps & { done: () => void }): JSX.Element {
  const { t } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  const [error, setError] = useState("");
  useEffect(() => dialog.current?.showModal(), []);

  async function end(): Promise<void> {
    const outcome = await talk.end();
    if (outcome.ok || outcome.refusal.code === "closed") done();
    else setError(refusalText(outcome.refusal, words.language));
  }

  return (
    <dialog class="question" ref={dialog} aria-labelledby="end-title" onClose={done} onKeyDown={(event) => event.stopPropagation()}>
      <h2 id="end-title">{t.endQuestion}</h2>
      <p class="quiet">{t.endExplained}</p>
      {error && <p class="error" role="alert">{error}</p>}
      <div class="buttons">
        <button type="button" class="button danger" onClick={() => void end()}>{t.end}</button>
        <button type="button" class="button plain" onClick={done}>{t.stay}</button>
      </div>
    </dialog>
  );
}
