/** One conversation: head, messages, what the visitor is typing, composer; and the details beside or over it. */
import type { Me } from "@dymek/wire";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { partIn } from "../lib/rights.ts";
import { connectionStatus, denied, desk, logs, peeks, pending, seen, viewed, type LogView } from "../state/live.ts";
import { markRead } from "../state/read.ts";
import { supervises } from "../state/role.ts";
import { cramped } from "../ui/media.ts";
import { Skeleton } from "../ui/parts.tsx";
import { ChatHead } from "./ChatHead.tsx";
import { Closing } from "./Closing.tsx";
import { Composer } from "./Composer.tsx";
import { Details } from "./Details.tsx";
import { Messages } from "./Messages.tsx";
import { Outside } from "./Outside.tsx";
import { PeekArea } from "./PeekArea.tsx";
import { WatchBar } from "./WatchBar.tsx";

export function ChatRoom({ id, me }: { id: string; me: Me }) {
  const log = logs.value.get(id);
  const refusal = denied.value.get(id);
  const part = partIn(id, desk.value, supervises.value);
  const [details, setDetails] = useState(false);
  useReading(id, part === "own" ? log : undefined);
  // A conversation that was seen and has gone elsewhere is gone for this agent: say so instead of showing on.
  const gone = Boolean(log?.header.started_at && desk.value && part === "none" && !tookPart(log, me));
  if (refusal || gone) {
    const wasHere = gone || desk.value?.missed?.conversation_id === id;
    return <Outside id={id} refusal={refusal ?? null} wasHere={wasHere} />;
  }
  if (!log?.header.started_at) {
    return (
      <main class="room room--loading" id="main" tabIndex={-1}>
        <Skeleton lines={6} label={t().chat.loading} />
      </main>
    );
  }
  const { header } = log;
  const name = header.visitor_name ?? "";
  const closed = header.state === "closed";
  return (
    <>
      <main class="room" id="main" tabIndex={-1} aria-label={`${t().chat.region}: ${name}`}>
        <ChatHead
          header={header}
          me={me}
          active={part === "own" || part === "watching"}
          onDetails={cramped.value ? () => setDetails(true) : null}
        />
        <Messages key={id} log={log} agentId={me.agent_id} pending={pending.value.filter((one) => one.stream === id)} />
        {closed ? (
          <Closing header={header} entries={log.entries} />
        ) : (
          <div class="room__foot">
            <PeekArea name={name} peek={peeks.value.get(id) ?? null} />
            {part === "own" && <Composer key={id} id={id} />}
            {part === "watching" && <WatchBar header={header} me={me} />}
            {(part === "offered" || part === "none") && <p class="room__preview">{t().chat.previewNote}</p>}
          </div>
        )}
      </main>
      {(!cramped.value || details) && (
        <Details header={header} onClose={cramped.value ? () => setDetails(false) : null} />
      )}
    </>
  );
}

function tookPart(log: LogView, me: Me): boolean {
  return log.header.participants.some((participant) => participant.id === me.agent_id);
}

/** What is on a visible screen is read, and the visitor is told that it was shown. */
function useReading(id: string, log: LogView | undefined): void {
  const head = log?.header.head ?? 0;
  const online = connectionStatus.value === "online";
  useEffect(() => {
    if (!head) return;
    const look = (): void => {
      if (document.visibilityState !== "visible" || viewed.peek() !== id) return;
      markRead(id, head);
      seen(id, head);
    };
    const timer = setTimeout(look, 150);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [id, head, online]);
}
