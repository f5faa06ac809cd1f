/** Tells the other side that somebody is writing: at most one frame in 3 s, and one when they stop or have sent. */

const REPEAT_MS = 3_000;
const IDLE_MS = 4_000;

export class TypingSignal {
  #told = 0;
  #idle: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly tell: (typing: boolean) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** The text changed; an empty one is no writing. */
  changed(text: string): void {
    if (!text.trim()) return this.stop();
    if (this.now() - this.#told >= REPEAT_MS) {
      this.#told = this.now();
      this.tell(true);
    }
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE_MS);
  }

  stop(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.#told) this.tell(false);
    this.#told = 0;
  }
}
