/** One conversation: head, messages, what the visitor is typing, composer; and the details beside or over it. */
import type { Desk, Me } from "@dymek/wire";
import { useEffect, useState } from "preact/hooks";
import { sentence, t } from "../i18n/index.ts";
import { paths } from "../lib/route.ts";
import { connectionStatus, denied, desk, logs, peeks, pending, seen, viewed, type LogView } from "../state/live.ts";
import { markRead } from "../state/read.ts";
import { InfoIcon } from "../ui/icons.tsx";
import { cramped, narrow } from "../ui/media.ts";
import { Blank, Skeleton } from "../ui/parts.tsx";
import { ChatHead } from "./ChatHead.tsx";
import { Closing } from "./Closing.tsx";
import { Composer } from "./Composer.tsx";
import { Details } from "./Details.tsx";
import { Messages } from "./Messages.tsx";
import { PeekArea } from "./PeekArea.tsx";

type Part = "own" | "offered" | "none";

/** What this agent may do here. */
export function partIn(id: string, now: Desk | null): Part {
  if (now?.offers.some((offer) => offer.conversation_id === id)) return "offered";
  return now?.chats.some((chat) => chat.conversation_id === id) ? "own" : "none";
}

export function ChatRoom({ id, me }: { id: string; me: Me }) {
  const log = logs.value.get(id);
  const refusal = denied.value.get(id);
  const part = partIn(id, desk.value);
  const [details, setDetails] = useState(false);
  // A conversation that was seen and whose offer went elsewhere is gone for this agent: say so instead of showing on.
  const gone =
    refusal ??
    (log?.header.started_at && desk.value && part === "none" && !tookPart(log, me)
      ? ({ code: "taken" } as const)
      : null);
  useReading(id, part === "own" ? log : undefined);
  if (gone) {
    const moved = gone.code === "taken" || gone.code === "not_yours";
    return (
      <main class="welcome" id="main" tabIndex={-1}>
        <Blank
          level={narrow.value ? 1 : 2}
          icon={<InfoIcon size={28} />}
          title={moved ? t().chat.offerGoneTitle : t().chat.goneTitle}
          text={moved ? t().chat.offerGoneText : sentence(gone)}
        >
          <a class="button" href={paths.home}>
            {t().lost.home}
          </a>
        </Blank>
      </main>
    );
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
        <ChatHead header={header} own={part === "own"} onDetails={cramped.value ? () => setDetails(true) : null} />
        <Messages key={id} log={log} agentId={me.agent_id} pending={pending.value.filter((one) => one.stream === id)} />
        {closed ? (
          <Closing header={header} entries={log.entries} />
        ) : (
          <div class="room__foot">
            <PeekArea name={name} peek={peeks.value.get(id) ?? null} />
            {part === "own" ? <Composer key={id} id={id} /> : <p class="room__preview">{t().chat.previewNote}</p>}
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
