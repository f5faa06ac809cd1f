/** What became of a mail: its state, and where it was not sent, why; for lists of mail and beside an agent's reply. */
import "../styles/mails.css";
import type { Mail } from "@dymek/wire";
import { reasonOf, words } from "../i18n/mails.ts";
import { CheckIcon, ClockIcon, WarnIcon } from "./icons.tsx";
import { Spinner } from "./parts.tsx";

const TONES = { pending: "badge--warn", sending: "badge--new", sent: "badge--good", failed: "badge--bad" };

export function MailMark({ state, reason = "" }: { state: Mail["state"]; reason?: string | undefined }) {
  const { why, said } = reasonOf(reason);
  return (
    <span class="mail-mark" data-state={state}>
      <span class={`badge ${TONES[state]}`}>
        <Sign state={state} />
        {words().states[state]}
      </span>
      {why && <span class="mail-mark__why">{why}</span>}
      {said && <span class="mail-mark__said">{words().details(said)}</span>}
    </span>
  );
}

function Sign({ state }: { state: Mail["state"] }) {
  switch (state) {
    case "pending":
      return <ClockIcon size={14} />;
    case "sending":
      return <Spinner />;
    case "sent":
      return <CheckIcon size={14} />;
    case "failed":
      return <WarnIcon size={14} />;
  }
}
