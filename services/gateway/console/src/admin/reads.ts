/** What the settings read and where it is saved. */
import type { AgentAccount, AgentAccounts, RoutingSettings, TopicSettings, TopicSettingsList } from "@dymek/wire";
import { ApiError, get } from "../lib/api.ts";
import { draftOf, NOBODY, type AgentDraft } from "./agent.ts";

export const TOPICS = "/api/admin/topics";
export const AGENTS = "/api/admin/agents";
export const ROUTING = "/api/admin/routing";

export const readTopics = async (signal?: AbortSignal): Promise<TopicSettings[]> =>
  (await get<TopicSettingsList>(TOPICS, signal)).topics;

/** Throws ApiError where there is no such topic. */
export async function readTopic(id: string): Promise<TopicSettings> {
  return there((await readTopics()).find((topic) => topic.id === id));
}

export const readRouting = (signal?: AbortSignal): Promise<RoutingSettings> => get<RoutingSettings>(ROUTING, signal);

/** The accounts, and what a page of one needs besides. */
export interface Around {
  agents: AgentAccount[];
  topics: { id: string; name: string }[];
  /** The capacity of those without their own; null where it could not be read. */
  usual: number | null;
}

export async function readAgents(signal?: AbortSignal): Promise<Around> {
  const [{ agents }, topics, usual] = await Promise.all([
    get<AgentAccounts>(AGENTS, signal),
    readTopics(signal),
    readRouting(signal).then((routing) => routing.default_capacity, () => null),
  ]);
  return { agents, topics, usual };
}

/** Throws ApiError where there is no such account. */
export async function readAgent(id: string): Promise<AgentDraft> {
  if (!id) return NOBODY;
  return draftOf(there((await get<AgentAccounts>(AGENTS)).agents.find((agent) => agent.agent_id === id)));
}

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new ApiError(404, "unknown");
  return found;
}
