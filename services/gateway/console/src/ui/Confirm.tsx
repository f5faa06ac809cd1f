/** A question before something that cannot be taken back. It stays until what was asked for is answered. */
import { useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { Dialog } from "./Dialog.tsx";
import { Spinner } from "./parts.tsx";

interface ConfirmProps {
  title: string;
  text: string;
  confirm: string;
  /** The way back, where "cancel" could be taken for what is asked about. */
  stay?: string;
  tone?: "primary" | "danger";
  /** What was confirmed; the dialog closes when it is done. */
  run: () => Promise<unknown>;
  /** Closed, by whatever way. */
  onClose: () => void;
}

export function Confirm({ title, text, confirm, stay, tone = "primary", run, onClose }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    setBusy(true);
    await run();
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <p class="dialog__text">{text}</p>
      <div class="dialog__actions">
        <button type="button" class="button" onClick={onClose}>
          {stay ?? t().cancel}
        </button>
        <button type="button" class={`button button--${tone}`} disabled={busy} onClick={() => void go()}>
          {busy && <Spinner />}
          {confirm}
        </button>
      </div>
    </Dialog>
  );
}
