/**
 * What a conversation needs, loaded while the visitor looks at the start form, so that the form is there sooner.
 */
import { useLayoutEffect, useReducer } from "preact/hooks";
import { Chunk, useChunk } from "./chunk.ts";
import type { Talk } from "./talk.ts";

type Screens = typeof import("./later.ts");

export interface Loaded {
  screens: Screens;
  talk: Talk;
}

export class Loader extends Chunk<Loaded> {
  constructor(newTalk: (screens: Screens) => Talk) {
    super(async () => {
      const screens = await import("./later.ts");
      return { screens, talk: newTalk(screens) };
    });
  }

  /** Once it is here. */
  get talk(): Talk | null {
    return this.here && this.here !== "failed" ? this.here.talk : null;
  }
}

/** Redraws with what is loaded, and with every change of the conversation. */
export function useLoaded(loader: Loader): [Loaded | "failed" | null, () => void] {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const loaded = useChunk(loader);
  const { talk } = loader;
  // At once: what the gateway says before the next frame is drawn must not be missed.
  useLayoutEffect(() => talk?.onChange(() => redraw(undefined)), [talk]);
  return loaded;
}
