/** The agents with what they may and how much they take. */
import type { AgentAccount, Me } from "@dymek/wire";
import { words } from "../i18n/admin.ts";
import { paths } from "../lib/route.ts";
import { narrow } from "../ui/media.ts";
import { Avatar } from "../ui/parts.tsx";
import { useLoaded } from "./loaded.ts";
import { Reading } from "./Reading.tsx";
import { readAgents, type Around } from "./reads.ts";

export function AgentList({ me }: { me: Me }) {
  const said = words().agents;
  const [loaded, again] = useLoaded(readAgents, "agents");
  return (
    <section aria-labelledby="admin-agents">
      <div class="admin__title">
        <div>
          <h2 id="admin-agents">{said.title}</h2>
          <p class="page__lead">{said.lead}</p>
        </div>
        <a class="button button--primary" href={paths.settings("agents", "new")}>
          {said.add}
        </a>
      </div>
      <Reading loaded={loaded} again={again}>
        {(around) => (narrow.value ? <Cards around={around} me={me} /> : <Table around={around} me={me} />)}
      </Reading>
    </section>
  );
}

function topicsOf(agent: AgentAccount, { topics }: Around): string {
  return topics.filter((topic) => agent.topic_ids.includes(topic.id)).map((topic) => topic.name).join(", ") || words().agents.none;
}

function capacityOf(agent: AgentAccount, { usual }: Around): string {
  if (agent.capacity !== null) return String(agent.capacity);
  return usual === null ? words().agents.usualUnknown : words().agents.usual(usual);
}

interface ShownProps {
  around: Around;
  me: Me;
}

function Table({ around, me }: ShownProps) {
  const said = words().agents;
  return (
    <table class="table">
      <caption class="sr">{said.title}</caption>
      <thead>
        <tr>
          <th scope="col">{said.name}</th>
          <th scope="col">{said.role}</th>
          <th scope="col">{said.topics}</th>
          <th scope="col">{said.capacity}</th>
        </tr>
      </thead>
      <tbody>
        {around.agents.map((agent) => (
          <tr key={agent.agent_id}>
            <td>
              <span class="person">
                <Avatar name={agent.name} size="sm" />
                <span>
                  <a class="table__link" href={paths.settings("agents", agent.agent_id)}>
                    {agent.name}
                  </a>
                  {agent.agent_id === me.agent_id && <span class="tag">{said.you}</span>}
                  <span class="table__email">{agent.email}</span>
                </span>
              </span>
            </td>
            <td>
              <RoleTag role={agent.role} />
            </td>
            <td>{topicsOf(agent, around)}</td>
            <td>{capacityOf(agent, around)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ around, me }: ShownProps) {
  const said = words().agents;
  return (
    <ul class="ticket-cards">
      {around.agents.map((agent) => (
        <li key={agent.agent_id}>
          <a class="ticket-card" href={paths.settings("agents", agent.agent_id)}>
            <span class="ticket-card__subject">{agent.name}</span>
            <span class="ticket-card__who">{agent.email}</span>
            <span class="ticket-card__who">
              {said.topics}: {topicsOf(agent, around)} · {said.capacity}: {capacityOf(agent, around)}
            </span>
            <span class="ticket-card__tags">
              <RoleTag role={agent.role} />
              {agent.agent_id === me.agent_id && <span class="tag">{said.you}</span>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function RoleTag({ role }: { role: AgentAccount["role"] }) {
  const tones = { agent: "tag", supervisor: "badge badge--new", administrator: "badge badge--good" };
  return <span class={tones[role]}>{words().agent.roles[role]}</span>;
}
