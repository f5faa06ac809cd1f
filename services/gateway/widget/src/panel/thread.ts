/**
 * One followed conversation as its connection tells of it, and what the visitor does in it.
 *
 * Invariants: at most one connection is listened to; what is heard of another conversation than the followed one
 * changes nothing; only what arrives after the conversation was first seen counts as news.
 */
import {
  connectVisitor,
  newId,
  socketUrl,
  type ConnectionOptions,
  type ConnectionStatus,
  type Outcome,
  type Pending,
  type PendingStore,
  type Score,
  type TopicView,
  type Uuid,
  type VisitorConnection,
  type VisitorEntry,
  type VisitorHeader,
} from "@dymek/wire";
import type { Host } from "./host.ts";
import type { Memory } from "./memory.ts";

/** What counts as news while the panel is not shown. */
const NEWS: ReadonlySet<string | undefined> = new Set(["agent_message", "agent_joined", "system_message", "inactivity_warned"]);
const TYPING_FOR_MS = 6_000;

/** What a connection finds out that decides which conversation is followed. */
interface Turns {
  /** The token is no good (any more). */
  rejected?: () => void;
  /** The gateway does not know the conversation, or not as this visitor's. */
  refused?: () => void;
  /** The conversation exists. */
  here?: (stream: Uuid) => void;
}

