/**
 * What a conversation needs, loaded while the visitor looks at the start form, so that the form is there sooner.
 */
import { useEffect, useReducer } from "preact/hooks";
import type { Talk } from "./talk.ts";

type Screens = typeof import("./later.ts");

export interface Loaded {
  screens: Screens;
  talk: Talk;
}

export class Loader {
  /** `null` while it is on its way. */
  state: Loaded | "failed" | null = null;
  #under: Promise<Loaded | "failed"> | null = null;

  constructor(private readonly newTalk: (screens: Screens) => Talk) {}

  /** Asked for again after a failure, else only once. */
  load(): Promise<Loaded | "failed"> {
    return (this.#under ??= this.#load());
  }

  async #load(): Promise<Loaded | "failed"> {
    try {
      const screens = await import("./later.ts");
      this.state = { screens, talk: this.newTalk(screens) };
    } catch {
      this.state = "failed";
      this.#under = null;
    }
    return this.state;
  }
}

/** Redraws with what is loaded, and with every change of the conversation. */
export function useLoaded(loader: Loader): [Loaded | "failed" | null, () => void] {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const load = (): void => void loader.load().then(() => redraw(undefined));
  useEffect(load, [loader]);
  const { state } = loader;
  const talk = state && state !== "failed" ? state.talk : null;
  useEffect(() => talk?.onChange(() => redraw(undefined)), [talk]);
  return [state, load];
}
