/** Which templates an agent means: by shortcut, title and text, whatever the case and without diacritics. Pure. */
import type { Template } from "@dymek/wire";
import { fold } from "../lib/fold.ts";

/** A slash at the beginning or after a blank, and what stands behind it up to the caret. */
export interface Slash {
  from: number;
  query: string;
}

const SLASH = /(?:^|\s)\/([^\s/][^\n/]*)?$/u;
const LONGEST = 60;

export function slashAt(text: string, caret: number): Slash | null {
  const found = SLASH.exec(text.slice(0, caret));
  const query = found?.[1] ?? "";
  return found && query.length <= LONGEST ? { from: caret - query.length - 1, query } : null;
}

/** The templates for a conversation or ticket of this topic; without one, those of any. */
export function usableIn(templates: readonly Template[], topicId: string | null): readonly Template[] {
  return topicId === null
    ? templates
    : templates.filter(({ topic_ids }) => topic_ids.length === 0 || topic_ids.includes(topicId));
}

/** Those in which every word is found, the best first; of equally good ones the order stays: one's own, then shared. */
export function search(templates: readonly Template[], query: string): Template[] {
  const whole = fold(query);
  if (!whole) return [...templates];
  const words = whole.split(" ");
  return templates
    .map((template) => ({ template, rank: rankOf(template, whole, words) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((a, b) => a.rank - b.rank)
    .map(({ template }) => template);
}

const NOT_FOUND = 5;

function rankOf({ shortcut, title, text }: Template, whole: string, words: readonly string[]): number {
  const [short, named] = [fold(shortcut), fold(title)];
  if (short === whole) return 0;
  if (short.startsWith(whole)) return 1;
  if (` ${named}`.includes(` ${whole}`)) return 2;
  if (words.every((word) => short.includes(word) || named.includes(word))) return 3;
  const all = `${short} ${named} ${fold(text)}`;
  return words.every((word) => all.includes(word)) ? 4 : NOT_FOUND;
}
