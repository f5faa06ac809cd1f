/** How a conversation is begun: with the token that is kept, or with a new one. */
import type { Outcome, Refusal } from "@dymek/wire";
import type { Memory } from "./memory.ts";
import { newToken } from "./token.ts";

const UNAUTHORISED: Refusal = { code: "unauthorised", detail: null, retry_after: null };

interface Begins {
  memory: Memory;
  /** The widget's key. */
  widget: string;
  /** Tells whom the site vouches for, before anything is begun with this token. */
  vouch: (token: string) => Promise<void> | null;
  /** Asks with a token, until it is answered. */
  ask: (token: string) => Promise<Outcome | "rejected">;
  /** Whether the visitor still wants it. */
  wanted: () => boolean;
}

/**
 * Why it was not begun, null when it was. A kept token that is not known any more is replaced, once.
 */
export async function begin({ memory, widget, vouch, ask, wanted }: Begins): Promise<Refusal | "given up" | null> {
  for (const kept of [memory.kept.get()?.token, undefined]) {
    const token = kept ?? (await newToken(widget));
    if (!wanted()) return "given up";
    if (typeof token !== "string") return token;
    memory.kept.set({ token, conversation: null });
    const vouching = vouch(token);
    if (vouching) await vouching;
    if (!wanted()) return "given up";
    const outcome = await ask(token);
    if (!wanted()) return "given up";
    if (outcome !== "rejected") return outcome.ok ? null : outcome.refusal;
    memory.kept.set(null);
  }
  return UNAUTHORISED;
}
