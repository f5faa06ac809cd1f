/** Sums and shares of the figures. Pure. */
import type { RatingRow, Score } from "@dymek/wire";

export const SCORES = ["good", "neutral", "bad"] as const satisfies readonly Score[];

export type Counts = Pick<RatingRow, Score>;

export const totalOf = ({ good, neutral, bad }: Counts): number => good + neutral + bad;

/** How many of a hundred are good, rounded; null where there is nothing to count. */
export function goodShare(counts: Counts): number | null {
  const total = totalOf(counts);
  return total === 0 ? null : Math.round((100 * counts.good) / total);
}

/** Everything together. Every rating has exactly one topic, so the topics' rows hold each once. */
export function sumOf(rows: readonly Counts[]): Counts {
  const sum: Counts = { good: 0, neutral: 0, bad: 0 };
  for (const row of rows) for (const score of SCORES) sum[score] += row[score];
  return sum;
}
