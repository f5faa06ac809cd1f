/**
 * The cards that cannot be missed: a conversation offered to this agent, with the time left to answer, on every page.
 * The tray never takes the focus, so that nobody accepts by typing; F8 and F9 answer the oldest offer.
 */
import type { MissedOffer, OfferCard } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { serverClock } from "../lib/api.ts";
import { countdown } from "../lib/clock.ts";
import { missedToTell, waitsAgain } from "../lib/desk.ts";
import { duration } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { desk, logs, pending, viewed } from "../state/live.ts";
import { finish, finished } from "../state/missed.ts";
import { useNow } from "../ui/hooks.ts";
import { CheckIcon, ClockIcon, CloseIcon } from "../ui/icons.tsx";
import { Avatar, Spinner } from "../ui/parts.tsx";
import { accept, decline } from "./signals.ts";

export function OfferTray({ go }: { go: (path: string) => void }) {
  const offers = desk.value?.offers ?? [];
  const missed = missedToTell(desk.value, finished.value, serverClock.now(Date.now()));
  if (offers.length === 0 && !missed) return null;
  return (
    <section class="tray" aria-label={t().offers.region}>
      {offers.map((offer, index) => (
        <Offer key={offer.offer_id} offer={offer} first={index === 0} go={go} />
      ))}
      {missed && (
        <div class="missed" role="status">
          <ClockIcon />
          <div class="missed__words">
            <p>{missedText(missed, offers)}</p>
          </div>
          <button type="button" class="button button--small" onClick={() => finish(missed.offer_id)}>
            {t().missed.dismiss}
          </button>
        </div>
      )}
    </section>
  );
}

/** Where nobody else was there to take it the conversation has come back: then it did not move on. */
function missedText(missed: MissedOffer, offers: readonly OfferCard[]): string {
  const words = t().missed;
  const entries = logs.value.get(missed.conversation_id)?.entries;
  if (waitsAgain(missed, offers, entries)) return words.returned(missed.visitor_name);
  return missed.outcome === "expired" ? words.expired(missed.visitor_name) : words.withdrawn(missed.visitor_name);
}

function Offer({ offer, first, go }: { offer: OfferCard; first: boolean; go: (path: string) => void }) {
  const words = t().offers;
  const now = serverClock.now(useNow(250));
  const left = countdown(offer.made_at, offer.expires_at, now);
  const asked = pending.value.some(({ action }) => "offer_id" in action && action.offer_id === offer.offer_id);
  const id = `offer-${offer.offer_id}`;
  return (
    <article class="offer" aria-labelledby={id} data-testid="offer" data-urgent={left.seconds <= 5}>
      <Ring share={left.share} seconds={left.seconds} />
      <div class="offer__words">
        <h2 class="offer__title" id={id}>
          {offer.chosen_by ? t().team.offer.from(offer.chosen_by.name) : words.title}
        </h2>
        <p class="offer__who">
          <Avatar name={offer.visitor_name} size="sm" />
          <strong>{offer.visitor_name}</strong>
          <span class="tag">{offer.topic.name}</span>
        </p>
        <p class="offer__wait">
          {words.waits(duration(now - Date.parse(offer.waiting_since)))}
          {viewed.value !== offer.conversation_id && (
            <>
              {" · "}
              <a href={paths.chat(offer.conversation_id)}>{words.preview}</a>
            </>
          )}
        </p>
      </div>
      <div class="offer__answers">
        <button
          type="button"
          class="button button--primary button--big"
          disabled={asked || left.over}
          aria-keyshortcuts={first ? "F8" : undefined}
          onClick={() => void accept(offer.offer_id, go)}
        >
          {asked ? <Spinner /> : <CheckIcon />}
          {words.accept}
          {first && <kbd aria-hidden="true">F8</kbd>}
        </button>
        <button
          type="button"
          class="button button--big"
          disabled={asked || left.over}
          aria-keyshortcuts={first ? "F9" : undefined}
          onClick={() => void decline(offer.offer_id)}
        >
          <CloseIcon />
          {words.decline}
          {first && <kbd aria-hidden="true">F9</kbd>}
        </button>
      </div>
    </article>
  );
}

const RADIUS = 26;
const ROUND = 2 * Math.PI * RADIUS;

function Ring({ share, seconds }: { share: number; seconds: number }) {
  return (
    <div class="ring" role="timer" aria-label={t().offers.left(seconds)} data-testid="countdown">
      <svg viewBox="0 0 60 60" width="60" height="60" aria-hidden="true" focusable="false">
        <circle class="ring__track" cx="30" cy="30" r={RADIUS} />
        <circle
          class="ring__left"
          cx="30"
          cy="30"
          r={RADIUS}
          stroke-dasharray={ROUND}
          stroke-dashoffset={ROUND * (1 - share)}
        />
      </svg>
      <span class="ring__seconds" aria-hidden="true">
        {seconds}
      </span>
    </div>
  );
}
