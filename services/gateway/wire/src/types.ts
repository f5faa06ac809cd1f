/** The values that cross the wire: generated from the contracts, with names for parts that have none of their own. */
import type { AgentLeft, ChatCard, Desk, Ended, Entry, Header, MissedOffer, Rated, Send, Started, Status, VisitorEntry, VisitorHeader, WaitingAgain } from "./contract.ts";

export * from "./contract.ts";

export type Uuid = string;
/** ISO 8601 with an offset. */
export type Timestamp = string;

export type Action = Send["action"];
export type AgentRole = Desk["role"];
export type AgentStatus = Status["status"];
export type CloseReason = Ended["reason"];
export type EntryBody = Entry["body"];
export type LanguageCode = Started["language"];
export type LeaveReason = AgentLeft["reason"];
export type OfferOutcome = MissedOffer["outcome"];
export type Score = Rated["score"];
export type State = ChatCard["state"] & Header["state"];
export type StatusCause = Desk["status_cause"];
export type VisitorEntryBody = NonNullable<VisitorEntry["body"]>;
export type VisitorState = VisitorHeader["state"];
export type WaitReason = WaitingAgain["reason"];
