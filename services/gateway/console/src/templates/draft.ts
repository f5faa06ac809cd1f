/** A template as a form keeps it, what the form reads, and what can be wrong in it before anything is sent. */
import { MAX_MESSAGE_CHARS, charCount, newId, type Template, type Templates, type TopicView } from "@dymek/wire";
import { MAX_NAME, type Fault, type Faults } from "../admin/checks.ts";
import { words } from "../i18n/templates.ts";
import { ApiError, get } from "../lib/api.ts";
import { unknown, type Values } from "./fill.ts";
import { TEMPLATES } from "./list.ts";

export interface TemplateDraft extends Template {
  /** Of all topics: `topic_ids` is not looked at. */
  every: boolean;
}

/** A new one has its id from the beginning, so that sending it twice makes one. */
export const freshDraft = (): TemplateDraft => ({
  id: newId(),
  version: 0,
  shortcut: "",
  title: "",
  text: "",
  topic_ids: [],
  own: true,
  every: true,
});

export const draftOf = (template: Template): TemplateDraft => ({ ...template, every: template.topic_ids.length === 0 });

export const templateOf = ({ every, ...template }: TemplateDraft): Template => ({
  ...template,
  topic_ids: template.own || every ? [] : template.topic_ids,
});

/** As it is sent and compared. */
export const tidy = (draft: TemplateDraft): TemplateDraft => ({
  ...draft,
  shortcut: draft.shortcut.trim().replace(/^\/+/u, ""),
  title: draft.title.trim(),
});

/** What one may use, and the topics there are. */
export interface Around {
  templates: readonly Template[];
  topics: readonly { id: string; name: string }[];
}

export async function readAround(signal?: AbortSignal): Promise<Around> {
  const [{ templates }, { topics }] = await Promise.all([
    get<Templates>(TEMPLATES, signal),
    get<{ topics: TopicView[] }>("/api/topics", signal),
  ]);
  return { templates, topics };
}

/** Throws ApiError where it is gone. */
export async function readDraft(id: string): Promise<TemplateDraft> {
  const template = (await readAround()).templates.find((one) => one.id === id);
  if (!template) throw new ApiError(404, "unknown");
  return draftOf(template);
}

const SHORTCUT = /^[\p{L}\p{M}\p{N}_-]{1,40}$/u;

const said = (text: string): Fault => ({ rule: "said", text });

export function check(draft: TemplateDraft): Faults {
  const { shortcut, title, text, own, every, topic_ids } = tidy(draft);
  const faults: Faults = {};
  if (!shortcut) faults["shortcut"] = { rule: "missing" };
  else if (!SHORTCUT.test(shortcut)) faults["shortcut"] = said(words().faults.shortcut);
  if (!title) faults["title"] = { rule: "missing" };
  else if ([...title].length > MAX_NAME) faults["title"] = { rule: "long", max: MAX_NAME };
  const [name] = unknown(text);
  if (!text.trim()) faults["text"] = { rule: "missing" };
  else if (charCount(text) > MAX_MESSAGE_CHARS) faults["text"] = { rule: "long", max: MAX_MESSAGE_CHARS };
  else if (name !== undefined) faults["text"] = said(words().faults.unknown(name));
  if (!own && !every && topic_ids.length === 0) faults["topic_ids"] = said(words().faults.topics);
  return faults;
}

/** What the server alone knows, in this form's words. */
export const explain = (field: string): Fault | null => (field === "shortcut" ? said(words().faults.taken) : null);

/** Values for the form's preview: the agent's own name, examples of everything else. */
export const sample = (agentName: string, topicName: string | undefined): Values => ({
  ...words().form.example,
  "agent.name": agentName,
  ...(topicName ? { "topic.name": topicName } : {}),
});
