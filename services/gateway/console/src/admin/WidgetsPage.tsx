/** The widgets, and the secret with which the site of each vouches for its users: made here, shown once. */
import "../styles/widgets.css";
import type { WidgetSecret, WidgetSummaries, WidgetSummary } from "@dymek/wire";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { words } from "../i18n/widgets.ts";
import { ApiError, get, post } from "../lib/api.ts";
import { toast } from "../state/toasts.ts";
import { Confirm } from "../ui/Confirm.tsx";
import { ChatIcon, CheckIcon, WarnIcon } from "../ui/icons.tsx";
import { Blank, Spinner } from "../ui/parts.tsx";
import { copied } from "./copying.ts";
import { EXAMPLES, type Example } from "./examples.ts";
import { sentenceOf } from "./form.ts";
import { useLoaded } from "./loaded.ts";
import { Reading } from "./Reading.tsx";

const WIDGETS = "/api/admin/widgets";

const readWidgets = async (signal?: AbortSignal): Promise<WidgetSummary[]> => (await get<WidgetSummaries>(WIDGETS, signal)).widgets;

export function WidgetsPage() {
  const said = words();
  const [loaded, again] = useLoaded(readWidgets, "widgets");
  return (
    <section class="widgets" aria-labelledby="admin-widgets">
      <div class="admin__title">
        <div>
          <h2 id="admin-widgets">{said.title}</h2>
          <p class="page__lead">{said.lead}</p>
        </div>
      </div>
      <Reading loaded={loaded} again={again}>
        {(widgets) =>
          widgets.length === 0 ? (
            <Blank level={3} icon={<ChatIcon size={28} />} title={said.emptyTitle} text={said.emptyText} />
          ) : (
            <>
              <ul class="widgets__list">
                {widgets.map((widget) => (
                  <Widget key={widget.key} widget={widget} />
                ))}
              </ul>
              <Examples />
            </>
          )
        }
      </Reading>
    </section>
  );
}

export function Widget({ widget }: { widget: WidgetSummary }) {
  const said = words();
  const title = widget.title || widget.key;
  const [has, setHas] = useState(widget.has_secret);
  const [secret, setSecret] = useState<string | null>(null);
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  /** The answer was lost: a secret may have been made that nobody has seen. */
  const [unsure, setUnsure] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  async function make(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setUnsure(false);
    try {
      const made = await post<WidgetSecret>(`${WIDGETS}/${encodeURIComponent(widget.key)}/secret`, {});
      setSecret(made.secret);
      setHas(true);
    } catch (cause) {
      const code = cause instanceof ApiError ? cause.code : "unavailable";
      if (code === "offline" || code === "unavailable") await lost();
      else toast({ tone: "danger", text: said.failed, detail: sentenceOf(code) });
    }
    setBusy(false);
  }

  /** Only this widget's mark is taken from the list: another one's secret may stand on the page, shown this once. */
  async function lost(): Promise<void> {
    setUnsure(true);
    const widgets = await readWidgets().catch(() => []);
    const now = widgets.find(({ key }) => key === widget.key);
    if (now) setHas(now.has_secret);
  }

  function hide(): void {
    setSecret(null);
    requestAnimationFrame(() => button.current?.focus());
  }

  return (
    <li class="widget">
      <div class="widget__head">
        <div class="widget__what">
          <h3 class="widget__title">{title}</h3>
          <p class="widget__key">
            {said.key}: <code>{widget.key}</code>
          </p>
        </div>
        <span class={has ? "badge badge--good" : "badge badge--warn"}>
          {has ? <CheckIcon size={14} /> : <WarnIcon size={14} />}
          {has ? said.set : said.none}
        </span>
      </div>
      <p class="widget__text">{has ? said.setText : said.noneText}</p>
      {unsure && (
        <p class="note note--danger" role="alert">
          <WarnIcon size={18} />
          <span>{said.unsure}</span>
        </p>
      )}
      {secret === null ? (
        <button
          ref={button}
          type="button"
          class="button widget__make"
          aria-label={has ? said.renewFor(title) : said.makeFor(title)}
          aria-disabled={busy}
          onClick={() => (has ? setAsks(true) : void make())}
        >
          {busy && <Spinner />}
          {has ? said.renew : said.make}
        </button>
      ) : (
        <Secret secret={secret} hide={hide} />
      )}
      {asks && (
        <Confirm
          title={said.question}
          text={said.warning}
          confirm={said.renew}
          tone="danger"
          run={make}
          onClose={() => setAsks(false)}
        />
      )}
    </li>
  );
}

function Secret({ secret, hide }: { secret: string; hide: () => void }) {
  const said = words();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [outcome, copy] = useCopying(secret, () => field.current?.select());
  useEffect(() => {
    // After the question, which gives the focus back to where it was when it goes.
    const timer = setTimeout(() => field.current?.select(), 0);
    return () => clearTimeout(timer);
  }, []);

  return (
    <div class="widget__secret">
      <label class="field__label" for={id}>
        {said.made}
      </label>
      <div class="widget__row">
        <input
          ref={field}
          id={id}
          class="input widget__value"
          readOnly
          value={secret}
          aria-describedby={`${id}-once`}
          autoComplete="off"
          spellcheck={false}
        />
        <button type="button" class="button button--primary" onClick={() => void copy()}>
          {said.copy}
        </button>
      </div>
      <p class="note note--info" id={`${id}-once`}>
        <WarnIcon size={18} />
        <span>{said.once}</span>
      </p>
      <CopyingOutcome outcome={outcome} refused={said.notCopied} />
      <button type="button" class="button button--small widget__make" onClick={hide}>
        {said.hide}
      </button>
    </div>
  );
}

type Outcome = "copied" | "refused" | null;

/** Copies the text; where the browser forbids that, `select` makes it ready for the keyboard. */
function useCopying(text: string, select: () => void): [outcome: Outcome, copy: () => Promise<void>] {
  const [outcome, setOutcome] = useState<Outcome>(null);
  const copy = async (): Promise<void> => {
    const done = await copied(text);
    if (!done) select();
    setOutcome(done ? "copied" : "refused");
  };
  return [outcome, copy];
}

function CopyingOutcome({ outcome, refused }: { outcome: Outcome; refused: string }) {
  return (
    <p class="widget__outcome" role="status">
      {outcome === "copied" && words().copied}
      {outcome === "refused" && refused}
    </p>
  );
}

function Examples() {
  const said = words();
  return (
    <section class="widgets__examples" aria-labelledby="admin-widgets-examples">
      <h3 id="admin-widgets-examples">{said.examples}</h3>
      <p class="page__lead">{said.examplesLead}</p>
      {EXAMPLES.map((example) => (
        <Code key={example.name} example={example} />
      ))}
    </section>
  );
}

function Code({ example }: { example: Example }) {
  const said = words();
  const code = useRef<HTMLPreElement>(null);
  const [outcome, copy] = useCopying(example.code, () => {
    if (code.current) getSelection()?.selectAllChildren(code.current);
  });
  return (
    <details class="example">
      <summary class="example__name">{example.name}</summary>
      <div class="example__body">
        <pre ref={code} class="example__code" tabIndex={0} aria-label={example.name}>
          <code>{example.code}</code>
        </pre>
        <button type="button" class="button button--small" aria-label={said.copyExample(example.name)} onClick={() => void copy()}>
          {said.copy}
        </button>
        <CopyingOutcome outcome={outcome} refused={said.exampleNotCopied} />
      </div>
    </details>
  );
}
