/** The topics to choose from; of a closed one it is said, and when it opens. */
import type { JSX } from "preact";
import type { TopicView, Uuid } from "@dymek/wire";
import type { Words } from "../words.ts";

interface TopicCardsProps {
  topics: readonly TopicView[];
  chosen: Uuid;
  choose: (topic: Uuid) => void;
  error?: string | undefined;
  words: Words;
}

export function TopicCards({ topics, chosen, choose, error, words }: TopicCardsProps): JSX.Element {
  const { t } = words;
  return (
    <fieldset class="field" aria-describedby={error ? "topic-error" : undefined}>
      <legend>{t.topic}</legend>
      <div class="cards">
        {topics.map(({ id, name, open, changes_at: opens }) => (
          <label class="card" key={id}>
            <input
              type="radio"
              name="topic"
              value={id}
              checked={chosen === id}
              onChange={() => choose(id)}
              aria-invalid={error ? "true" : undefined}
            />
            <span>
              {name}
              {!open && (
                <small>
                  {t.closedShort}
                  {opens && `. ${t.opens(words.when(opens))}`}
                </small>
              )}
            </span>
          </label>
        ))}
      </div>
      {error && <p class="error" id="topic-error">{error}</p>}
    </fieldset>
  );
}
