/** An agent's account as a form keeps it. A new one has no id; an empty password stays as it is. Pure. */
import type { AgentAccount, AgentChange, NewAgent } from "@dymek/wire";

export interface AgentDraft extends AgentAccount {
  password: string;
}

export const PRIORITIES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
export const USUAL = 5;

export const NOBODY: AgentDraft = {
  agent_id: "",
  version: 0,
  email: "",
  name: "",
  password: "",
  role: "agent",
  capacity: null,
  topic_ids: [],
  priorities: {},
};

export const draftOf = (account: AgentAccount): AgentDraft => ({ ...account, password: "" });

/** What is sent: no priority of a topic that is not the agent's, none that is the usual one, no empty password. */
export function changeOf({ agent_id: _, password, ...agent }: AgentDraft): AgentChange {
  const kept = Object.entries(agent.priorities).filter(
    ([topic, priority]) => agent.topic_ids.includes(topic) && priority !== USUAL,
  );
  return { ...agent, priorities: Object.fromEntries(kept), ...(password ? { password } : {}) };
}

export function newOf(draft: AgentDraft): NewAgent {
  const { version: _, ...agent } = changeOf(draft);
  return { ...agent, password: draft.password };
}
