/**
 * Reply templates in a box where an agent writes, in chats and in tickets alike: "/" opens the list, and what a template
 * leaves without a value has to be filled in or removed before it is sent.
 *
 *     const templates = useTemplates({ input, text, change, values, topicId });
 *     <div class="templates-anchor">
 *       {templates.popup}
 *       <TemplateButton of={templates} />
 *       <textarea ref={input} {...templates.control} onKeyDown={(event) => templates.key(event) || ownKeys(event)} />
 *       <Unfilled of={templates} />
 *     </div>
 *     // and before sending: if (templates.holds()) return;
 *
 * The box stays the text box it is, with the focus in it; the list beside it is pointed at by aria-activedescendant.
 */
import type { Template } from "@dymek/wire";
import type { RefObject, VNode } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { words } from "../i18n/templates.ts";
import { announce } from "../state/announce.ts";
import { filled, spots, unfilled, type Values, type Variable } from "./fill.ts";
import { freshen, list, reread } from "./list.ts";
import { search, slashAt, usableIn } from "./search.ts";
import { TemplatePicker } from "./TemplatePicker.tsx";

export interface Box {
  input: RefObject<HTMLTextAreaElement | null>;
  /** What stands in the box, and how to put something else there. */
  text: string;
  change: (text: string) => void;
  /** What the variables stand for here. */
  values: Values;
  /** Of the conversation or ticket: templates of other topics are left out. */
  topicId?: string | null;
  /** Why customers' variables have no value, where there is a reason to tell. */
  why?: string | null;
}

export interface TemplateTools {
  /** For the textarea. */
  control: Record<string, string | undefined>;
  /** Whether the key was meant for the list, and is dealt with. */
  key: (event: KeyboardEvent) => boolean;
  popup: VNode | null;
  open: boolean;
  /** Opens the list by putting a slash into the text, or closes it. */
  toggle: () => void;
  /** The variables that stand in the text without a value. */
  unfilled: readonly Variable[];
  /** Puts the caret on the variable's next place. */
  go: (name?: Variable) => void;
  /** Whether sending has to wait; then it says why and shows where. */
  holds: () => boolean;
  /** Whether sending was tried and had to wait. */
  held: boolean;
}

