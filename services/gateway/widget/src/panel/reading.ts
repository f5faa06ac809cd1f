/** One of the visitor's earlier conversations, to be read: over a connection of its own, which changes nothing of it. */
import { connectVisitor, socketUrl, type Refusal, type Uuid, type VisitorEntry, type VisitorHeader } from "@dymek/wire";
import type { Shown } from "./parts/messages.tsx";
import type { Talk } from "./talk.ts";

export class Reading implements Shown {
  /** Null until it is here. */
  header: VisitorHeader | null = null;
  entries: readonly VisitorEntry[] = [];
  refusal: Refusal | null = null;
  readonly pending = [];
  readonly delivered = 0;
  readonly typing = null;
  readonly stop: () => void;

  /** `changed` is called whenever there is something new to draw. */
  constructor(talk: Talk, conversation: Uuid, changed: () => void) {
    const token = talk.memory.kept.get()?.token ?? "";
    const connection = connectVisitor({ url: socketUrl("/ws/visitor"), token, ...talk.wire, streams: [conversation] });
    this.stop = () => connection.stop();
    connection.on("log", (_, log) => {
      this.header = log.header;
      this.entries = log.entries;
      changed();
    });
    connection.on("refused", (_, refusal) => {
      this.refusal = refusal;
      changed();
    });
    connection.start();
  }

  retry(): void {}

  discard(): void {}
}
