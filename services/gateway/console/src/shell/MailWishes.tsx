/** Which mails the agent wants. */
import { useEffect } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { words } from "../i18n/templates.ts";
import { choices, choose, loadChoices } from "../state/choices.ts";
import { Spinner } from "../ui/parts.tsx";
import { Switch } from "./Switch.tsx";

export function MailWishes() {
  const said = words().mails;
  const now = choices.value;
  // Another page of the same agent may have changed them.
  useEffect(() => void loadChoices(), []);
  return (
    <div class="popup__row" role="group" aria-label={said.title}>
      <span class="popup__label">{said.title}</span>
      {now.state === "ready" ? (
        <div class="popup__wishes">
          {(
            [
              ["new_tickets", said.newTickets],
              ["missed_chats", said.missedChats],
            ] as const
          ).map(([name, label]) => (
            <div key={name} class="popup__wish">
              <span aria-hidden="true">{label}</span>
              <Switch label={label} on={now.chosen[name]} onChange={(on) => choose({ [name]: on })} />
            </div>
          ))}
        </div>
      ) : now.state === "loading" ? (
        <span class="popup__who" role="status">
          <Spinner />
          <span class="sr">{t().loading}</span>
        </span>
      ) : (
        <span class="popup__pair">
          <span class="popup__who">{said.fault}</span>
          <button type="button" class="button button--small" onClick={() => void loadChoices()}>
            {t().retry}
          </button>
        </span>
      )}
    </div>
  );
}
