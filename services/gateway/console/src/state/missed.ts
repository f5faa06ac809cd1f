/**
 * The missed offers that are finished: their agent was told, or took the conversation after all. Kept over a reload,
 * and the same in all tabs, because the desk names the latest missed offer whatever became of its conversation.
 */
import type { Desk, Uuid } from "@dymek/wire";
import { effect, signal } from "@preact/signals";
import { awayCause } from "../lib/desk.ts";
import { readJson, write } from "../lib/storage.ts";
import { desk } from "./live.ts";

const KEY = "dymek.dismissed";
const MOST = 50;

const stored = (): ReadonlySet<Uuid> => new Set(readJson<Uuid[]>(KEY) ?? []);

export const finished = signal(stored());

export function finish(offerId: Uuid): void {
  if (finished.peek().has(offerId)) return;
  // From what is stored, which another tab may just have added to.
  const kept = [...stored(), ...finished.peek(), offerId];
  finished.value = new Set([...new Set(kept)].slice(-MOST));
  write(KEY, JSON.stringify([...finished.peek()]));
}

/** The agent has answered the strip about a status that set itself: what it told of needs no second telling. */
export function finishTold(): void {
  const now = desk.peek();
  if (now?.missed && awayCause(now)) finish(now.missed.offer_id);
}

/** The agent has taken this conversation. */
export function finishOf(conversation: Uuid): void {
  const missed = desk.peek()?.missed;
  if (missed?.conversation_id === conversation) finish(missed.offer_id);
}

/** The missed offer that the strip told of while the desk was last seen. */
let told: Uuid | null = null;

function look(now: Desk | null): void {
  const missed = now?.missed ?? null;
  if (now && missed && now.chats.some((chat) => chat.conversation_id === missed.conversation_id))
    finish(missed.offer_id);
  if (now && awayCause(now)) told = missed?.offer_id ?? null;
  else if (now && told) {
    // The way back may have been taken in another tab.
    finish(told);
    told = null;
  }
}

effect(() => look(desk.value));

window.addEventListener("storage", ({ key }) => {
  if (key === KEY) finished.value = stored();
});
