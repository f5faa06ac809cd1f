/** The templates that the agent may use: read when they are first needed, and anew after a while or a change. */
import type { Template, Templates } from "@dymek/wire";
import { effect, signal } from "@preact/signals";
import { get } from "../lib/api.ts";
import { session } from "../state/session.ts";

export const TEMPLATES = "/api/templates";

export type List = { state: "loading" } | { state: "fault" } | { state: "ready"; templates: readonly Template[] };

const OLD_MS = 30_000;

/** As they were last read; what is known stays when a later reading fails. */
export const list = signal<List>({ state: "loading" });

let readAt = 0;
let reading: Promise<void> | null = null;
/** Whose list it is: what was asked for by the agent before is dropped. */
let owner: string | null = null;

/** Read them, unless that was done a moment ago. */
export function freshen(now = Date.now()): Promise<void> {
  return list.peek().state === "ready" && now - readAt < OLD_MS ? Promise.resolve() : reread();
}

/** Read them anew. Never throws: `list` says how it went. */
export function reread(): Promise<void> {
  reading ??= read().finally(() => (reading = null));
  return reading;
}

async function read(): Promise<void> {
  const asker = owner;
  if (list.peek().state === "fault") list.value = { state: "loading" };
  try {
    const { templates } = await get<Templates>(TEMPLATES);
    if (asker !== owner) return;
    readAt = Date.now();
    list.value = { state: "ready", templates };
  } catch {
    if (asker === owner && list.peek().state !== "ready") list.value = { state: "fault" };
  }
}

effect(() => {
  const now = session.value.state === "in" ? session.value.me.agent_id : null;
  if (now === owner) return;
  owner = now;
  readAt = 0;
  list.value = { state: "loading" };
});
