/** The lists of conversations that are not this agent's: those that wait, and those that colleagues lead. */
import type { BoardCard, Colleague, NamedRef } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { serverClock } from "../lib/api.ts";
import { duration } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { agents, beyond, boardState, readBoard } from "../state/board.ts";
import { supervises } from "../state/role.ts";
import { shown, topics, topicShown } from "../state/shown.ts";
import { useNow } from "../ui/hooks.ts";
import { ChatIcon, ClockIcon, CloudOffIcon, TeamIcon } from "../ui/icons.tsx";
import { Avatar, Blank, Skeleton } from "../ui/parts.tsx";

export function BoardList({ which, open }: { which: "waiting" | "team"; open: string | null }) {
  const words = t().team.board;
  const cards = shown.value[which];
  // One clock for all rows: there may be hundreds.
  const now = serverClock.now(useNow(1000));
  if (boardState.value === "fault") {
    return (
      <Blank icon={<CloudOffIcon size={26} />} title={words.fault} tone="warn">
        <button type="button" class="button" onClick={() => void readBoard()}>
          {t().retry}
        </button>
      </Blank>
    );
  }
  if (boardState.value !== "ready") return <Skeleton lines={5} />;
  return (
    <>
      <TopicChoice />
      {cards.length === 0 && which === "waiting" && (
        <Blank icon={<ClockIcon size={26} />} title={words.waitingEmptyTitle} text={words.waitingEmptyText} />
      )}
      {cards.length === 0 && which === "team" && (
        <Blank icon={<ChatIcon size={26} />} title={words.teamEmptyTitle} text={words.teamEmptyText} />
      )}
      <ul aria-label={words[which]}>
        {cards.map((card) => (
          <CardRow key={card.conversation_id} card={card} now={now} open={open === card.conversation_id} />
        ))}
      </ul>
      {beyond.value > 0 && <p class="list__more">{words.more(beyond.value)}</p>}
      {which === "team" && supervises.value && agents.value.length > 0 && <Agents all={agents.value} />}
    </>
  );
}

function TopicChoice() {
  const words = t().team.board;
  if (topics.value.length < 2) return null;
  return (
    <label class="list__filter">
      <span class="sr">{words.topic}</span>
      <select
        class="input input--small"
        value={topicShown.value ?? ""}
        onChange={(event) => (topicShown.value = event.currentTarget.value || null)}
      >
        <option value="">{words.allTopics}</option>
        {topics.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function CardRow({ card, now, open }: { card: BoardCard; now: number; open: boolean }) {
  const active = card.state === "active";
  const since = duration(now - Date.parse(active ? card.started_at : card.waiting_since));
  return (
    <li>
      <a
        class="row"
        href={paths.chat(card.conversation_id)}
        aria-current={open ? "true" : undefined}
        data-testid="board-row"
      >
        <Avatar name={card.visitor_name} />
        <span class="row__main">
          <span class="row__name">{card.visitor_name}</span>
          <span class="row__topic">{card.topic.name}</span>
          <span class="row__last">{people(card)}</span>
        </span>
        <span class="row__side">
          {active ? (
            <span class="row__time">{since}</span>
          ) : (
            <span class="row__wait">{t().list.waiting(since)}</span>
          )}
        </span>
      </a>
    </li>
  );
}

function people({ owner, participants, offered_to }: BoardCard): string {
  const words = t().team.board;
  const others = (participants ?? []).filter(({ id }: NamedRef) => id !== owner?.id);
  return [
    owner ? words.ledBy(owner.name) : "",
    others.length ? words.with(others.map(({ name }) => name).join(", ")) : "",
    offered_to ? words.offeredTo(offered_to.name) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** For supervisors: how everybody is doing, with the offers they let pass today. */
function Agents({ all }: { all: readonly Colleague[] }) {
  const words = t().team.board;
  return (
    <section class="list__group" aria-label={words.agents}>
      <h2 class="list__heading">
        <TeamIcon size={16} />
        {words.agents}
      </h2>
      <ul>
        {all.map(({ agent, status, connected, load, capacity, missed_count }) => (
          <li key={agent.id} class="agent" data-testid="agent-row">
            <Avatar name={agent.name} size="sm" />
            <span class="agent__words">
              <span class="agent__name">{agent.name}</span>
              <span class="agent__facts">
                <span class={`status-dot status-dot--${connected ? status : "offline"}`} aria-hidden="true" />
                {connected ? t().status[status] : words.away}
                {missed_count > 0 && <span class="agent__missed">{words.missed(missed_count)}</span>}
              </span>
            </span>
            <span class="agent__load">{words.load(load, capacity)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
