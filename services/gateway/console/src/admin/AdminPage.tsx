/** The settings: sections, each with an address of its own. */
import "../styles/admin.css";
import "../styles/admin-fields.css";
import "../styles/hours.css";
import type { Me } from "@dymek/wire";
import { words } from "../i18n/admin.ts";
import { paths } from "../lib/route.ts";
import { AgentPage } from "./AgentForm.tsx";
import { AgentList } from "./AgentList.tsx";
import { CustomersSection } from "./CustomersForm.tsx";
import { MailList } from "./MailList.tsx";
import { Missing } from "./Reading.tsx";
import { RoutingPage } from "./RoutingForm.tsx";
import { TopicPage } from "./TopicForm.tsx";
import { TopicList } from "./TopicList.tsx";
import { WidgetsPage } from "./WidgetsPage.tsx";

export const SECTIONS = ["topics", "agents", "routing", "customers", "widgets", "mails"] as const;
export type Section = (typeof SECTIONS)[number];

const isSection = (name: string): name is Section => (SECTIONS as readonly string[]).includes(name);

export default function AdminPage({ section, id, me }: { section: string; id: string | null; me: Me }) {
  const said = words();
  const now = section === "" ? "topics" : section;
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        <header class="admin__head">
          <h1 class="page__title">{said.title}</h1>
          <p class="page__lead">{said.lead}</p>
        </header>
        <nav class="admin__nav" aria-label={said.sections.label}>
          {SECTIONS.map((one) => (
            <a key={one} class="admin__link" href={paths.settings(one)} aria-current={one === now ? "page" : undefined}>
              {said.sections[one]}
            </a>
          ))}
        </nav>
        {isSection(now) ? <Content section={now} id={id} me={me} /> : <Missing />}
      </div>
    </main>
  );
}

function Content({ section, id, me }: { section: Section; id: string | null; me: Me }) {
  switch (section) {
    case "topics":
      return id === null ? <TopicList /> : <TopicPage key={id} id={id} />;
    case "agents":
      return id === null ? <AgentList me={me} /> : <AgentPage key={id} id={id} />;
    case "routing":
      return id === null ? <RoutingPage /> : <Missing />;
    case "customers":
      return id === null ? <CustomersSection /> : <Missing />;
    case "widgets":
      return id === null ? <WidgetsPage /> : <Missing />;
    case "mails":
      return id === null ? <MailList /> : <Missing />;
  }
}
