/** The connections of the two faces. */
import { Connection } from "./connection.ts";
import type { ConnectionOptions } from "./options.ts";
import { agentView, visitorView } from "./reducer.ts";
import type { Entry, Header, VisitorEntry, VisitorHeader } from "./types.ts";

export type AgentConnection = Connection<Header, Entry>;
export type VisitorConnection = Connection<VisitorHeader, VisitorEntry>;

export function connectAgent(options: ConnectionOptions): AgentConnection {
  return new Connection(agentView, options);
}

export function connectVisitor(options: ConnectionOptions): VisitorConnection {
  return new Connection(visitorView, options);
}
