/**
 * The visitor's conversation as the panel shows it: one object above the wire, without any drawing.
 *
 * Invariants: nothing is stored and no socket is opened before the visitor starts or has started before; a
 * conversation that the gateway does not know (any more) leads back to the start form and never to an empty screen.
 */
import {
  connectVisitor,
  newId,
  socketUrl,
  type ConnectionOptions,
  type ConnectionStatus,
  type LanguageCode,
  type Outcome,
  type Pending,
  type PendingStore,
  type Refusal,
  type Score,
  type Uuid,
  type VisitorConnection,
  type VisitorEntry,
  type VisitorHeader,
  type VisitorToken,
} from "@dymek/wire";
import type { Host } from "./host.ts";
import type { Memory, Person } from "./memory.ts";

/** `restoring`: a conversation of earlier is on its way here. */
export type Phase = "start" | "restoring" | "waiting" | "active" | "closed";

const TYPING_FOR_MS = 6_000;

export class Talk {
  header: VisitorHeader | null = null;
  entries: readonly VisitorEntry[] = [];
  pending: readonly Pending[] = [];
  status: ConnectionStatus = "connecting";
  place: number | null = null;
  delivered = 0;
  /** The agent who is writing now. */
  typing: string | null = null;
  /** The visitor is back at the start form because their token is no longer good. */
  expired = false;
  /** Why the last start failed. */
  refusal: Refusal | null = null;
  unread = 0;
  #conversation: Uuid | null = null;
  /** The conversation that is kept for the next visit and for other tabs: it has begun. */
  #kept: Uuid | null = null;
  #connection: VisitorConnection | null = null;
  #cancelTyping = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly widget: string,
    readonly language: LanguageCode,
    readonly memory: Memory,
    readonly host: Host,
    private readonly wire: Partial<ConnectionOptions> = {},
  ) {
    host.onShown((shown) => shown && this.#setUnread(0));
    memory.onKeptElsewhere(() => this.#follow(this.memory.conversation));
  }

  get phase(): Phase {
    if (!this.#conversation) return "start";
    if (this.header?.head) return this.header.state;
    return this.pending.some((p) => p.action.do === "start") ? "waiting" : "restoring";
  }

  get conversation(): Uuid | null {
    return this.#conversation;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Goes on with the conversation of an earlier visit, if there is one. */
  restore(): void {
    this.#follow(this.memory.conversation);
  }

  /** Starts a conversation. The answer is a refusal, or null when it waits for an agent. */
  async start(person: Person): Promise<Refusal | null> {
    this.expired = false;
    this.refusal = null;
    this.memory.person.set(person);
    const token = this.memory.kept.get()?.token ?? (await this.#newToken());
    if (typeof token !== "string") return token;
    const conversation = newId();
    this.#conversation = conversation;
    const connection = this.#connect(token);
    const { topic, name, email } = person;
    const { page } = this.host;
    const action = { do: "start", topic_id: topic, name, email: email || null, language: this.language, page } as const;
    const outcome = connection.send(action, conversation);
    this.memory.kept.set({ token, conversation: null });
    const answer = await outcome;
    if (answer.ok) return null;
    this.refusal = answer.refusal;
    this.#forget();
    return answer.refusal;
  }

  post(text: string): void {
    void this.#send({ do: "post", text });
  }

  end(): Promise<Outcome> {
    return this.#send({ do: "end" });
  }

  leaveTicket(name: string, email: string, text: string): Promise<Outcome> {
    return this.#send({ do: "leave_ticket", name, email, text });
  }

  rate(score: Score, comment: string): Promise<Outcome> {
    return this.#send({ do: "rate", score, comment });
  }

  retry(id: Uuid): void {
    this.#connection?.retry(id);
  }

  discard(id: Uuid): void {
    this.#connection?.discard(id);
  }

  /** The visitor is writing; `text` is what agents may see before it is sent. */
  writes(typing: boolean, text: string): void {
    if (this.#conversation) this.#connection?.typing(this.#conversation, typing, text);
  }

  /** Back to the start form; the old conversation stays where it is. */
  startAnew(): void {
    this.#forget();
  }

  #send(action: Parameters<VisitorConnection["send"]>[0]): Promise<Outcome> {
    const none: Outcome = { ok: false, refusal: { code: "unknown", detail: null, retry_after: null } };
    return this.#connection?.send(action, this.#conversation) ?? Promise.resolve(none);
  }

  async #newToken(): Promise<string | Refusal> {
    const unavailable: Refusal = { code: "unavailable", detail: null, retry_after: null };
    try {
      const answer = await fetch(`/api/widgets/${this.widget}/visitors`, { method: "POST" });
      if (answer.ok) return ((await answer.json()) as VisitorToken).token;
      return answer.status === 429 ? { ...unavailable, code: "too_fast" } : unavailable;
    } catch {
      return unavailable;
    }
  }

  #follow(conversation: Uuid | null): void {
    if (conversation === this.#conversation) return;
    if (this.#conversation) this.memory.pending.save([]);
    this.#clear();
    const token = this.memory.kept.get()?.token;
    if (conversation && token) {
      this.#conversation = conversation;
      this.#kept = this.memory.kept.get()?.conversation ?? null;
      this.#connect(token).open(conversation);
    }
    this.#changed();
  }

  #connect(token: string): VisitorConnection {
    if (this.#connection) return this.#connection;
    const { load, save } = this.memory.pending;
    // A connection that was given up must not bring back what was dropped with it.
    const store: PendingStore = { load, save: (pending) => this.#connection === connection && save(pending) };
    const connection: VisitorConnection = connectVisitor({ url: socketUrl("/ws/visitor"), token, store, ...this.wire });
    this.#connection = connection;
    const ours = (stream: Uuid | null): boolean => stream === this.#conversation;
    connection.on("status", (status) => {
      this.status = status;
      if (status === "rejected") this.#forget(true);
      this.#changed();
    });
    connection.on("log", (stream, log, fresh, cause) => {
      if (!ours(stream)) return;
      this.header = log.header;
      this.entries = log.entries;
      if (log.head > 0) this.#keep(token, stream);
      if (cause === "event") this.#heard(fresh);
      this.#changed();
    });
    connection.on("pending", (pending) => {
      this.pending = pending.filter((p) => ours(p.stream));
      this.#changed();
    });
    connection.on("place", (frame) => {
      if (ours(frame.stream)) this.place = frame.place;
      this.#changed();
    });
    connection.on("delivered", (frame) => {
      if (ours(frame.stream)) this.delivered = Math.max(this.delivered, frame.seq);
      this.#changed();
    });
    connection.on("typing", (frame) => {
      if (ours(frame.stream) && frame.who === "agent") this.#agentTypes(frame.typing ? (frame.agent_name ?? "") : null);
    });
    connection.on("refused", (stream) => {
      if (stream && ours(stream)) this.#forget();
    });
    connection.start();
    this.pending = connection.pending.filter((p) => ours(p.stream));
    return connection;
  }

  /** From now on other tabs and later visits may open it: before it has begun, the gateway would not know it. */
  #keep(token: string, conversation: Uuid): void {
    if (this.#kept === conversation) return;
    this.#kept = conversation;
    this.memory.kept.set({ token, conversation });
  }

  #heard(fresh: readonly VisitorEntry[]): void {
    const told = fresh.filter(({ body }) => body?.kind === "agent_message" || body?.kind === "agent_joined");
    if (told.length) this.#agentTypes(null);
    if (told.length && !this.host.shown) this.#setUnread(this.unread + told.length);
  }

  #agentTypes(name: string | null): void {
    clearTimeout(this.#cancelTyping);
    this.typing = name;
    if (name !== null) this.#cancelTyping = setTimeout(() => this.#agentTypes(null), TYPING_FOR_MS) as unknown as number;
    this.#changed();
  }

  #setUnread(count: number): void {
    if (count === this.unread) return;
    this.unread = count;
    this.host.unread(count);
  }

  #forget(expired = false): void {
    const kept = this.memory.kept.get();
    this.memory.kept.set(expired || !kept ? null : { ...kept, conversation: null });
    this.expired = expired;
    this.memory.pending.save([]);
    this.#clear();
    this.#changed();
  }

  #clear(): void {
    const connection = this.#connection;
    this.#connection = this.#conversation = this.#kept = null;
    connection?.stop();
    this.header = null;
    this.entries = this.pending = [];
    this.place = this.typing = null;
    this.delivered = 0;
    this.status = "connecting";
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
