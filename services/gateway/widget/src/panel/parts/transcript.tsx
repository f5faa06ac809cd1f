/** The conversation by e-mail: asked for while it goes on, or after its end; once, and then it is said that it comes. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ScreenProps } from "../app.tsx";

/** What became of asking: `ask` does nothing while it is under way. */
function useAsking({ talk, words }: ScreenProps): { busy: boolean; error: string; ask: () => void } {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const under = useRef(false);
  async function ask(): Promise<void> {
    if (under.current || talk.mailed) return;
    setBusy((under.current = true));
    setError("");
    const outcome = await talk.askTranscript();
    if (!outcome.ok) setError(words.refused(outcome.refusal));
    setBusy((under.current = false));
  }
  return { busy, error, ask: () => void ask() };
}

/** Below what was said, after the end. */
export function TranscriptAfter(props: ScreenProps): JSX.Element {
  const { t } = props.words;
  const { busy, error, ask } = useAsking(props);
  const { mailed } = props.talk;
  return (
    <div class="transcript">
      {!mailed && (
        <button type="button" class="button plain wide" aria-disabled={busy} onClick={ask}>{busy ? t.asking : t.askTranscriptNow}</button>
      )}
      <p role="status" class={mailed ? "quiet" : "hidden"}>{mailed ? t.transcriptComes : ""}</p>
      {error && <p class="error" role="alert">{error}</p>}
    </div>
  );
}

/** Asked for from the bar, while the conversation goes on. */
export function TranscriptQuestion({ done, ...props }: ScreenProps & { done: () => void }): JSX.Element {
  const { t } = props.words;
  const { talk } = props;
  const { busy, error, ask } = useAsking(props);
  const dialog = useRef<HTMLDialogElement>(null);
  const away = useRef<HTMLButtonElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    if (talk.mailed) away.current?.focus();
  }, [talk.mailed]);

  function closed(): void {
    talk.takeBack("transcript");
    done();
  }

  return (
    <dialog class="question" ref={dialog} aria-labelledby="transcript-title" onClose={closed} onKeyDown={(event) => event.stopPropagation()}>
      <h2 id="transcript-title">{t.transcript}</h2>
      <p class="quiet" role="status">{talk.mailed ? t.transcriptAsked : t.transcriptExplained}</p>
      {error && <p class="error" role="alert">{error}</p>}
      <div class="buttons">
        {!talk.mailed && <button type="button" class="button" aria-disabled={busy} onClick={ask}>{busy ? t.asking : t.askTranscript}</button>}
        <button type="button" class="button plain" ref={away} onClick={() => dialog.current?.close()}>{t.stay}</button>
      </div>
    </dialog>
  );
}
