/** A conversation that is over, to read: its transcript as the visitor saw it, and what came of it beside that. */
import "../styles/transcript.css";
import type { ConversationRecord, Me } from "@dymek/wire";
import { useLoaded } from "../admin/loaded.ts";
import { Reading } from "../admin/Reading.tsx";
import { language, t } from "../i18n/index.ts";
import { words } from "../i18n/transcript.ts";
import { longDay } from "../lib/format.ts";
import { paths } from "../lib/route.ts";
import { dayOf } from "../ratings/span.ts";
import { BackIcon, ChatIcon, InfoIcon } from "../ui/icons.tsx";
import { Blank } from "../ui/parts.tsx";
import { readConversation } from "./read.ts";
import { Beside } from "./Beside.tsx";
import { Transcript } from "./Transcript.tsx";

export default function ConversationPage({ id, me }: { id: string; me: Me }) {
  const said = words();
  const [loaded, again] = useLoaded((off) => readConversation(id, off), id);
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        <a class="crumb" href={paths.home}>
          <BackIcon size={18} />
          {said.back}
        </a>
        <Reading loaded={loaded} again={again}>
          {(found) => {
            switch (found.state) {
              case "over":
                return <Over record={found.record} me={me} />;
              case "going":
                return (
                  <Blank level={1} icon={<ChatIcon size={28} />} title={said.going.title} text={said.going.text}>
                    <a class="button button--primary" href={paths.chat(id)}>
                      {said.going.open}
                    </a>
                  </Blank>
                );
              case "gone":
                return (
                  <Blank level={1} icon={<InfoIcon size={28} />} title={said.gone.title} text={said.gone.text}>
                    <a class="button button--primary" href={paths.home}>
                      {t().lost.home}
                    </a>
                  </Blank>
                );
            }
          }}
        </Reading>
      </div>
    </main>
  );
}

function Over({ record, me }: { record: ConversationRecord; me: Me }) {
  return (
    <article class="past" aria-labelledby="past-title" data-testid="past">
      <header class="past__head">
        <h1 class="page__title" id="past-title">
          {words().title(record.visitor_name)}
        </h1>
        <p class="page__lead">
          {record.topic.name} · {longDay(dayOf(new Date(record.started_at)), language.value)}
        </p>
      </header>
      <div class="past__body">
        <Transcript record={record} />
        <Beside record={record} me={me} />
      </div>
    </article>
  );
}
