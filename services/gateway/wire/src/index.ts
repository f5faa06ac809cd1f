/** What both faces share: the wire to the gateway, its types, and what must read the same on both sides. */
export * from "./types.ts";
export { connectAgent, connectVisitor, type AgentConnection, type VisitorConnection } from "./connect.ts";
export type { ConnectionOptions } from "./options.ts";
export { socketUrl, systemClock, type Clock, type Signals, type Socket, type SocketFactory } from "./clock.ts";
export type { Happenings } from "./happenings.ts";
export { newId } from "./ids.ts";
export { Log } from "./log.ts";
export { isBeginning, type Beginning } from "./beginnings.ts";
export type { Outcome, Pending, PendingState, PendingStore } from "./outbox.ts";
export type { Status as ConnectionStatus } from "./transport.ts";
export { agentView, visitorView, type View } from "./reducer.ts";
export { refusalText } from "./refusals.ts";
export { linkPieces, type Piece } from "./links.ts";
export { EMOJI, type Emoji } from "./emoji.ts";
export { charCount, firstChars } from "./count.ts";
