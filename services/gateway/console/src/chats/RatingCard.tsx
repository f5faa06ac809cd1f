/** The visitor's rating, the newest one. */
import type { Rated } from "@dymek/wire";
import { language, t } from "../i18n/index.ts";
import { clockTime } from "../lib/format.ts";
import { Face } from "../ui/Face.tsx";

export function RatingCard({ rating, at }: { rating: Rated; at: string }) {
  const words = t().log;
  return (
    <div
      class={`rating rating--${rating.score}`}
      role="group"
      aria-label={words.rated}
      data-testid="rating"
      data-score={rating.score}
    >
      <Face score={rating.score} size={40} />
      <div class="rating__words">
        <p class="rating__title">
          {words.rated}: <strong>{words.scores[rating.score]}</strong>
        </p>
        <p class="rating__comment">{rating.comment || words.noComment}</p>
      </div>
      <time class="line__time" dateTime={at}>
        {clockTime(at, language.value)}
      </time>
    </div>
  );
}
