/** Which of the lists is on the screen, and what stands in it. */
import type { Uuid } from "@dymek/wire";
import { computed, signal } from "@preact/signals";
import { lists, topicsOf } from "../lib/board.ts";
import { cards } from "./board.ts";
import { desk } from "./live.ts";

export type Tab = "own" | "waiting" | "team";

export const tab = signal<Tab>("own");
/** Only this topic's conversations are listed; null for all. */
export const topicShown = signal<Uuid | null>(null);

export const topics = computed(() => topicsOf(cards.value));

export const shown = computed(() => {
  const chosen = topics.value.some(({ id }) => id === topicShown.value) ? topicShown.value : null;
  return lists(cards.value, desk.value?.agent_id ?? "", chosen);
});

/** How many the other lists hold, whatever topic is chosen. */
export const totals = computed(() => {
  const { waiting, team } = lists(cards.value, desk.value?.agent_id ?? "");
  return { waiting: waiting.length, team: team.length };
});
