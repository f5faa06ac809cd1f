/** The list of templates beside a box, the button that opens it, and what a template left to be filled in. */
import type { Template } from "@dymek/wire";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { words } from "../i18n/templates.ts";
import { paths } from "../lib/route.ts";
import { TemplateIcon, WarnIcon } from "../ui/icons.tsx";
import { Skeleton } from "../ui/parts.tsx";
import { pieces, unfilled, filled, type Values } from "./fill.ts";
import type { List } from "./list.ts";
import { Preview } from "./Preview.tsx";
import type { TemplateTools } from "./useTemplates.tsx";

interface PickerProps {
  id: string;
  list: List;
  found: readonly Template[];
  active: Template | null;
  query: string;
  values: Values;
  why: string | null;
  optionId: (template: Template) => string;
  onPoint: (template: Template) => void;
  onPick: (template: Template) => void;
  onRetry: () => void;
}

export function TemplatePicker(props: PickerProps) {
  const { list, found, active, values, why } = props;
  const said = words().picker;
  const root = useRef<HTMLDivElement>(null);
  const place = usePlace(root);
  const missing = active ? unfilled(filled(active.text, values)) : [];
  const ofCustomer = missing.some((name) => name.startsWith("customer."));
  return (
    // Pressing anything here leaves the focus, and with it the caret, in the box.
    <div
      ref={root}
      class="popup template-picker"
      data-testid="template-picker"
      data-below={place.below}
      style={{ "--room": `${place.room}px` }}
      onMouseDown={(event) => event.preventDefault()}
    >
      {found.length > 0 ? (
        <div class="template-picker__sides">
          <Options {...props} />
          {active && (
            <div class="template-picker__preview">
              <p class="template-picker__label">{said.preview}</p>
              <Preview pieces={pieces(active.text, values)} />
              {missing.length > 0 && (
                <p class="template-picker__missing">
                  <WarnIcon size={16} />
                  {said.missing(missing.map((name) => words().variables[name]).join(", "))}
                </p>
              )}
              {ofCustomer && why && <p class="template-picker__why">{why}</p>}
            </div>
          )}
        </div>
      ) : (
        <Nothing {...props} />
      )}
      <div class="template-picker__foot">
        <span>{list.state === "ready" && found.length > 0 ? said.hint : ""}</span>
        <a href={paths.templates()}>{said.all}</a>
      </div>
    </div>
  );
}

/** Less than this above the box, and the list opens below it. */
const LEAST_PX = 240;
const GAP_PX = 16;

/** Above the box as high as there is room on the page, or below it where there is hardly any. */
function usePlace(root: { current: HTMLElement | null }): { below: boolean; room: number } {
  const [place, setPlace] = useState({ below: false, room: LEAST_PX });
  useLayoutEffect(() => {
    const anchor = root.current?.offsetParent?.getBoundingClientRect();
    const page = root.current?.closest("main")?.getBoundingClientRect();
    if (!anchor || !page) return;
    const above = anchor.top - Math.max(0, page.top) - GAP_PX;
    const beneath = page.bottom - anchor.bottom - GAP_PX;
    const below = above < LEAST_PX && beneath > above;
    setPlace({ below, room: Math.max(LEAST_PX, below ? beneath : above) });
  }, []);
  return place;
}

function Options({ id, found, active, optionId, onPoint, onPick }: PickerProps) {
  const box = useRef<HTMLUListElement>(null);
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: "nearest" });
  }, [active?.id]);
  return (
    <ul ref={box} class="template-picker__list" role="listbox" id={id} aria-label={words().picker.list}>
      {found.map((template) => (
        <li
          key={template.id}
          id={optionId(template)}
          class="template-picker__option"
          role="option"
          aria-selected={template.id === active?.id}
          onMouseMove={() => template.id !== active?.id && onPoint(template)}
          onClick={() => onPick(template)}
        >
          <span class="template-picker__title">{template.title}</span>
          <span class="template-picker__shortcut">/{template.shortcut}</span>
          {template.own && <span class="tag">{words().own}</span>}
        </li>
      ))}
    </ul>
  );
}

function Nothing({ list, query, onRetry }: PickerProps) {
  const said = words().picker;
  if (list.state === "loading") return <Skeleton lines={3} label={said.loading} />;
  return (
    <div class="template-picker__nothing" role="status">
      {list.state === "fault" ? (
        <>
          {said.fault}{" "}
          <button type="button" class="button button--small" onClick={onRetry}>
            {t().retry}
          </button>
        </>
      ) : query ? (
        said.nothing(query)
      ) : (
        said.none
      )}
    </div>
  );
}

export function TemplateButton({ of }: { of: TemplateTools }) {
  return (
    <button
      type="button"
      class="icon-button icon-button--big"
      aria-label={words().picker.button}
      title={`${words().picker.button} (/)`}
      aria-haspopup="listbox"
      aria-expanded={of.open}
      onMouseDown={(event) => event.preventDefault()}
      onClick={of.toggle}
    >
      <TemplateIcon size={22} />
    </button>
  );
}

/** What a template left without a value; nothing is sent before it is filled in or removed. */
export function Unfilled({ of }: { of: TemplateTools }) {
  const said = words().unfilled;
  if (of.unfilled.length === 0) return null;
  return (
    <div class="unfilled" data-held={of.held} data-testid="unfilled">
      <span class="unfilled__words">
        <WarnIcon size={16} />
        {of.held ? said.held : said.fill}
      </span>
      {of.unfilled.map((name) => (
        <button
          key={name}
          type="button"
          class="chip"
          aria-label={said.go(words().variables[name])}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => of.go(name)}
        >
          {words().variables[name]}
        </button>
      ))}
    </div>
  );
}
