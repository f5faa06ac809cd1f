/**
 * The visitor's conversation and the widget's topics as the panel shows them: which conversation is followed, how one
 * begins and how it is left, one object above the wire without any drawing.
 *
 * Invariants: nothing is stored before the visitor begins or has begun before; until then only the topics are heard
 * of. A conversation that the gateway does not know (any more) leads back to the start form and never to an empty
 * screen. Whatever the visitor typed and could not send becomes the draft of what they write next.
 */
import {
  isBeginning,
  newId,
  type Beginning,
  type ConnectionOptions,
  type LanguageCode,
  type Outcome,
  type Refusal,
  type TopicView,
  type Uuid,
  type VisitorConnection,
  type WidgetConfig,
} from "@dymek/wire";
import { begin } from "./beginning.ts";
import type { Host } from "./host.ts";
import { vouch } from "./identity.ts";
import type { Given, Memory } from "./memory.ts";
import { Thread } from "./thread.ts";

/** `sending`: a message left instead of a chat is on its way; `restoring`: a conversation of earlier is. */
export type Phase = "start" | "sending" | "restoring" | "waiting" | "active" | "closed";

export class Talk extends Thread {
  /** The visitor is back at the start form because their token is no longer good. */
  expired = false;
  /** Why the last beginning failed. */
  refusal: Refusal | null = null;
  /** What is being begun, until it is answered. */
  #begins: { action: Beginning; answer: Promise<Refusal | null> } | null = null;
  /** The conversation that is kept for the next visit and for other tabs: it has begun. */
  #kept: Uuid | null = null;

  constructor(
    private readonly config: WidgetConfig,
    readonly language: LanguageCode,
    memory: Memory,
    host: Host,
    wire: Partial<ConnectionOptions> = {},
  ) {
    super(config.topics, memory, host, wire);
    memory.onKeptElsewhere(() => this.#follow(this.memory.conversation));
  }

  get phase(): Phase {
    if (!this.stream) return "start";
    if (this.header?.head) return this.header.state;
    const begins = this.#begins?.action ?? this.pending.map(({ action }) => action).find(isBeginning);
    if (!begins) return "restoring";
    return begins.do === "start" ? "waiting" : "sending";
  }

  /** The topic of this conversation, or of the last one; null where the widget does not have it (any more). */
  get topic(): TopicView | null {
    const name = this.header?.topic_name;
    const asked = this.memory.person.get()?.topic;
    const found = name ? this.topics.find((topic) => topic.name === name) : this.topics.find(({ id }) => id === asked);
    return found ?? null;
  }

  /** What the visitor gave last, with what the site says where they took its word; null where they gave nothing. */
  get person(): Given | null {
    const known = this.memory.person.get();
    const { name, email } = this.host.user;
    return known && { topic: this.topic?.id ?? "", name: known.name ?? name, email: known.email ?? email };
  }

  /** Goes on with the conversation of an earlier visit, or with what an earlier page began, if there is one. */
  restore(): void {
    this.#follow(this.memory.conversation);
    if (!this.stream) this.#watch();
  }

  /** Goes on with an earlier conversation that is not over. */
  goOn(conversation: Uuid): void {
    this.#follow(conversation);
  }

  /** Starts a conversation. The answer is a refusal, or null when it waits for an agent. */
  start(person: Given): Promise<Refusal | null> {
    const { topic, name, email } = person;
    return this.#beginNew(person, { do: "start", topic_id: topic, name, email: email || null, language: this.language, page: this.host.page });
  }

  /** Leaves a question without waiting for an agent. The answer is a refusal, or null when it is a ticket. */
  leaveMessage(person: Given, text: string): Promise<Refusal | null> {
    const { topic, name, email } = person;
    return this.#beginNew(person, { do: "leave_message", topic_id: topic, name, email, text, language: this.language, page: this.host.page });
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
    this.clear();
  }

  // --- beginning

  #beginNew(person: Given, action: Beginning): Promise<Refusal | null> {
    if (this.#begins) return this.#begins.answer; // a double click makes one
    this.#drop();
    const { name, email } = this.host.user;
    this.memory.person.set({ ...person, ...(person.name === name && { name: null }), ...(person.email === email && { email: null }) });
    return this.#begin(action, newId(), newId());
  }

  #begin(action: Beginning, conversation: Uuid, id: Uuid): Promise<Refusal | null> {
    this.clear();
    this.expired = false;
    this.refusal = null;
    this.stream = conversation;
    // After a reload it is there, and behind it what was written while it was being begun.
    this.pending = this.memory.pending.load();
    if (!this.pending.length) this.early(action, id);
    const answer = this.#ask(action, conversation, id);
    if (this.stream === conversation) this.#begins = { action, answer };
    this.changed();
    return answer;
  }

  async #ask(action: Beginning, conversation: Uuid, id: Uuid): Promise<Refusal | null> {
    const ask = (token: string): Promise<Outcome | "rejected"> =>
      new Promise((settle) => {
        const connection = this.#connectWith(token, () => settle("rejected"));
        void connection.send(action, conversation, id).then(settle);
      });
    const refusal = await begin({ memory: this.memory, widget: this.config.key, vouch: (token) => vouch(this.host, token), ask, wanted: () => this.stream === conversation });
    if (refusal === "given up") return null;
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

  // --- which conversation is followed

  #follow(conversation: Uuid | null): void {
    if (conversation === this.stream) return;
    if (this.stream) this.#drop();
    this.clear();
    const begun = this.memory.pending.load().find(({ action, stream }) => stream === conversation && isBeginning(action));
    const token = this.memory.kept.get()?.token;
    if (conversation && begun && isBeginning(begun.action)) void this.#begin(begun.action, conversation, begun.id);
    else if (conversation && token) {
      this.stream = conversation;
      this.#kept = this.memory.kept.get()?.conversation ?? null;
      this.#connectWith(token).open(conversation);
    } else this.#watch();
    this.changed();
  }

  /** Hears of the topics, without a token and without a trace. */
  #watch(): void {
    this.connect({ widget: this.config.key });
  }

  /** `rejected` hears of a token that is not known while something is being begun with it. */
  #connectWith(token: string, rejected?: () => void): VisitorConnection {
    return this.connect(
      { token },
      {
        rejected: () => (this.#begins ? rejected?.() : this.stream && this.#forget(true)),
        refused: () => this.#forget(),
        here: (conversation) => this.#keep(token, conversation),
      },
    );
  }

  /** From now on other tabs and later visits may open it: before it has begun, the gateway would not know it. */
  #keep(token: string, conversation: Uuid): void {
    if (this.#kept === conversation) return;
    this.#kept = conversation;
    this.memory.kept.set({ token, conversation });
  }

  #forget(expired = false): void {
    const kept = this.memory.kept.get();
    this.memory.kept.set(expired || !kept ? null : { ...kept, conversation: null });
    this.expired = expired;
    this.#drop();
    this.clear();
    this.#watch();
    this.changed();
  }

  /** Drops what was not sent, except its words. */
  #drop(): void {
    const words = this.pending.flatMap(({ action, state }) => (action.do === "post" && state !== "done" ? [action.text] : []));
    const { draft, draftOf, pending } = this.memory;
    if (words.length) {
      draft.set([...words, draft.get()].filter(Boolean).join("\n"));
      draftOf.set(null);
    }
    pending.save([]);
  }

  protected override clear(): void {
    this.#kept = this.#begins = null;
    super.clear();
  }
}
