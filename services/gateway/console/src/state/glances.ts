/** The list's line about each conversation of the desk, and the sums that the navigation and the title show. */
import type { Uuid } from "@dymek/wire";
import { computed } from "@preact/signals";
import { glance, type Glance } from "../lib/desk.ts";
import { desk, logs } from "./live.ts";
import { readUpTo } from "./read.ts";

export const glances = computed<ReadonlyMap<Uuid, Glance>>(() => {
  const agentId = desk.value?.agent_id ?? "";
  const read = readUpTo.value;
  return new Map([...logs.value].map(([id, log]) => [id, glance(log.entries, read[id] ?? 0, agentId)]));
});

/** Unread messages in own open conversations. */
export const unreadTotal = computed(() => {
  const open = desk.value?.chats.filter((chat) => chat.state !== "closed") ?? [];
  return open.reduce((sum, chat) => sum + (glances.value.get(chat.conversation_id)?.unread ?? 0), 0);
});

export const offersTotal = computed(() => desk.value?.offers.length ?? 0);
