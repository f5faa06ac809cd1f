/** A part of the panel that is loaded when it is first needed, or a little before. */
import { useEffect, useLayoutEffect, useReducer } from "preact/hooks";

export class Chunk<M> {
  here: M | "failed" | null = null;
  #under: Promise<void> | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly fetch: () => Promise<M>) {}

  /** Asked for again after a failure, else only once. */
  load(): Promise<void> {
    return (this.#under ??= this.#load());
  }

  async #load(): Promise<void> {
    try {
      this.here = await this.fetch();
    } catch {
      this.here = "failed";
      this.#under = null;
    }
    for (const listener of this.#listeners) listener();
  }

  /** Listens for what becomes of each attempt, whoever asked for it; the answer stops listening. */
  onLoaded(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** What is loaded, `null` while it is on its way, and how to try again. */
export function useChunk<M>(chunk: Chunk<M>): [M | "failed" | null, () => void] {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const load = (): void => void chunk.load();
  useLayoutEffect(() => chunk.onLoaded(() => redraw(undefined)), [chunk]);
  useEffect(() => {
    if (!chunk.here || chunk.here === "failed") load();
  }, [chunk]);
  return [chunk.here, load];
}

export const historyChunk = new Chunk(() => import("./history.tsx"));
export const ticketChunk = new Chunk(() => import("./ticket.tsx"));
export const afterChunk = new Chunk(() => import("./after.tsx"));
export const emojiChunk = new Chunk(() => import("./parts/emoji-grid.tsx"));
