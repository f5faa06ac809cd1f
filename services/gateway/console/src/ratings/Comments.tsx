/** What visitors wrote beside their ratings, the newest first, each with the way to its conversation. */
import type { Rating } from "@dymek/wire";
import { language } from "../i18n/index.ts";
import { words } from "../i18n/ratings.ts";
import { fullTime } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { RatingFace } from "./RatingFace.tsx";

const NAMED_BY = 60;

export function Comments({ comments }: { comments: readonly Rating[] }) {
  const said = words().comments;
  return (
    <section class="figures__part" aria-labelledby="figures-comments" data-testid="figures-comments">
      <h2 class="figures__title" id="figures-comments">
        {said.title}
      </h2>
      {comments.length === 0 ? (
        <p class="figures__nothing">{said.empty}</p>
      ) : (
        <ul class="figures__comments">
          {comments.map((rating) => (
            <li key={rating.conversation_id} class="remark" data-testid="remark">
              <RatingFace score={rating.score} size={28} />
              <div class="remark__words">
                <p class="remark__text">{rating.comment}</p>
                <p class="remark__foot">
                  <time dateTime={rating.rated_at}>{fullTime(rating.rated_at, language.value)}</time>
                  <a
                    href={paths.conversation(rating.conversation_id)}
                    aria-label={said.openOf(rating.comment.slice(0, NAMED_BY))}
                  >
                    {said.open}
                  </a>
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
