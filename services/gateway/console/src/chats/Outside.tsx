/**
 * A conversation this agent sees nothing of (any more): why, where it is now as far as the board tells, the way in
 * where there is one, and what they had written that could not be sent.
 */
import type { BoardCard, Pending, Refusal, Uuid } from "@dymek/wire";
import { useRef } from "preact/hooks";
import { sentence, t } from "../i18n/index.ts";
import { cardOf } from "../lib/board.ts";
import { paths } from "../lib/route.ts";
import type { Departure } from "../lib/rights.ts";
import { unsent } from "../lib/timeline.ts";
import { cards } from "../state/board.ts";
import { departures, desk, pending } from "../state/live.ts";
import { InfoIcon, TeamIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Blank } from "../ui/parts.tsx";
import { join } from "./actions.ts";
import { LogItem } from "./LogItem.tsx";

export function Outside({ id, refusal, wasHere }: { id: Uuid; refusal: Refusal | null; wasHere: boolean }) {
  const card = cardOf(cards.value, id);
  const over = useOver(id, card);
  const { title, text } = words(over ?? card, departures.value.get(id), refusal, wasHere, desk.value?.agent_id);
  const left = unsent([], pending.value.filter((one: Pending) => one.stream === id && one.state === "refused"));
  return (
    <main class="welcome" id="main" tabIndex={-1}>
      <div class="outside" data-testid="outside">
        <Blank level={narrow.value ? 1 : 2} icon={<InfoIcon size={28} />} title={title} text={text}>
          <div class="outside__ways">
            {card?.state === "active" && (
              <button type="button" class="button button--primary" onClick={() => void join(id)}>
                <TeamIcon />
                {t().team.watch.join}
              </button>
            )}
            <a class="button" href={paths.home}>
              {t().lost.home}
            </a>
          </div>
        </Blank>
        {left.length > 0 && (
          <section class="outside__unsent" aria-label={t().team.outside.unsent}>
            <p>{t().team.outside.unsent}</p>
            <ol>
              {left.map((item) => (
                <LogItem key={item.key} item={item} />
              ))}
            </ol>
          </section>
        )}
      </div>
    </main>
  );
}

/** The card it ended with: the next board does not name it any more, and it stays ended. */
function useOver(id: Uuid, card: BoardCard | undefined): BoardCard | null {
  const over = useRef<BoardCard | null>(null);
  if (card?.state === "closed") over.current = card;
  return over.current?.conversation_id === id ? over.current : null;
}

/** Says only what is sure now: who leads it comes from the board alone, which goes on telling. */
function words(
  card: BoardCard | undefined,
  gone: Departure | undefined,
  refusal: Refusal | null,
  wasHere: boolean,
  agentId: Uuid | undefined,
): { title: string; text: string } {
  const team = t().team.outside;
  if (card?.state === "closed") return { title: team.endedTitle, text: "" };
  // A card that still names this agent is older than how they came out of it.
  const leader = card?.state === "active" && card.owner?.id !== agentId ? card.owner : null;
  const led = leader ? team.activeTitle(leader.name) : "";
  const offered = card?.offered_to ? team.offeredTitle(card.offered_to.name) : "";
  const waits = card?.state === "waiting" ? team.waitingTitle : "";
  if (gone) return { title: team.reasons[gone.reason], text: led || offered || waits };
  if (led) return { title: led, text: team.activeText };
  if (offered) return { title: offered, text: "" };
  if (waits) return { title: waits, text: team.waitingText };
  if (wasHere) return { title: t().chat.offerGoneTitle, text: t().chat.offerGoneText };
  return { title: t().chat.goneTitle, text: refusal ? sentence(refusal) : "" };
}
