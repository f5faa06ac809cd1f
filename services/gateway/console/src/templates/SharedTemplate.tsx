/** A shared template as those see it who may use it and not change it. */
import type { Me, Template } from "@dymek/wire";
import { words } from "../i18n/templates.ts";
import { InfoIcon } from "../ui/icons.tsx";
import { sample } from "./draft.ts";
import { pieces } from "./fill.ts";
import { Preview } from "./Preview.tsx";

export function SharedTemplate({ template, me }: { template: Template; me: Me }) {
  const said = words().form;
  return (
    <>
      <h1 class="admin__what">{template.title}</h1>
      <p class="note note--info">
        <InfoIcon />
        {said.readOnly}
      </p>
      <section class="group group--alone" aria-label={said.words}>
        <dl class="facts">
          <div class="fact">
            <dt>{said.shortcut}</dt>
            <dd>/{template.shortcut}</dd>
          </div>
          <div class="fact">
            <dt>{said.text}</dt>
            <dd class="template-preview">{template.text}</dd>
          </div>
          <div class="fact">
            <dt>{said.preview}</dt>
            <dd>
              <Preview pieces={pieces(template.text, sample(me.name, undefined))} />
            </dd>
          </div>
        </dl>
      </section>
    </>
  );
}
