/** Up to which entry this agent has read each conversation; kept over a reload, and the same in all tabs. */
import type { Uuid } from "@dymek/wire";
import { effect, signal } from "@preact/signals";
import { readJson, write } from "../lib/storage.ts";

const KEY = "dymek.read";
const MOST = 200;

export const readUpTo = signal<Readonly<Record<Uuid, number>>>(readJson<Record<Uuid, number>>(KEY) ?? {});

export function markRead(stream: Uuid, seq: number): void {
  if ((readUpTo.value[stream] ?? 0) >= seq) return;
  const rest = Object.entries(readUpTo.value).filter(([id]) => id !== stream);
  readUpTo.value = Object.fromEntries([...rest, [stream, seq] as const].slice(-MOST));
}

effect(() => write(KEY, JSON.stringify(readUpTo.value)));

window.addEventListener("storage", ({ key }) => {
  if (key === KEY) readUpTo.value = readJson<Record<Uuid, number>>(KEY) ?? {};
});
