/** What an agent does with a conversation as a whole, beside writing in it. */
import type { Action, Uuid } from "@dymek/wire";
import { t } from "../i18n/index.ts";
import { announce } from "../state/announce.ts";
import { ask, discard, pending } from "../state/live.ts";
import { finishOf } from "../state/missed.ts";
import { tab } from "../state/shown.ts";

export const join = (id: Uuid): Promise<void> => come({ do: "join" }, id);
export const takeOver = (id: Uuid): Promise<void> => come({ do: "take_over" }, id);

/** The conversation is among the agent's own from then on, and so is the list that is shown. */
async function come(action: Action, id: Uuid): Promise<void> {
  if (!(await ask(action, id))) return;
  finishOf(id);
  tab.value = "own";
}

export const end = (id: Uuid): Promise<boolean> => ask({ do: "end" }, id);

export async function leave(id: Uuid): Promise<void> {
  if (await ask({ do: "leave_chat" }, id)) announce(t().team.leave.done);
}

type Whole = "join" | "take_over" | "end" | "leave_chat" | "choose" | "move" | "attach";

/** What was asked for and could not go out yet does not go out later: the person has changed their mind. */
export function takeBack(id: Uuid, what: Whole): void {
  for (const one of pending.peek()) if (one.stream === id && one.action.do === what) discard(one.id);
}
