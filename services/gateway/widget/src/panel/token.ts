/** A visitor's token, asked for when the first conversation begins and not before. */
import type { Refusal, VisitorToken } from "@dymek/wire";

/** A silent gateway is then one that cannot be reached: whoever begins writes on meanwhile, to nobody. */
const PATIENCE_MS = 10_000;

/** A token of the widget, or why there is none now. */
export async function newToken(widget: string): Promise<string | Refusal> {
  const unavailable: Refusal = { code: "unavailable", detail: null, retry_after: null };
  try {
    const answer = await fetch(`/api/widgets/${encodeURIComponent(widget)}/visitors`, { method: "POST", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) return ((await answer.json()) as VisitorToken).token;
    return answer.status === 429 ? { ...unavailable, code: "too_fast" } : unavailable;
  } catch {
    return unavailable;
  }
}
