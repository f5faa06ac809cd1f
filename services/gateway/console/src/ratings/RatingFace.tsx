/** A rating at a glance: its face, with the words for those who listen and the comment for those who point at it. */
import type { Score } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { Face } from "../ui/Face.tsx";

export function RatingFace({ score, comment = "", size = 20 }: { score: Score; comment?: string; size?: number }) {
  const { rated, scores } = t().log;
  return (
    <span
      class="rating-face"
      role="img"
      aria-label={`${rated}: ${scores[score]}`}
      title={comment || scores[score]}
      data-testid="rating-face"
      data-score={score}
    >
      <Face score={score} size={size} />
    </span>
  );
}
