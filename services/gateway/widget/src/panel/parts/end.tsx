/** Asks once before the conversation is ended. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ScreenProps } from "../app.tsx";

export function EndQuestion({ words, talk, done }: ScreenProps & { done: () => void }): JSX.Element {
  const { t } = words;
  const waits = talk.phase === "waiting";
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  useEffect(() => dialog.current?.showModal(), []);

  async function end(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setError("");
    const outcome = await talk.end();
    if (outcome.ok || outcome.refusal.code === "closed") done();
    else setError(words.refused(outcome.refusal));
    setBusy(false);
  }

  function stay(): void {
    talk.takeBack("end");
    done();
  }

  return (
    <dialog class="question" ref={dialog} aria-labelledby="end-title" onClose={stay} onKeyDown={(event) => event.stopPropagation()}>
      <h2 id="end-title">{waits ? t.stopQuestion : t.endQuestion}</h2>
      <p class="quiet">{waits ? t.stopExplained : t.endExplained}</p>
      {error && <p class="error" role="alert">{error}</p>}
      <div class="buttons">
        <button type="button" class="button danger" aria-disabled={busy} onClick={() => void end()}>{busy ? t.ending : waits ? t.stopWaiting : t.end}</button>
        <button type="button" class="button plain" onClick={stay}>{waits ? t.waitOn : t.stay}</button>
      </div>
    </dialog>
  );
}
