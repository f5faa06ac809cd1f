/** Whom a ticket can be assigned to and which topic it can have; read when the tab is opened, kept while it fails. */
import type { AgentNames, NamedRef, Topics, Uuid } from "@dymek/wire";
import { signal } from "@preact/signals";
import { get } from "../lib/api.ts";

export const agents = signal<readonly NamedRef[]>([]);
export const topics = signal<readonly NamedRef[]>([]);

export async function readPeople(): Promise<void> {
  await Promise.all([
    get<AgentNames>("/api/agents/names").then((names) => (agents.value = names.agents), () => undefined),
    get<Topics>("/api/topics").then((all) => (topics.value = all.topics), () => undefined),
  ]);
}

export const nameOf = (id: Uuid | null): string | null => agents.value.find((agent) => agent.id === id)?.name ?? null;

/** All that can be chosen, and what is chosen now, even where it is not among them. */
export function withPresent(all: readonly NamedRef[], present: NamedRef | null): readonly NamedRef[] {
  return !present || all.some(({ id }) => id === present.id) ? all : [present, ...all];
}
