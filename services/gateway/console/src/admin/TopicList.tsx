/** The topics with what matters most of each; the whole of one is a page of its own. */
import type { TopicSettings } from "@dymek/wire";
import { words } from "../i18n/admin.ts";
import { duration } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { ChatIcon } from "../ui/icons.tsx";
import { narrow } from "../ui/media.ts";
import { Blank } from "../ui/parts.tsx";
import { useLoaded } from "./loaded.ts";
import { Reading } from "./Reading.tsx";
import { readTopics } from "./reads.ts";

export function TopicList() {
  const said = words().topics;
  const [loaded, again] = useLoaded(readTopics, "topics");
  return (
    <section aria-labelledby="admin-topics">
      <div class="admin__title">
        <div>
          <h2 id="admin-topics">{said.title}</h2>
          <p class="page__lead">{said.lead}</p>
        </div>
      </div>
      <Reading loaded={loaded} again={again}>
        {(topics) => {
          if (topics.length === 0)
            return <Blank level={3} icon={<ChatIcon size={28} />} title={said.emptyTitle} text={said.emptyText} />;
          return narrow.value ? <Cards topics={topics} /> : <Table topics={topics} />;
        }}
      </Reading>
    </section>
  );
}

const hoursOf = (topic: TopicSettings): string => (topic.hours.weekly ? words().topics.planned : words().topics.always);
const lasting = (seconds: number): string => duration(seconds * 1000);

function Table({ topics }: { topics: readonly TopicSettings[] }) {
  const said = words().topics;
  return (
    <table class="table">
      <caption class="sr">{said.title}</caption>
      <thead>
        <tr>
          <th scope="col">{said.name}</th>
          <th scope="col">{said.hours}</th>
          <th scope="col">{said.offer}</th>
          <th scope="col">{said.choice}</th>
          <th scope="col">{said.inactivity}</th>
        </tr>
      </thead>
      <tbody>
        {topics.map((topic) => (
          <tr key={topic.id}>
            <td>
              <a class="table__link" href={paths.settings("topics", topic.id)}>
                {topic.name}
              </a>
            </td>
            <td>{hoursOf(topic)}</td>
            <td>{lasting(topic.offer_seconds)}</td>
            <td>{words().topic.choices[topic.choice]}</td>
            <td>{lasting(topic.inactivity_seconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ topics }: { topics: readonly TopicSettings[] }) {
  const said = words().topics;
  return (
    <ul class="ticket-cards">
      {topics.map((topic) => (
        <li key={topic.id}>
          <a class="ticket-card" href={paths.settings("topics", topic.id)}>
            <span class="ticket-card__subject">{topic.name}</span>
            <span class="ticket-card__who">
              {said.hours}: {hoursOf(topic)}
            </span>
            <span class="ticket-card__who">
              {said.offer}: {lasting(topic.offer_seconds)} · {words().topic.choices[topic.choice]}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
