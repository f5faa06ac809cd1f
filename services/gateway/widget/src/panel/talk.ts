/**
 * The visitor's conversation and the widget's topics as the panel shows them: one object above the wire, without any
 * drawing.
 *
 * Invariants: nothing is stored before the visitor begins or has begun before; until then only the topics are heard
 * of. A conversation that the gateway does not know (any more) leads back to the start form and never to an empty
 * screen. Whatever the visitor typed and could not send becomes the draft of what they write next.
 */
import {
  connectVisitor,
  isBeginning,
  newId,
  socketUrl,
  type Beginning,
  type ConnectionOptions,
  type ConnectionStatus,
  type LanguageCode,
  type Outcome,
  type Pending,
  type PendingStore,
  type Refusal,
  type Score,
  type TopicView,
  type Uuid,
  type VisitorConnection,
  type VisitorEntry,
  type VisitorHeader,
  type WidgetConfig,
} from "@dymek/wire";
import type { Host } from "./host.ts";
import type { Memory, Person } from "./memory.ts";
import { newToken } from "./token.ts";

/** `sending`: a message left instead of a chat is on its way; `restoring`: a conversation of earlier is. */
export type Phase = "start" | "sending" | "restoring" | "waiting" | "active" | "closed";

/** What counts as news while the panel is not shown. */
const NEWS: ReadonlySet<string | undefined> = new Set(["agent_message", "agent_joined", "system_message", "inactivity_warned"]);
const TYPING_FOR_MS = 6_000;
const UNAUTHORISED: Refusal = { code: "unauthorised", detail: null, retry_after: null };

