/** Who this is, since when, whether they are still on the page; who leads and who is asked; and what may be done. */
import type { Header, Me } from "@dymek/wire";
import { language, t } from "../i18n/index.ts";
import { serverClock } from "../lib/api.ts";
import { clockTime, duration, fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { desk, visitorsOnline } from "../state/live.ts";
import { useNow } from "../ui/hooks.ts";
import { BackIcon, InfoIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Avatar } from "../ui/parts.tsx";
import { AnswerClock } from "./AnswerClock.tsx";
import { ChatMenu } from "./ChatMenu.tsx";

interface HeadProps {
  header: Header;
  me: Me;
  /** Whether this agent may do anything here. */
  active: boolean;
  onDetails: (() => void) | null;
}

export function ChatHead({ header, me, active, onDetails }: HeadProps) {
  const words = t().chat;
  const name = header.visitor_name ?? "";
  const closed = header.state === "closed";
  const online = visitorsOnline.value.get(header.conversation_id);
  const card = desk.value?.chats.find((chat) => chat.conversation_id === header.conversation_id);
  return (
    <header class="head">
      {narrow.value && (
        <a class="icon-button" href={paths.home} aria-label={t().back}>
          <BackIcon />
        </a>
      )}
      <Avatar name={name} online={closed ? undefined : online} />
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
        {!closed && (
          <p class="head__team">
            <AnswerClock chat={card} />
            <People header={header} me={me} />
          </p>
        )}
      </div>
      <div class="head__actions">
        {onDetails && (
          <button type="button" class="button button--quiet" aria-label={words.details} onClick={onDetails}>
            <InfoIcon />
            <span class="head__button-text">{words.details}</span>
          </button>
        )}
        {active && !closed && <ChatMenu header={header} me={me} />}
      </div>
    </header>
  );
}

/** Only where it is not simply the one agent who looks at it. */
function People({ header, me }: { header: Header; me: Me }) {
  const words = t().team.head;
  const others = header.participants.filter(({ id }) => id !== me.agent_id && id !== header.owner?.id);
  const led = header.owner && header.owner.id !== me.agent_id ? words.led(header.owner.name) : "";
  const mine = header.owner?.id === me.agent_id && others.length > 0 ? words.ledByYou : "";
  return (
    <>
      {(led || mine) && <span data-testid="owner">{led || mine}</span>}
      {others.length > 0 && <span>{words.others(others.map(({ name }) => name).join(", "))}</span>}
      {header.offer && header.offer.agent.id !== me.agent_id && (
        <Asked name={header.offer.agent.name} until={header.offer.expires_at} />
      )}
    </>
  );
}

function Asked({ name, until }: { name: string; until: string }) {
  const now = serverClock.now(useNow(1000));
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  return (
    <span class="head__asked" data-testid="asked">
      {t().team.head.asking(name, seconds)}
    </span>
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
