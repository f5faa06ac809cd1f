/** One agent's account: how they sign in, what they may, and which chats they get. */
import type { AgentAccount } from "@dymek/wire";
import { useLocation } from "preact-iso";
import { words } from "../i18n/admin.ts";
import { post, put } from "../lib/api.ts";
import { paths } from "../lib/route.ts";
import { BackIcon } from "../ui/icons.tsx";
import { changeOf, draftOf, newOf, NOBODY, PRIORITIES, USUAL, type AgentDraft } from "./agent.ts";
import { checkAgent } from "./checks.ts";
import { FaultLine, NumberField, PasswordField, RadioField, TextField, useField } from "./fields.tsx";
import { useForm } from "./form.ts";
import { FormFrame, Group } from "./FormFrame.tsx";
import { useLoaded } from "./loaded.ts";
import { Missing, Reading } from "./Reading.tsx";
import { AGENTS, readAgent, readAgents, type Around } from "./reads.ts";

const ROLES: readonly AgentAccount["role"][] = ["agent", "supervisor", "administrator"];

export function AgentPage({ id }: { id: string }) {
  const [loaded, again] = useLoaded(readAgents, id);
  return (
    <>
      <a class="crumb" href={paths.settings("agents")}>
        <BackIcon size={18} />
        {words().agents.back}
      </a>
      <Reading loaded={loaded} again={again}>
        {(around) => {
          if (id === "new") return <AgentForm agent={NOBODY} around={around} />;
          const account = around.agents.find((agent) => agent.agent_id === id);
          return account ? <AgentForm agent={draftOf(account)} around={around} /> : <Missing />;
        }}
      </Reading>
    </>
  );
}

export function AgentForm({ agent, around }: { agent: AgentDraft; around: Around }) {
  const said = words().agent;
  const { route } = useLocation();
  const isNew = !agent.agent_id;
  const form = useForm<AgentDraft>({
    key: `agent ${agent.agent_id}`,
    fresh: agent,
    check: checkAgent,
    tidy: (draft) => ({ ...draft, name: draft.name.trim(), email: draft.email.trim() }),
    save: async (draft) => {
      if (!isNew) return draftOf(await put<AgentAccount>(`${AGENTS}/${draft.agent_id}`, changeOf(draft)));
      await post<AgentAccount>(AGENTS, newOf(draft));
      route(paths.settings("agents"));
      return NOBODY;
    },
    reload: () => readAgent(agent.agent_id),
  });
  const { draft, set } = form;
  const title = isNew ? said.newTitle : form.base.name;
  const common = around.usual === null ? said.capacityUsualUnknown : said.capacityUsual(around.usual);
  return (
    <>
      <h2 class="admin__what">{title}</h2>
      <FormFrame
        form={form}
        label={title}
        nameOf={(name) => String(said[NAMES[name] ?? (name as keyof typeof said)] ?? name)}
        {...(isNew ? { submitText: said.create } : {})}
      >
        <Group title={said.account} lead={said.accountLead}>
          <TextField path="name" label={said.name} value={draft.name} onChange={(name) => set({ name })} />
          <TextField path="email" type="email" label={said.email} value={draft.email} onChange={(email) => set({ email })} />
          <PasswordField
            path="password"
            label={isNew ? said.password : said.newPassword}
            hint={isNew ? said.passwordHint : said.newPasswordHint}
            value={draft.password}
            onChange={(password) => set({ password })}
          />
          <RadioField
            name="role"
            path="role"
            label={said.role}
            value={draft.role}
            options={ROLES.map((role) => [role, said.roles[role], said.roleHints[role]] as const)}
            onChange={(role) => set({ role })}
          />
        </Group>
        <Group title={said.chats} lead={said.chatsLead}>
          <RadioField
            name="capacity"
            label={said.capacity}
            value={draft.capacity === null ? "usual" : "own"}
            options={[
              ["usual", common],
              ["own", said.capacityOwn],
            ]}
            onChange={(kind) => set({ capacity: kind === "usual" ? null : (around.usual ?? 3) })}
          />
          {draft.capacity !== null && (
            <NumberField
              path="capacity"
              label={said.capacityNumber}
              unit={words().units.chats(draft.capacity)}
              value={draft.capacity}
              onChange={(capacity) => set({ capacity })}
            />
          )}
          <TopicChoices draft={draft} topics={around.topics} onChange={set} />
        </Group>
      </FormFrame>
    </>
  );
}

const NAMES: Partial<Record<string, "topics" | "priority">> = { topic_ids: "topics", priorities: "priority" };

interface TopicsProps {
  draft: AgentDraft;
  topics: Around["topics"];
  onChange: (patch: Partial<AgentDraft>) => void;
}

function TopicChoices({ draft, topics, onChange }: TopicsProps) {
  const said = words().agent;
  const { id, fault, control } = useField("topic_ids");
  const take = (id: string, on: boolean): void =>
    onChange({ topic_ids: on ? [...draft.topic_ids, id] : draft.topic_ids.filter((one) => one !== id) });
  return (
    <fieldset class="choices" aria-describedby={control["aria-describedby"]} id={id}>
      <legend class="field__label">{said.topics}</legend>
      {topics.length === 0 && <p class="field__hint">{said.noTopics}</p>}
      {topics.map((topic) => {
        const on = draft.topic_ids.includes(topic.id);
        return (
          <div key={topic.id} class="choices__topic">
            <label class="check">
              <input type="checkbox" checked={on} onChange={(event) => take(topic.id, event.currentTarget.checked)} />
              {topic.name}
            </label>
            {on && (
              <label class="choices__priority">
                <span aria-hidden="true">{said.priority}</span>
                <select
                  class="input input--small select"
                  aria-label={said.priorityOf(topic.name)}
                  value={String(draft.priorities[topic.id] ?? USUAL)}
                  onChange={(event) =>
                    onChange({ priorities: { ...draft.priorities, [topic.id]: Number(event.currentTarget.value) } })
                  }
                >
                  {PRIORITIES.map((priority) => (
                    <option key={priority} value={String(priority)}>
                      {priority}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </div>
        );
      })}
      <FaultLine id={id} fault={fault} />
    </fieldset>
  );
}
