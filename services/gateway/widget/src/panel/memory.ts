/**
 * What the panel keeps in the visitor's browser, in its own frame's storage, and only of what they did in it.
 *
 * Where the browser forbids storage (a setting, a private window) everything lives as long as the page.
 */
import { isBeginning, type Pending, type PendingStore, type Uuid } from "@dymek/wire";

export interface Kept {
  token: string;
  conversation: Uuid | null;
}

/** What the visitor gives in a form. */
export interface Given {
  topic: Uuid;
  name: string;
  email: string;
}

/** What they gave last: not asked again, and gone with the tab. Null is what the site said of them: it is kept nowhere. */
export interface Person {
  topic: Uuid;
  name: string | null;
  email: string | null;
}

class Slot<T> {
  #value: T | null = null;

  constructor(
    private readonly storage: () => Storage,
    private readonly name: string,
  ) {}

  get(): T | null {
    try {
      const text = this.storage().getItem(this.name);
      return text === null ? this.#value : (JSON.parse(text) as T);
    } catch {
      return this.#value;
    }
  }

  set(value: T | null): void {
    this.#value = value;
    try {
      if (value === null) this.storage().removeItem(this.name);
      else this.storage().setItem(this.name, JSON.stringify(value));
    } catch {
      // the value above serves as long as the page lives
    }
  }
}

export class Memory {
  /** The token and the last conversation: survive the tab. */
  readonly kept: Slot<Kept>;
  readonly person: Slot<Person>;
  /** What they typed of themselves on this page, sent or not. */
  readonly typed: Partial<Given> = {};
  /** What stands unsent where messages are written: the site's next page loads the panel anew. */
  readonly draft: Slot<string>;
  /** The conversation in which the draft was written. In any other it is the visitor's own until they write there. */
  readonly draftOf: Slot<Uuid>;
  /** The conversation whose visitor was offered the ticket form when the topic closed, and waits on. */
  readonly waitsOn: Slot<Uuid>;
  /** The conversation whose transcript the visitor has asked for. */
  readonly mailed: Slot<Uuid>;
  readonly #pending: Slot<Pending[]>;
  readonly #name: string;

  constructor(widget: string) {
    this.#name = `dymek:${widget}`;
    this.kept = new Slot(() => localStorage, this.#name);
    this.person = new Slot(() => sessionStorage, `${this.#name}:person`);
    this.draft = new Slot(() => sessionStorage, `${this.#name}:draft`);
    this.draftOf = new Slot(() => sessionStorage, `${this.#name}:draft-of`);
    this.waitsOn = new Slot(() => sessionStorage, `${this.#name}:waits-on`);
    this.mailed = new Slot(() => sessionStorage, `${this.#name}:mailed`);
    this.#pending = new Slot(() => sessionStorage, `${this.#name}:pending`);
  }

  /** The conversation to go on with: one that has begun, or one that this tab began and has no answer about yet. */
  get conversation(): Uuid | null {
    const begun = this.pending.load().find(({ action, state }) => isBeginning(action) && state !== "refused");
    return begun?.stream ?? this.kept.get()?.conversation ?? null;
  }

  get pending(): PendingStore {
    return {
      load: () => this.#pending.get() ?? [],
      save: (pending) => this.#pending.set(pending.length ? [...pending] : null),
    };
  }

  /** Another tab of the same site changed what is kept. */
  onKeptElsewhere(run: () => void): void {
    addEventListener("storage", (event) => event.key === this.#name && run());
  }
}
