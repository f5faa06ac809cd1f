/** Offers, own conversations and those that ended lately; in tabs beside them those that wait and the colleagues'. */
import type { ChatCard, OfferCard } from "@dymek/wire";
import { language, t } from "../i18n/index.ts";
import { serverClock } from "../lib/api.ts";
import { sortedChats } from "../lib/desk.ts";
import { duration, shortMoment } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { setStatus } from "../shell/StatusSwitch.tsx";
import { glances } from "../state/glances.ts";
import { desk, logs, peeks, visitorsOnline } from "../state/live.ts";
import { tab } from "../state/shown.ts";
import { useNow } from "../ui/hooks.ts";
import { ChatIcon } from "../ui/icons.tsx";
import { Avatar, Blank, Skeleton } from "../ui/parts.tsx";
import { AnswerClock } from "./AnswerClock.tsx";
import { BoardList } from "./BoardList.tsx";
import { PANEL, Tabs } from "./Tabs.tsx";

export function ChatList({ open, as: Box }: { open: string | null; as: "main" | "aside" }) {
  const words = t().list;
  const main = Box === "main" ? { id: "main", tabIndex: -1 } : { "aria-label": words.title };
  return (
    <Box class="list" {...main}>
      <h1 class="list__title">{words.title}</h1>
      <Tabs />
      <div class="list__scroll" role="tabpanel" id={PANEL} aria-labelledby={`tab-${tab.value}`}>
        {tab.value === "own" ? (
          <OwnChats open={open} alone={Box === "main"} />
        ) : (
          <BoardList which={tab.value} open={open} />
        )}
      </div>
    </Box>
  );
}

/** `alone`: nothing beside it says what to do first. */
function OwnChats({ open, alone }: { open: string | null; alone: boolean }) {
  const now = desk.value;
  const words = t().list;
  if (!now) return <Skeleton lines={5} />;
  const { active, closed } = sortedChats(now.chats);
  const { offers } = now;
  return (
    <>
      {offers.length + active.length + closed.length === 0 && (
        <Blank
          icon={<ChatIcon size={26} />}
          title={words.emptyTitle}
          text={now.status === "available" ? words.emptyAvailable : words.emptyAway}
        >
          {alone && now.status !== "available" && now.status_cause === "chosen" && (
            <button type="button" class="button button--primary" onClick={() => void setStatus("available")}>
              {t().welcome.go}
            </button>
          )}
        </Blank>
      )}
      {offers.length > 0 && (
        <Group title={words.offers}>
          {offers.map((offer) => (
            <OfferRow key={offer.offer_id} offer={offer} open={open === offer.conversation_id} />
          ))}
        </Group>
      )}
      {active.length > 0 && (
        <Group title={words.active}>
          {active.map((chat) => (
            <ChatRow key={chat.conversation_id} chat={chat} open={open === chat.conversation_id} />
          ))}
        </Group>
      )}
      {closed.length > 0 && (
        <Group title={words.closed}>
          {closed.map((chat) => (
            <ChatRow key={chat.conversation_id} chat={chat} open={open === chat.conversation_id} />
          ))}
        </Group>
      )}
    </>
  );
}

function Group({ title, children }: { title: string; children: preact.ComponentChildren }) {
  return (
    <section class="list__group" aria-label={title}>
      <h2 class="list__heading">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function OfferRow({ offer, open }: { offer: OfferCard; open: boolean }) {
  const now = serverClock.now(useNow(1000));
  const last = glances.value.get(offer.conversation_id)?.last;
  return (
    <li>
      <a class="row row--offer" href={paths.chat(offer.conversation_id)} aria-current={open ? "true" : undefined}>
        <Avatar name={offer.visitor_name} />
        <span class="row__main">
          <span class="row__name">{offer.visitor_name}</span>
          <span class="row__topic">
            {offer.topic.name}
            {offer.chosen_by && ` · ${t().team.offer.by(offer.chosen_by.name)}`}
          </span>
          <span class="row__last">{last?.text ?? t().list.noMessages}</span>
        </span>
        <span class="row__side">
          <span class="row__wait">{t().list.waiting(duration(now - Date.parse(offer.waiting_since)))}</span>
        </span>
      </a>
    </li>
  );
}

function ChatRow({ chat, open }: { chat: ChatCard; open: boolean }) {
  const words = t().list;
  const now = serverClock.now(useNow(1000));
  const id = chat.conversation_id;
  const { last, unread, waitingSince } = glances.value.get(id) ?? { last: null, unread: 0, waitingSince: null };
  const ended = chat.state === "closed";
  const header = logs.value.get(id)?.header;
  const leader = !ended && header?.owner && header.owner.id !== desk.value?.agent_id ? header.owner.name : "";
  return (
    <li>
      <a
        class="row"
        href={paths.chat(id)}
        aria-current={open ? "true" : undefined}
        data-unread={unread > 0}
        data-ended={ended}
      >
        <Avatar name={chat.visitor_name} online={ended ? undefined : visitorsOnline.value.get(id)} />
        <span class="row__main">
          <span class="row__name">{chat.visitor_name}</span>
          <span class="row__topic">
            {chat.topic.name}
            {leader && ` · ${t().team.board.ledBy(leader)}`}
          </span>
          <span class="row__last">
            {peeks.value.get(id)?.typing && !ended ? (
              <em class="row__writes">{words.writes}</em>
            ) : (
              <>
                {last?.mine && <span class="row__you">{words.you}: </span>}
                {last?.text ?? words.noMessages}
              </>
            )}
          </span>
        </span>
        <span class="row__side">
          <span class="row__time">
            {shortMoment(last?.at ?? header?.ended_at ?? chat.started_at, now, language.value)}
          </span>
          <AnswerClock chat={chat} short />
          {waitingSince && !ended && !chat.unanswered && (
            <span class="row__wait">{words.waiting(duration(now - Date.parse(waitingSince)))}</span>
          )}
          {unread > 0 && (
            <span class="count">
              <span aria-hidden="true">{unread}</span>
              <span class="sr">{words.unread(unread)}</span>
            </span>
          )}
        </span>
      </a>
    </li>
  );
}