export class Thread {
  header: VisitorHeader | null = null;
  entries: readonly VisitorEntry[] = [];
  pending: readonly Pending[] = [];
  status: ConnectionStatus = "connecting";
  place: number | null = null;
  delivered = 0;
  /** The agent who is writing now. */
  typing: string | null = null;
  unread = 0;
  /** The conversation that was rated on this page: until the page is left, its rating can be changed. */
  rated: Uuid | null = null;
  protected stream: Uuid | null = null;
  #connection: VisitorConnection | null = null;
  #cancelTyping = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    /** As they are now. */
    public topics: readonly TopicView[],
    readonly memory: Memory,
    readonly host: Host,
    readonly wire: Partial<ConnectionOptions>,
  ) {
    host.onShown((shown) => shown && this.#setUnread(0));
  }

  get conversation(): Uuid | null {
    return this.stream;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  post(text: string): void {
    if (this.stream && !this.#connection) this.early({ do: "post", text });
    else void this.#send({ do: "post", text });
  }

  /** There is no connection yet: it is drawn and outlives the page from now on, and the connection will find it. */
  protected early(action: Pending["action"], id = newId()): void {
    const at = new Date().toISOString();
    this.pending = [...this.pending, { id, stream: this.stream, action, at, state: "queued", tries: 0, seq: null, refusal: null }];
    this.memory.pending.save(this.pending);
    this.changed();
  }

  end(): Promise<Outcome> {
    return this.#send({ do: "end" });
  }

  leaveTicket(name: string, email: string, text: string): Promise<Outcome> {
    return this.#send({ do: "leave_ticket", name, email, text });
  }

  rate(score: Score, comment: string): Promise<Outcome> {
    this.rated = this.stream;
    return this.#send({ do: "rate", score, comment });
  }

  /** Asks for the conversation by e-mail, once; whether it has been asked for outlives the page. */
  async askTranscript(): Promise<Outcome> {
    const { stream } = this;
    const outcome = await this.#send({ do: "transcript" });
    if (outcome.ok) this.memory.mailed.set(stream);
    this.changed();
    return outcome;
  }

  /** The transcript of this conversation has been asked for. */
  get mailed(): boolean {
    return this.stream !== null && this.memory.mailed.get() === this.stream;
  }

  retry(id: Uuid): void {
    this.#connection?.retry(id);
  }

  discard(id: Uuid): void {
    this.#connection?.discard(id);
  }

  /** Whoever goes back before it went out does not find it done when the network is back. */
  takeBack(what: "end" | "leave_ticket" | "transcript"): void {
    for (const { id, action } of this.pending) if (action.do === what) this.discard(id);
  }

  /** The visitor is writing; `text` is what agents may see before it is sent. */
  writes(typing: boolean, text: string): void {
    if (this.stream) this.#connection?.typing(this.stream, typing, text);
  }

  #send(action: Parameters<VisitorConnection["send"]>[0]): Promise<Outcome> {
    const none: Outcome = { ok: false, refusal: { code: "unavailable", detail: null, retry_after: null } };
    return this.#connection?.send(action, this.stream) ?? Promise.resolve(none);
  }

  protected connect(as: { token: string } | { widget: string }, turns: Turns = {}): VisitorConnection {
    this.#hangUp();
    const { load, save } = this.memory.pending;
    // A connection that was given up must not bring back what was dropped with it.
    const store: PendingStore = { load, save: (pending) => this.#connection === connection && save(pending) };
    const connection: VisitorConnection = connectVisitor({ url: socketUrl("/ws/visitor"), ...("token" in as && { store }), ...as, ...this.wire });
    this.#connection = connection;
    const ours = (stream: Uuid | null): boolean => stream !== null && stream === this.stream;
    connection.on("status", (status) => {
      this.status = status;
      if (status === "rejected") turns.rejected?.();
      this.changed();
    });
    connection.on("topics", (topics) => {
      this.topics = topics;
      this.changed();
    });
    connection.on("log", (stream, log, fresh) => {
      if (!ours(stream)) return;
      const known = this.header?.head;
      this.header = log.header;
      this.entries = log.entries;
      // A place may overtake the entry that says that the visitor waits again: only what ends the waiting ends it.
      if (log.header.state === "closed" || fresh.some(({ body }) => body?.kind === "agent_joined")) this.place = null;
      if (log.head > 0) turns.here?.(stream);
      // Also what came while the connection was away.
      if (known) this.#heard(log.entries.filter(({ seq }) => seq > known));
      this.changed();
    });
    connection.on("pending", (pending) => {
      this.pending = pending.filter((p) => ours(p.stream));
      this.changed();
    });
    connection.on("place", (frame) => {
      if (ours(frame.stream)) this.place = frame.place;
      this.changed();
    });
    connection.on("delivered", (frame) => {
      if (ours(frame.stream)) this.delivered = Math.max(this.delivered, frame.seq);
      this.changed();
    });
    connection.on("typing", (frame) => {
      if (ours(frame.stream) && frame.who === "agent") this.#agentTypes(frame.typing ? (frame.agent_name ?? "") : null);
    });
    connection.on("refused", (stream) => {
      if (ours(stream)) turns.refused?.();
    });
    connection.start();
    this.pending = connection.pending.filter((p) => ours(p.stream));
    return connection;
  }

  #hangUp(): void {
    const connection = this.#connection;
    this.#connection = null;
    connection?.stop();
    this.status = "connecting";
  }

  #heard(fresh: readonly VisitorEntry[]): void {
    const told = fresh.filter(({ body }) => NEWS.has(body?.kind));
    if (told.length) this.#agentTypes(null);
    if (told.length && !this.host.shown) this.#setUnread(this.unread + told.length);
  }

  #agentTypes(name: string | null): void {
    clearTimeout(this.#cancelTyping);
    this.typing = name;
    if (name !== null) this.#cancelTyping = setTimeout(() => this.#agentTypes(null), TYPING_FOR_MS) as unknown as number;
    this.changed();
  }

  #setUnread(count: number): void {
    if (count === this.unread) return;
    this.unread = count;
    this.host.unread(count);
  }

  /** Follows nothing. */
  protected clear(): void {
    this.stream = null;
    this.#hangUp();
    clearTimeout(this.#cancelTyping);
    this.header = null;
    this.entries = this.pending = [];
    this.place = this.typing = null;
    this.delivered = 0;
  }

  protected changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
