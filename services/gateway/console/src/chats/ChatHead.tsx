/** Who this is, since when, whether they are still on the page; and the end of it. */
import type { Header } from "@dymek/wire";
import { useState } from "preact/hooks";
import { language, t } from "../i18n/index.ts";
import { serverClock } from "../lib/api.ts";
import { clockTime, duration, fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { ask, discard, pending, visitorsOnline } from "../state/live.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { useNow } from "../ui/hooks.ts";
import { BackIcon, InfoIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Avatar, Spinner } from "../ui/parts.tsx";

export function ChatHead({ header, own, onDetails }: { header: Header; own: boolean; onDetails: (() => void) | null }) {
  const words = t().chat;
  const [ending, setEnding] = useState(false);
  const name = header.visitor_name ?? "";
  const closed = header.state === "closed";
  const online = visitorsOnline.value.get(header.conversation_id);
  return (
    <header class="head">
      {narrow.value && (
        <a class="icon-button" href={paths.home} aria-label={t().back}>
          <BackIcon />
        </a>
      )}
      <Avatar name={name} online={closed ? undefined : (online ?? true)} />
      <div class="head__words">
        <div class="head__first">
          <h1 class="head__name">{name}</h1>
          {header.topic && <span class="tag">{header.topic.name}</span>}
        </div>
        <p class="head__facts">
          {!closed && online !== undefined && (
            <span class={`presence ${online ? "is-online" : "is-away"}`}>{online ? words.online : words.offline}</span>
          )}
          <Times header={header} />
        </p>
      </div>
      <div class="head__actions">
        {onDetails && (
          <button type="button" class="button button--quiet" aria-label={words.details} onClick={onDetails}>
            <InfoIcon />
            <span class="head__button-text">{words.details}</span>
          </button>
        )}
        {own && !closed && (
          <button type="button" class="button" onClick={() => setEnding(true)}>
            {words.end}
          </button>
        )}
      </div>
      {ending && !closed && <EndDialog id={header.conversation_id} name={name} onClose={() => setEnding(false)} />}
    </header>
  );
}

function Times({ header }: { header: Header }) {
  const words = t().chat;
  const now = serverClock.now(useNow(1000));
  if (!header.started_at) return null;
  const end = header.ended_at ? Date.parse(header.ended_at) : now;
  const time = duration(end - Date.parse(header.started_at));
  return (
    <span class="head__times">
      <time dateTime={header.started_at} title={fullTime(header.started_at, language.value)}>
        {words.started(clockTime(header.started_at, language.value))}
      </time>
      <span class="head__lasts">{header.ended_at ? words.lasted(time) : words.lasts(time)}</span>
    </span>
  );
}

function EndDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const words = t().chat;
  const [busy, setBusy] = useState(false);
  const end = async (): Promise<void> => {
    setBusy(true);
    await ask({ do: "end" }, id);
    onClose();
  };
  /** An end that could not go out yet does not go out later. */
  const cancel = (): void => {
    for (const one of pending.peek()) if (one.stream === id && one.action.do === "end") discard(one.id);
    onClose();
  };
  return (
    <Dialog title={words.endTitle} onClose={cancel}>
      <p class="dialog__text">{words.endText(name)}</p>
      <div class="dialog__actions">
        <button type="button" class="button" onClick={cancel}>
          {t().cancel}
        </button>
        <button type="button" class="button button--danger" disabled={busy} onClick={() => void end()}>
          {busy && <Spinner />}
          {words.endConfirm}
        </button>
      </div>
    </Dialog>
  );
}
