/**
 * After the end: one of three emoticons and, if the visitor wants, a comment. Both can be changed until the page is left;
 * what was given on an earlier page is only shown.
 */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Score } from "@dymek/wire";
import { Field } from "./field.tsx";
import type { ScreenProps } from "../app.tsx";

const SCORES = ["good", "neutral", "bad"] as const satisfies Score[];

/** 🙂 😐 🙁, drawn here so that they look the same on every system. */
const MOUTHS = { good: "M9 18.5c1.6 2.8 4 4 7 4s5.4-1.2 7-4", neutral: "M10 20.5h12", bad: "M9.5 22.5c1.6-2.3 3.7-3.4 6.5-3.4s4.9 1.1 6.5 3.4" };
const MAX_COMMENT = 1000;
const COUNT_FROM = 100;

export function RatingCard({ words, talk }: ScreenProps): JSX.Element {
  const stored = talk.header?.rating;
  if (!stored || talk.rated === talk.conversation) return <Asked words={words} talk={talk} />;
  return (
    <section class={`rating given ${stored.score}`}>
      <Face score={stored.score} />
      <p>{words.t.rated(words.t.scores[stored.score])}</p>
      {stored.comment && <p class="quiet said">{stored.comment}</p>}
    </section>
  );
}

function Face({ score }: { score: Score }): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="13.5" />
      <path d={`M11.5 12.5v1M20.5 12.5v1${MOUTHS[score]}`} />
    </svg>
  );
}

function Asked({ words, talk }: ScreenProps): JSX.Element {
  const { t } = words;
  const stored = talk.header?.rating;
  const [chosen, setChosen] = useState<Score | null>(stored?.score ?? null);
  const [sent, setSent] = useState(stored?.comment ?? "");
  const [comment, setComment] = useState(sent);
  /** What the gateway has taken, and how often it was asked. */
  const held = useRef<{ score: Score | null; text: string }>({ score: chosen, text: sent });
  const asked = useRef(0);
  const [told, setTold] = useState(stored ? t.rateThanks : "");
  const [error, setError] = useState("");
  const left = MAX_COMMENT - comment.length;
  const changed = comment.trim() !== sent;

  async function rate(score: Score, text: string, thanks: string): Promise<void> {
    const now = ++asked.current;
    // At once: what is chosen next goes with what was written last, answered or not.
    setChosen(score);
    setSent(text);
    setError("");
    const outcome = await talk.rate(score, text);
    if (outcome.ok) held.current = { score, text };
    // What was said last decides what is shown.
    if (now !== asked.current) return;
    if (outcome.ok) return setTold(thanks);
    setChosen(held.current.score);
    setSent(held.current.text);
    setTold("");
    setError(words.refused(outcome.refusal));
  }

  return (
    <section class="rating" aria-labelledby="rating-title">
      <h2 id="rating-title">{t.rateQuestion}</h2>
      <div class="scores">
        {SCORES.map((score) => (
          <button
            type="button"
            key={score}
            class={`score ${score}`}
            aria-pressed={chosen === score}
            onClick={() => chosen !== score && void rate(score, sent, t.rateThanks)}
          >
            <Face score={score} />
            {t.scores[score]}
          </button>
        ))}
      </div>
      <p role="status" class={told ? "thanks" : "hidden"}>{told}</p>
      {error && <p class="error" role="alert">{error}</p>}
      {chosen && (
        <form
          class="comment"
          onSubmit={(event) => {
            event.preventDefault();
            if (changed) void rate(chosen, comment.trim(), t.commentSent);
          }}
        >
          <Field label={t.comment} name="comment" value={comment} onValue={setComment} optional={t.optional} lines={2} max={MAX_COMMENT} />
          <p class="hint" role="status">{left < COUNT_FROM ? t.left(left) : ""}</p>
          <button type="submit" class="button plain" aria-disabled={!changed}>{sent ? t.changeComment : t.sendComment}</button>
        </form>
      )}
    </section>
  );
}