export function useTemplates({ input, text, change, values, topicId = null, why = null }: Box): TemplateTools {
  const id = useId();
  const caret = useCaret(input);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [held, setHeld] = useState(false);
  const select = useSelection(input, text);
  /** Where the button put a slash that nobody typed. */
  const put = useRef<number | null>(null);

  const slash = caret === null ? null : slashAt(text, caret);
  const looking = slash !== null && slash.from !== dismissed;
  const now = list.value;
  const found = useMemo(
    () => (looking && now.state === "ready" ? search(usableIn(now.templates, topicId), slash.query) : []),
    [looking, now, topicId, slash?.query],
  );
  // Words that go on behind a slash and match nothing are just words.
  const open = looking && (found.length > 0 || now.state !== "ready" || !/\s/u.test(slash.query));
  const at = Math.max(0, found.findIndex((template) => template.id === chosen));
  const active = open ? found[at] : undefined;
  const missing = unfilled(text);
  const optionId = (template: Template): string => `${id}-${template.id}`;

  useEffect(() => {
    if (looking) void freshen();
  }, [looking]);
  useEffect(() => {
    if (slash === null) setDismissed(null);
    setChosen(null);
  }, [slash?.from, slash?.query]);
  useEffect(() => {
    if (open && found.length > 0) announce(words().picker.found(found.length));
  }, [open, found.length]);
  useEffect(() => {
    if (missing.length === 0) setHeld(false);
  }, [missing.length === 0]);

  const insert = (template: Template): void => {
    if (!slash || caret === null) return;
    const said = filled(template.text, values);
    const next = text.slice(0, slash.from) + said + text.slice(caret);
    const [first] = spots(said);
    const end = slash.from + said.length;
    change(next);
    select(first ? slash.from + first.from : end, first ? slash.from + first.to : end);
    setHeld(false);
    announce(words().picker.inserted(template.title));
  };
  const close = (): void => {
    if (!slash) return;
    setDismissed(slash.from);
    if (put.current === slash.from && slash.query === "") {
      change(text.slice(0, slash.from) + text.slice(slash.from + 1));
      select(slash.from, slash.from);
    }
    put.current = null;
  };
  const toggle = (): void => {
    if (open) return close();
    const from = input.current?.selectionStart ?? text.length;
    const blank = from > 0 && !/\s/u.test(text[from - 1] ?? "") ? " " : "";
    put.current = from + blank.length;
    setDismissed(null);
    change(`${text.slice(0, from)}${blank}/${text.slice(input.current?.selectionEnd ?? from)}`);
    select(put.current + 1, put.current + 1);
  };
  const go = (name?: Variable): void => {
    const all = spots(text).filter((spot) => name === undefined || spot.name === name);
    const from = input.current?.selectionEnd ?? 0;
    const next = all.find((spot) => spot.from >= from) ?? all[0];
    if (next) select(next.from, next.to);
  };
  const holds = (): boolean => {
    if (missing.length === 0) return false;
    setHeld(true);
    announce(words().unfilled.heldAnnounce(missing.map((name) => words().variables[name]).join(", ")));
    const [first] = spots(text);
    if (first) select(first.from, first.to);
    return true;
  };
  const key = (event: KeyboardEvent): boolean => {
    if (!open || event.isComposing) return false;
    const dealt = (): boolean => {
      event.preventDefault();
      event.stopPropagation();
      return true;
    };
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        if (found.length === 0) return false;
        const step = event.key === "ArrowDown" ? 1 : found.length - 1;
        setChosen(found[(at + step) % found.length]?.id ?? null);
        return dealt();
      }
      case "Enter":
        if (event.shiftKey || event.ctrlKey || event.metaKey) return false;
        if (active) insert(active);
        else if (now.state === "fault") void reread();
        // What was typed to look for a template is not sent because the list is still on its way.
        else if (now.state === "ready") return false;
        return dealt();
      case "Escape":
        close();
        return dealt();
      default:
        return false;
    }
  };

  return {
    control: {
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-controls": open && found.length > 0 ? `${id}-list` : undefined,
      "aria-activedescendant": active && optionId(active),
    },
    key,
    open,
    toggle,
    unfilled: missing,
    go,
    holds,
    held: held && missing.length > 0,
    popup: open ? (
      <TemplatePicker
        id={`${id}-list`}
        list={now}
        found={found}
        active={active ?? null}
        query={slash.query}
        values={values}
        why={why}
        optionId={optionId}
        onPoint={(template) => setChosen(template.id)}
        onPick={insert}
        onRetry={() => void reread()}
      />
    ) : null,
  };
}

/** Where the caret stands in the box while it has the focus and nothing is selected; else null. */
function useCaret(input: RefObject<HTMLTextAreaElement | null>): number | null {
  const [caret, setCaret] = useState<number | null>(null);
  const heard = useRef<{ element: HTMLTextAreaElement | null; end: () => void }>({ element: null, end: () => undefined });
  // After each render: a box may come and go while its page stays.
  useEffect(() => {
    const element = input.current;
    if (heard.current.element === element) return;
    heard.current.end();
    heard.current = { element, end: element ? listen(element, setCaret) : () => undefined };
  });
  useEffect(() => () => heard.current.end(), []);
  return caret;
}

function listen(element: HTMLTextAreaElement, tell: (caret: number | null) => void): () => void {
  const look = (): void => {
    const { selectionStart, selectionEnd } = element;
    tell(document.activeElement === element && selectionStart === selectionEnd ? selectionStart : null);
  };
  const leave = (): void => tell(null);
  const kinds = ["input", "keyup", "click", "focus", "select"] as const;
  for (const kind of kinds) element.addEventListener(kind, look);
  element.addEventListener("blur", leave);
  return () => {
    for (const kind of kinds) element.removeEventListener(kind, look);
    element.removeEventListener("blur", leave);
  };
}

/** Selects a part of the box as soon as what it is part of stands there. */
function useSelection(input: RefObject<HTMLTextAreaElement | null>, text: string): (from: number, to: number) => void {
  const [wanted, setWanted] = useState<readonly [number, number] | null>(null);
  useLayoutEffect(() => {
    const element = input.current;
    if (!wanted || !element) return;
    element.focus();
    element.setSelectionRange(...wanted);
    element.dispatchEvent(new Event("select"));
    setWanted(null);
  }, [wanted, text]);
  return (from, to) => setWanted([from, to]);
}
