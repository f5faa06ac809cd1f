/** One's own templates and the shared ones, found by a word. */
import type { Template } from "@dymek/wire";
import { useId, useState } from "preact/hooks";
import { words } from "../i18n/templates.ts";
import { paths } from "../lib/route.ts";
import { supervises } from "../state/role.ts";
import { TemplateIcon } from "../ui/icons.tsx";
import { Blank } from "../ui/parts.tsx";
import type { Around } from "./draft.ts";
import { search } from "./search.ts";

export function TemplateList({ around }: { around: Around }) {
  const said = words();
  const id = useId();
  const [query, setQuery] = useState("");
  const found = search(around.templates, query);
  const looking = query.trim() !== "";
  return (
    <>
      <div class="templates__search">
        <label class="field__label" for={id}>
          {said.search}
        </label>
        <input
          id={id}
          class="input"
          type="search"
          autoComplete="off"
          placeholder={said.searchHint}
          value={query}
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <span class="templates__count" role="status">
          {looking && said.found(found.length)}
        </span>
      </div>
      {looking && found.length === 0 ? (
        <Blank icon={<TemplateIcon size={28} />} title={said.noneFound} text={said.noneFoundText} />
      ) : (
        <>
          <Section
            title={said.own}
            lead={said.ownHint}
            none={looking ? null : said.noneOwn}
            templates={found.filter((template) => template.own)}
            around={around}
          />
          <Section
            title={said.shared}
            lead={supervises.value ? said.sharedEditable : said.sharedHint}
            none={looking ? null : said.noneShared}
            templates={found.filter((template) => !template.own)}
            around={around}
          />
        </>
      )}
    </>
  );
}

interface SectionProps {
  title: string;
  lead: string;
  /** What stands in the place of an empty list; null leaves the section out. */
  none: string | null;
  templates: readonly Template[];
  around: Around;
}

function Section({ title, lead, none, templates, around }: SectionProps) {
  if (templates.length === 0 && none === null) return null;
  return (
    <section class="templates__section" aria-label={title}>
      <h2 class="templates__title">{title}</h2>
      <p class="page__lead">{lead}</p>
      {templates.length === 0 ? (
        <p class="templates__none">{none}</p>
      ) : (
        <ul class="templates__list">
          {templates.map((template) => (
            <li key={template.id}>
              <a class="ticket-card template-card" href={paths.templates(template.id)} data-testid="template-row">
                <span class="template-card__head">
                  <span class="ticket-card__subject">{template.title}</span>
                  <span class="template-card__shortcut">/{template.shortcut}</span>
                </span>
                <span class="template-card__text">{template.text}</span>
                {!template.own && <span class="template-card__topics">{topicsOf(template, around)}</span>}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function topicsOf({ topic_ids }: Template, { topics }: Around): string {
  if (topic_ids.length === 0) return words().everyTopic;
  return topics
    .filter((topic) => topic_ids.includes(topic.id))
    .map((topic) => topic.name)
    .join(", ");
}
