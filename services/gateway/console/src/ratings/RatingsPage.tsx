/** The page of figures: how visitors rate conversations, for supervisors. The days counted stand in the address. */
import "../styles/ratings.css";
import type { RatingFigures } from "@dymek/wire";
import { useLocation } from "preact-iso";
import { useLoaded } from "../admin/loaded.ts";
import { Reading } from "../admin/Reading.tsx";
import { language } from "../i18n/index.ts";
import { words } from "../i18n/ratings.ts";
import { get, serverClock } from "../lib/api.ts";
import { longDay, zoneHere } from "../lib/format.ts";
import { Face } from "../ui/Face.tsx";
import { SmileIcon } from "../ui/icons.tsx";
import { Blank } from "../ui/parts.tsx";
import { Comments } from "./Comments.tsx";
import { goodShare, SCORES, sumOf, totalOf, type Counts } from "./figures.ts";
import { FiguresTable, Shares } from "./FiguresTable.tsx";
import { chosen, dayOf } from "./span.ts";
import { SpanChoice } from "./SpanChoice.tsx";

export default function RatingsPage() {
  const said = words();
  const { query } = useLocation();
  const span = chosen(query, dayOf(new Date(serverClock.now(Date.now()))));
  const asked = String(new URLSearchParams({ since: span.since, until: span.until, zone: zoneHere() }));
  const [loaded, again] = useLoaded((off) => get<RatingFigures>(`/api/ratings/figures?${asked}`, off), asked);
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        <header class="figures__head">
          <h1 class="page__title">{said.title}</h1>
          <p class="page__lead">{said.lead}</p>
        </header>
        <SpanChoice span={span} />
        <p class="figures__span" data-testid="figures-span">
          {said.span.shown(longDay(span.since, language.value), longDay(span.until, language.value))}
          <span class="figures__zone">{said.span.zone(zoneHere())}</span>
        </p>
        <Reading loaded={loaded} again={again}>
          {(figures) => <Figures figures={figures} />}
        </Reading>
      </div>
    </main>
  );
}

function Figures({ figures }: { figures: RatingFigures }) {
  const said = words();
  const sum = sumOf(figures.topics);
  if (totalOf(sum) === 0)
    return <Blank icon={<SmileIcon size={28} />} title={said.emptyTitle} text={said.emptyText} />;
  const days = figures.days.map((row) => ({ ...row, label: longDay(row.key, language.value) })).reverse();
  return (
    <div class="figures">
      <Total sum={sum} />
      <FiguresTable id="figures-topics" title={said.topics.title} name={said.topics.name} rows={figures.topics} />
      <FiguresTable
        id="figures-agents"
        title={said.agents.title}
        name={said.agents.name}
        rows={figures.agents}
        empty={said.agents.empty}
      />
      <FiguresTable id="figures-days" title={said.days.title} name={said.days.name} rows={days} />
      <Comments comments={figures.comments} />
    </div>
  );
}

function Total({ sum }: { sum: Counts }) {
  const { total, columns } = words();
  return (
    <section class="figures__total" aria-labelledby="figures-total" data-testid="figures-total">
      <h2 class="sr" id="figures-total">
        {total.title}
      </h2>
      <p class="figures__share">
        <strong>{goodShare(sum)}%</strong>
        <span>{total.good}</span>
      </p>
      <div class="figures__sum">
        <p class="figures__all">{total.ratings(totalOf(sum))}</p>
        <Shares counts={sum} />
        <ul class="figures__scores">
          {SCORES.map((score) => (
            <li key={score}>
              <Face score={score} size={24} />
              <span>{columns[score]}</span>
              <strong>{sum[score]}</strong>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
