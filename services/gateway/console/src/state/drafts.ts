/** What the agent has begun to write in each conversation; kept over a change of conversation and a reload. */
import type { Uuid } from "@dymek/wire";
import { readJson, write } from "../lib/storage.ts";

const KEY = "dymek.drafts";
const drafts: Record<Uuid, string> = readJson<Record<Uuid, string>>(KEY, "session") ?? {};

export const draftOf = (id: Uuid): string => drafts[id] ?? "";

export function keepDraft(id: Uuid, text: string): void {
  if (text) drafts[id] = text;
  else delete drafts[id];
  write(KEY, JSON.stringify(drafts), "session");
}
