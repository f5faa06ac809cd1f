/**
 * A conversation this agent sees nothing of (any more): why, where it is now as far as the board tells, the way in
 * where there is one, and what they had written that could not be sent.
 */
import type { BoardCard, Pending, Refusal, Uuid } from "@dymek/wire";
import { sentence, t } from "../i18n/index.ts";
import { cardOf } from "../lib/board.ts";
import { paths } from "../lib/route.ts";
import type { Departure } from "../lib/rights.ts";
import { unsent } from "../lib/timeline.ts";
import { cards } from "../state/board.ts";
import { departures, pending } from "../state/live.ts";
import { InfoIcon, TeamIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Blank } from "../ui/parts.tsx";
import { join } from "./actions.ts";
import { LogItem } from "./LogItem.tsx";

export function Outside({ id, refusal, wasHere }: { id: Uuid; refusal: Refusal | null; wasHere: boolean }) {
  const card = cardOf(cards.value, id);
  const { title, text } = words(card, departures.value.get(id), refusal, wasHere);
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

function words(
  card: BoardCard | undefined,
  gone: Departure | undefined,
  refusal: Refusal | null,
  wasHere: boolean,
): { title: string; text: string } {
  const team = t().team.outside;
  const leads = card?.owner?.name ?? gone?.to?.name ?? "";
  const now = card && card.state !== "closed" ? card : null;
  const where = now?.state === "active" && leads ? team.activeTitle(leads) : "";
  if (gone) return { title: team.reasons[gone.reason], text: where || (leads && team.activeTitle(leads)) };
  if (where) return { title: where, text: team.activeText };
  if (now?.offered_to) return { title: team.offeredTitle(now.offered_to.name), text: "" };
  if (now) return { title: team.waitingTitle, text: team.waitingText };
  if (wasHere) return { title: t().chat.offerGoneTitle, text: t().chat.offerGoneText };
  return { title: t().chat.goneTitle, text: refusal ? sentence(refusal) : "" };
}
