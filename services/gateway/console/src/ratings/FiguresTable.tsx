/** Counts of ratings as a table; the bars only repeat its numbers. */
import type { RatingRow } from "@dymek/wire";
import { words } from "../i18n/ratings.ts";
import { Face } from "../ui/Face.tsx";
import { goodShare, SCORES, totalOf, type Counts } from "./figures.ts";

interface TableProps {
  id: string;
  title: string;
  /** What the rows are. */
  name: string;
  rows: readonly RatingRow[];
  empty?: string;
}

export function FiguresTable({ id, title, name, rows, empty = "" }: TableProps) {
  const { columns } = words();
  return (
    <section class="figures__part" aria-labelledby={id} data-testid={id}>
      <h2 class="figures__title" id={id}>
        {title}
      </h2>
      {rows.length === 0 ? (
        <p class="figures__nothing">{empty}</p>
      ) : (
        <table class="figures__table" aria-labelledby={id}>
          <thead>
            <tr>
              <th scope="col">{name}</th>
              {SCORES.map((score) => (
                <th key={score} scope="col" class="figures__number">
                  <Face score={score} size={18} />
                  <span class="figures__word">{columns[score]}</span>
                </th>
              ))}
              <th scope="col" class="figures__number">
                {columns.all}
              </th>
              <th scope="col" class="figures__number">
                {columns.share}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  <div class="figures__name">
                    <span>{row.label}</span>
                    <Shares counts={row} />
                  </div>
                </th>
                {SCORES.map((score) => (
                  <td key={score} class="figures__number">
                    {row[score]}
                  </td>
                ))}
                <td class="figures__number">{totalOf(row)}</td>
                <td class="figures__number">{goodShare(row)}%</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** One bar, cut by how many were good, neutral and bad. */
export function Shares({ counts }: { counts: Counts }) {
  return (
    <svg class="shares" width="100%" height="6" aria-hidden="true" focusable="false">
      {SCORES.map((score, index) => {
        const before = SCORES.slice(0, index).reduce((sum, one) => sum + counts[one], 0);
        const percent = (n: number): string => `${(100 * n) / totalOf(counts)}%`;
        return (
          counts[score] > 0 && (
            <rect key={score} class={`shares__${score}`} x={percent(before)} width={percent(counts[score])} height="6" />
          )
        );
      })}
    </svg>
  );
}
