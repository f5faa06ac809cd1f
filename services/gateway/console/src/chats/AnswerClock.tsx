/** How long there is for the first answer; it stands still while that is being typed. */
import type { ChatCard } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { serverClock } from "../lib/api.ts";
import { useNow } from "../ui/hooks.ts";
import { ClockIcon } from "../ui/icons.tsx";

const URGENT_SECONDS = 10;

export function AnswerClock({ chat, short = false }: { chat: ChatCard | undefined; short?: boolean }) {
  if (!chat?.unanswered || chat.state === "closed") return null;
  return <Ticking chat={chat} short={short} />;
}

function Ticking({ chat, short }: { chat: ChatCard; short: boolean }) {
  const words = t().team.head;
  const now = serverClock.now(useNow(250));
  if (!chat.answer_due) {
    return (
      <span class="answer answer--held" data-testid="answer-clock">
        <ClockIcon size={16} />
        {short ? "…" : words.answerHeld}
        {short && <span class="sr">{words.answerHeld}</span>}
      </span>
    );
  }
  const left = Date.parse(chat.answer_due) - now;
  const seconds = left > 0 ? Math.max(1, Math.round(left / 1000)) : 0;
  const text = seconds ? words.answerIn(seconds) : words.answerOver;
  return (
    <span class="answer" role="timer" data-urgent={seconds <= URGENT_SECONDS} data-testid="answer-clock">
      <ClockIcon size={16} />
      <span aria-hidden="true">{short ? `${seconds} s` : text}</span>
      <span class="sr">{seconds ? words.answerInLong(seconds) : words.answerOver}</span>
    </span>
  );
}
