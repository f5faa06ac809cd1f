/** Which requests make the conversation that they name; on its own, because a face needs it before a connection. */
import type { Action } from "./types.ts";

export type Beginning = Extract<Action, { do: "start" | "leave_message" }>;

export const isBeginning = (action: Action): action is Beginning => action.do === "start" || action.do === "leave_message";
