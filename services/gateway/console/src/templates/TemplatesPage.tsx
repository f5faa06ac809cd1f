/** Reply templates: the list, or the one of the address. */
import "../styles/admin.css";
import "../styles/templates-page.css";
import type { Me } from "@dymek/wire";
import { Missing, Reading } from "../admin/Reading.tsx";
import { useLoaded } from "../admin/loaded.ts";
import { words } from "../i18n/templates.ts";
import { paths } from "../lib/route.ts";
import { supervises } from "../state/role.ts";
import { BackIcon } from "../ui/icons.tsx";
import { SharedTemplate } from "./SharedTemplate.tsx";
import { TemplateForm } from "./TemplateForm.tsx";
import { TemplateList } from "./TemplateList.tsx";
import { draftOf, freshDraft, readAround, type Around } from "./draft.ts";

export default function TemplatesPage({ id, me }: { id: string | null; me: Me }) {
  const said = words();
  const [loaded, again] = useLoaded(readAround, id ?? "all");
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page__inner">
        {id === null ? (
          <header class="page__head">
            <div>
              <h1 class="page__title">{said.title}</h1>
              <p class="page__lead">{said.lead}</p>
            </div>
            <a class="button button--primary" href={paths.templates("new")}>
              {said.add}
            </a>
          </header>
        ) : (
          <a class="crumb" href={paths.templates()}>
            <BackIcon size={18} />
            {said.back}
          </a>
        )}
        <Reading loaded={loaded} again={again}>
          {(around) => (id === null ? <TemplateList around={around} /> : <One key={id} id={id} around={around} me={me} />)}
        </Reading>
      </div>
    </main>
  );
}

function One({ id, around, me }: { id: string; around: Around; me: Me }) {
  if (id === "new") return <TemplateForm template={freshDraft()} around={around} me={me} />;
  const template = around.templates.find((one) => one.id === id);
  if (!template) return <Missing />;
  if (!template.own && !supervises.value) return <SharedTemplate template={template} me={me} />;
  return <TemplateForm template={draftOf(template)} around={around} me={me} />;
}
