/**
 * What the site says of who is in front of the panel: its signed token, handed to the gateway.
 *
 * Whatever comes of it, the chat goes on: a visitor for whom nobody vouches is one like all others.
 */
import type { Refusal } from "@dymek/wire";
import type { Host } from "./host.ts";
import type { Memory } from "./memory.ts";
import { newToken } from "./token.ts";

const PATIENCE_MS = 3_000;
/** Which token of the site was handed over for which visitor, by this page. */
const handed = new WeakMap<Host, string>();

/** Hands the site's token over, once for a visitor; null where there is nothing to wait for. */
export function vouch(host: Host, visitor: string): Promise<void> | null {
  const { token } = host.user;
  const both = `${visitor} ${token}`;
  return !token || handed.get(host) === both ? null : handOver(host, visitor, token, both);
}

async function handOver(host: Host, visitor: string, token: string, both: string): Promise<void> {
  try {
    const answer = await fetch("/api/visitor/identity", {
      method: "POST",
      headers: { Authorization: `Bearer ${visitor}`, "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.ok) handed.set(host, both);
  } catch {
    // it is tried again with the next beginning
  }
}

/**
 * The token with which earlier conversations are asked for; null where there can be none. A visitor whose site vouches
 * for them may have some from elsewhere, and becomes one with the question for them.
 */
export async function vouchedToken(memory: Memory, host: Host, widget: string): Promise<string | Refusal | null> {
  let token: string | Refusal | null = memory.kept.get()?.token ?? null;
  if (!token && host.user.token) {
    token = await newToken(widget);
    if (typeof token === "string") memory.kept.set({ token, conversation: null });
  }
  if (typeof token === "string") await vouch(host, token);
  return token;
}