export class Talk {
  /** As they are now. */
  topics: readonly TopicView[];
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
  /** Why the last beginning failed. */
  refusal: Refusal | null = null;
  unread = 0;
  #conversation: Uuid | null = null;
  /** What is being begun, until it is answered. */
  #begins: { action: Beginning; answer: Promise<Refusal | null> } | null = null;
  /** The conversation that is kept for the next visit and for other tabs: it has begun. */
  #kept: Uuid | null = null;
  #connection: VisitorConnection | null = null;
  #cancelTyping = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly config: WidgetConfig,
    readonly language: LanguageCode,
    readonly memory: Memory,
    readonly host: Host,
    readonly wire: Partial<ConnectionOptions> = {},
  ) {
    this.topics = config.topics;
    host.onShown((shown) => shown && this.#setUnread(0));
    memory.onKeptElsewhere(() => this.#follow(this.memory.conversation));
  }

  get phase(): Phase {
    if (!this.#conversation) return "start";
    if (this.header?.head) return this.header.state;
    const begins = this.#begins?.action ?? this.pending.map(({ action }) => action).find(isBeginning);
    if (!begins) return "restoring";
    return begins.do === "start" ? "waiting" : "sending";
  }

  get conversation(): Uuid | null {
    return this.#conversation;
  }

  /** The topic of this conversation, or of the last one; null where the widget does not have it (any more). */
  get topic(): TopicView | null {
    const name = this.header?.topic_name;
    const asked = this.memory.person.get()?.topic;
    const found = name ? this.topics.find((topic) => topic.name === name) : this.topics.find(({ id }) => id === asked);
    return found ?? null;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Goes on with the conversation of an earlier visit, or with what an earlier page began, if there is one. */
  restore(): void {
    this.#follow(this.memory.conversation);
    if (!this.#conversation) this.#watch();
  }

  /** Goes on with an earlier conversation that is not over. */
  goOn(conversation: Uuid): void {
    this.#follow(conversation);
  }

  /** Starts a conversation. The answer is a refusal, or null when it waits for an agent. */
  start(person: Person): Promise<Refusal | null> {
    const { topic, name, email } = person;
    return this.#beginNew(person, { do: "start", topic_id: topic, name, email: email || null, language: this.language, page: this.host.page });
  }

  /** Leaves a question without waiting for an agent. The answer is a refusal, or null when it is a ticket. */
  leaveMessage(person: Person, text: string): Promise<Refusal | null> {
    const { topic, name, email } = person;
    return this.#beginNew(person, { do: "leave_message", topic_id: topic, name, email, text, language: this.language, page: this.host.page });
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

  /** Back to the start form, with the visitor's name where nothing else is known; the old conversation stays where it is. */
  startAnew(): void {
    const { person } = this.memory;
    const name = this.header?.visitor_name;
    if (name && !person.get()) person.set({ topic: this.topic?.id ?? "", name, email: "" });
    this.#forget();
  }

  /** The panel goes. */
  stop(): void {
    this.#clear();
  }

  #send(action: Parameters<VisitorConnection["send"]>[0]): Promise<Outcome> {
    const none: Outcome = { ok: false, refusal: { code: "unknown", detail: null, retry_after: null } };
    return this.#connection?.send(action, this.#conversation) ?? Promise.resolve(none);
  }

  // --- beginning

  #beginNew(person: Person, action: Beginning): Promise<Refusal | null> {
    if (this.#begins) return this.#begins.answer; // a double click makes one
    this.#drop();
    this.memory.person.set(person);
    return this.#begin(action, newId(), newId());
  }

  #begin(action: Beginning, conversation: Uuid, id: Uuid): Promise<Refusal | null> {
    this.#clear();
    this.expired = false;
    this.refusal = null;
    this.#conversation = conversation;
    const answer = this.#ask(action, conversation, id);
    if (this.#conversation === conversation) this.#begins = { action, answer };
    this.#changed();
    return answer;
  }

  /** Asks until it is answered; a kept token that is not known any more is replaced, once. */
  async #ask(action: Beginning, conversation: Uuid, id: Uuid): Promise<Refusal | null> {
    let refusal: Refusal | null = UNAUTHORISED;
    for (const kept of [this.memory.kept.get()?.token, undefined]) {
      const token = kept ?? (await newToken(this.config.key));
      if (this.#conversation !== conversation) return null;
      if (typeof token !== "string") {
        refusal = token;
        break;
      }
      this.memory.kept.set({ token, conversation: null });
      const outcome = await new Promise<Outcome | "rejected">((settle) => {
        const connection = this.#connect({ token }, () => settle("rejected"));
        void connection.send(action, conversation, id).then(settle);
      });
      if (this.#conversation !== conversation) return null;
      if (outcome !== "rejected") {
        refusal = outcome.ok ? null : outcome.refusal;
        break;
      }
      this.memory.kept.set(null);
    }
    this.#begins = null;
    if (refusal) this.#failed(action, refusal);
    else if (action.do === "leave_message") this.memory.draft.set(null);
    return refusal;
  }

  #failed(action: Beginning, refusal: Refusal): void {
    this.refusal = refusal;
    // The news of it is on its way: until then the form shows what can be done now.
    const closed = (topic: TopicView): TopicView => (topic.id === action.topic_id ? { ...topic, open: false, changes_at: null } : topic);
    if (refusal.code === "outside_hours") this.topics = this.topics.map(closed);
    this.#forget();
  }

  // --- the connection

  #follow(conversation: Uuid | null): void {
    if (conversation === this.#conversation) return;
    if (this.#conversation) this.#drop();
    this.#clear();
    const begun = this.memory.pending.load().find(({ action, stream }) => stream === conversation && isBeginning(action));
    const token = this.memory.kept.get()?.token;
    if (conversation && begun && isBeginning(begun.action)) void this.#begin(begun.action, conversation, begun.id);
    else if (conversation && token) {
      this.#conversation = conversation;
      this.#kept = this.memory.kept.get()?.conversation ?? null;
      this.#connect({ token }).open(conversation);
    } else this.#watch();
    this.#changed();
  }

  /** Hears of the topics, without a token and without a trace. */
  #watch(): void {
    this.#connect({ widget: this.config.key });
  }

  #connect(as: { token: string } | { widget: string }, rejected = (): void => undefined): VisitorConnection {
    this.#hangUp();
    const { load, save } = this.memory.pending;
    // A connection that was given up must not bring back what was dropped with it.
    const store: PendingStore = { load, save: (pending) => this.#connection === connection && save(pending) };
    const connection: VisitorConnection = connectVisitor({ url: socketUrl("/ws/visitor"), ...("token" in as && { store }), ...as, ...this.wire });
    this.#connection = connection;
    const ours = (stream: Uuid | null): boolean => stream !== null && stream === this.#conversation;
    connection.on("status", (status) => {
      this.status = status;
      if (status === "rejected" && this.#begins) rejected();
      else if (status === "rejected" && this.#conversation) this.#forget(true);
      this.#changed();
    });
    connection.on("topics", (topics) => {
      this.topics = topics;
      this.#changed();
    });
    connection.on("log", (stream, log, fresh, cause) => {
      if (!ours(stream)) return;
      this.header = log.header;
      this.entries = log.entries;
      if (log.head > 0 && "token" in as) this.#keep(as.token, stream);
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
      if (ours(stream)) this.#forget();
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

  /** From now on other tabs and later visits may open it: before it has begun, the gateway would not know it. */
  #keep(token: string, conversation: Uuid): void {
    if (this.#kept === conversation) return;
    this.#kept = conversation;
    this.memory.kept.set({ token, conversation });
  }

  #heard(fresh: readonly VisitorEntry[]): void {
    if (fresh.some(({ body }) => body?.kind === "agent_joined")) this.place = null;
    const told = fresh.filter(({ body }) => NEWS.has(body?.kind));
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
    this.#drop();
    this.#clear();
    this.#watch();
    this.#changed();
  }

  /** Drops what was not sent, except its words. */
  #drop(): void {
    const words = this.pending.flatMap(({ action, state }) => (action.do === "post" && state !== "done" ? [action.text] : []));
    const { draft, pending } = this.memory;
    if (words.length) draft.set([...words, draft.get()].filter(Boolean).join("\n"));
    pending.save([]);
  }

  #clear(): void {
    this.#conversation = this.#kept = this.#begins = null;
    this.#hangUp();
    this.header = null;
    this.entries = this.pending = [];
    this.place = this.typing = null;
    this.delivered = 0;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
