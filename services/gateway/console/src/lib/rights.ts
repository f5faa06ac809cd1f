/**
 * What an agent may do in a conversation, so that nothing is offered which would be refused. Pure.
 * The router decides; a screen that is behind is told with a refusal and corrects itself.
 */
import type { Desk, Entry, Header, LeaveReason, NamedRef, Uuid } from "@dymek/wire";

/** `own`: takes part; `offered`: is being asked; `watching`: a supervisor who looks on; `none`: sees nothing of it. */
export type Part = "own" | "offered" | "watching" | "none";

export function partIn(id: Uuid, desk: Desk | null, supervises = false): Part {
  if (desk?.chats.some((chat) => chat.conversation_id === id)) return "own";
  if (desk?.offers.some((offer) => offer.conversation_id === id)) return "offered";
  return supervises ? "watching" : "none";
}

export interface Rights {
  choose: boolean;
  move: boolean;
  join: boolean;
  leave: boolean;
  takeOver: boolean;
  end: boolean;
}

export type Seen = Pick<Header, "state" | "owner" | "participants">;

const NOTHING: Rights = { choose: false, move: false, join: false, leave: false, takeOver: false, end: false };

export function rights({ state, owner, participants }: Seen, agentId: Uuid, supervises: boolean): Rights {
  if (state === "closed") return NOTHING;
  const inside = participants.some(({ id }) => id === agentId);
  const leads = owner?.id === agentId;
  return {
    choose: leads || supervises,
    move: leads || supervises,
    join: state === "active" && !inside,
    leave: inside,
    takeOver: supervises && !leads,
    end: leads || (supervises && inside),
  };
}

/** Whether nobody would be left to lead the conversation if this agent went. */
export function leavesNobody({ participants }: Pick<Header, "participants">, agentId: Uuid): boolean {
  return participants.every(({ id }) => id === agentId);
}

export interface Departure {
  reason: LeaveReason;
}

/** How this agent came out of the conversation last; null while inside. */
export function departure(entries: readonly Entry[], agentId: Uuid): Departure | null {
  const body = entries.findLast(
    ({ body }) => (body.kind === "agent_left" || body.kind === "agent_joined") && body.agent.id === agentId,
  )?.body;
  if (body?.kind !== "agent_left") return null;
  return { reason: body.reason };
}

/** Who leads the conversation from the entry after `at` on. */
export function successor(entries: readonly Entry[], at: number): NamedRef | null {
  const next = entries[at + 1]?.body;
  if (next?.kind === "owner_changed" || (next?.kind === "agent_joined" && next.owner)) return next.agent;
  return null;
}
