/** One item of a conversation: a bubble, or a line about what happened. */
import type { ComponentChildren } from "preact";
import { language, sentence, t } from "../i18n/index.ts";
import { clockTime, dayName, fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import type { Item } from "../lib/timeline.ts";
import { discard, retry } from "../state/live.ts";
import {
  ChatIcon,
  CheckIcon,
  ClockIcon,
  CloseIcon,
  HandOverIcon,
  LeaveIcon,
  PersonIcon,
  TicketIcon,
  WarnIcon,
} from "../ui/icons.tsx";
import { RichText } from "../ui/parts.tsx";
import { RatingCard } from "./RatingCard.tsx";

export function LogItem({ item }: { item: Item }) {
  const words = t().log;
  const team = t().team.log;
  switch (item.kind) {
    case "day":
      return (
        <li class="day">
          <span>{dayName(item.at, Date.now(), language.value, t().chat)}</span>
        </li>
      );
    case "message":
      return (
        <Bubble
          by={item.by}
          name={item.name}
          first={item.first}
          last={item.last}
          text={item.text}
          foot={<Time at={item.at} />}
        />
      );
    case "pending":
      return <PendingBubble item={item} />;
    case "started":
      return (
        <Line at={item.at} icon={<ChatIcon size={16} />}>
          {words.started(item.topic)}
        </Line>
      );
    case "joined":
      return (
        <Line at={item.at} icon={<PersonIcon size={16} />} strong>
          {item.me ? words.joinedYou : words.joined(item.name)}
        </Line>
      );
    case "left":
      return (
        <Line at={item.at} icon={<LeaveIcon size={16} />} strong>
          {item.me && item.reason === "left" ? team.leftYou : team.left[item.reason](item.name)}
        </Line>
      );
    case "handed":
      return (
        <Line at={item.at} icon={<HandOverIcon size={16} />} strong>
          {item.taken ? team.takenOver(item.from, item.to) : team.handed(item.from, item.to)}
        </Line>
      );
    case "owner":
      return (
        <Line at={item.at} icon={<PersonIcon size={16} />} strong>
          {item.me ? team.ownerYou : team.owner(item.name)}
        </Line>
      );
    case "waits":
      return (
        <Line at={item.at} icon={<ClockIcon size={16} />} strong>
          {team.waits[item.reason](item.topic)}
        </Line>
      );
    case "warned":
      return (
        <Line at={item.at} icon={<WarnIcon size={16} />}>
          {team.warned(clockTime(item.closesAt, language.value))}
        </Line>
      );
    case "company":
      return (
        <li class="company" data-testid="company">
          <div class="company__head">
            <span>{team.company[item.purpose]}</span>
            <Time at={item.at} />
          </div>
          <p class="company__text">
            <RichText text={item.text} />
          </p>
        </li>
      );
    case "offer":
      return (
        <Line
          at={item.at}
          icon={
            item.outcome === "expired" || item.outcome === "declined" ? (
              <CloseIcon size={16} />
            ) : (
              <ClockIcon size={16} />
            )
          }
        >
          {item.byMe
            ? team.offeredByYou(item.name)
            : item.by
              ? team.offeredBy(item.by, item.name)
              : words.offered(item.name)}
          {" · "}
          {item.outcome ? words.outcomes[item.outcome] : words.pendingOffer}
        </Line>
      );
    case "looked_up":
      return (
        <Line at={item.at} icon={<PersonIcon size={16} />}>
          {item.known ? words.known : words.unknown}
        </Line>
      );
    case "attached":
      return (
        <Line at={item.at} icon={<PersonIcon size={16} />}>
          {item.customer === null
            ? item.me
              ? words.detachedYou
              : words.detached(item.name)
            : item.me
              ? words.attachedYou(item.customer)
              : words.attached(item.name, item.customer)}
        </Line>
      );
    case "ended":
      return (
        <Line at={item.at} icon={<CheckIcon size={16} />} strong>
          {words.ended[item.reason](item.name)}
        </Line>
      );
    case "ticket":
      return (
        <Line at={item.at} icon={<TicketIcon size={16} />} strong>
          <a href={paths.ticket(item.id)}>{words.ticket(item.number)}</a>
        </Line>
      );
    case "rated":
      return (
        <li class="rated">
          <RatingCard rating={item.rating} at={item.at} />
        </li>
      );
  }
}

function Time({ at }: { at: string }) {
  return (
    <time class="bubble__time" dateTime={at} title={fullTime(at, language.value)}>
      {clockTime(at, language.value)}
    </time>
  );
}

interface BubbleProps {
  by: "visitor" | "me" | "agent";
  name: string;
  first: boolean;
  last: boolean;
  text: string;
  foot: ComponentChildren;
  state?: string;
}

function Bubble({ by, name, first, last, text, foot, state }: BubbleProps) {
  return (
    <li
      class={`bubble-row bubble-row--${by === "visitor" ? "other" : by === "me" ? "own" : "colleague"}`}
      data-first={first}
      data-last={last}
      data-state={state}
      data-testid="message"
    >
      <div class="bubble-box">
        <span class={first ? "bubble__name" : "sr"}>{by === "me" ? t().list.you : name}</span>
        <div class="bubble">
          <p class="bubble__text">
            <RichText text={text} />
          </p>
          <span class="bubble__foot">{foot}</span>
        </div>
      </div>
    </li>
  );
}

function PendingBubble({ item }: { item: Extract<Item, { kind: "pending" }> }) {
  const words = t().delivery;
  const { id, state, refusal, at } = item.pending;
  const failed = state === "refused";
  const foot = failed ? (
    <span class="bubble__fault">
      <WarnIcon size={16} />
      <span>
        {words.refused}. {refusal && sentence(refusal)}
      </span>
      <button type="button" class="link-button" onClick={() => retry(id)}>
        {words.resend}
      </button>
      <button type="button" class="link-button" onClick={() => discard(id)}>
        {words.discard}
      </button>
    </span>
  ) : (
    <span class="bubble__waits">
      {state !== "done" && <span>{words[state]}</span>}
      <ClockIcon size={14} />
      <Time at={at} />
    </span>
  );
  return <Bubble by="me" name="" first={item.first} last={item.last} text={item.text} foot={foot} state={state} />;
}

function Line({
  at,
  icon,
  strong = false,
  children,
}: {
  at: string;
  icon: ComponentChildren;
  strong?: boolean;
  children: ComponentChildren;
}) {
  return (
    <li class={`line ${strong ? "line--strong" : ""}`} data-testid="log-line">
      {icon}
      <span class="line__text">{children}</span>
      <time class="line__time" dateTime={at} title={fullTime(at, language.value)}>
        {clockTime(at, language.value)}
      </time>
    </li>
  );
}
