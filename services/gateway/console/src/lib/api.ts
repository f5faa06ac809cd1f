/** HTTP to the gateway: what is read and changed, and the session. Every failure is an ApiError with a code that has a sentence. */
import type { RefusalCode } from "@dymek/wire";
import { ServerClock } from "./clock.ts";

/** One clock for the page; live frames sharpen it too. */
export const serverClock = new ServerClock();

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: RefusalCode | "offline",
    /** The path of the field it is about, where the server names one. */
    readonly field: string | null = null,
    /** The server's own sentence, in English. */
    readonly said = "",
    /** The whole answer, for those who know what else it tells: of a conflict, what is kept now. */
    readonly body: unknown = null,
  ) {
    super(`${code} (${status})`);
  }
}

let onUnauthorised: () => void = () => undefined;

/** What to do when the session is gone; asked for by every answer but the sign-in's own. */
export function whenUnauthorised(run: () => void): void {
  onUnauthorised = run;
}

const BY_STATUS: Partial<Record<number, RefusalCode>> = {
  401: "unauthorised",
  403: "not_yours",
  404: "unknown",
  409: "conflict",
  413: "too_long",
  422: "invalid",
  429: "too_fast",
};
const TIMEOUT_MS = 15_000;

export const request = <T>(path: string, init: RequestInit = {}): Promise<T> =>
  ask(path, init, async (response) => (response.status === 204 ? null : await response.json()) as T);

/** Whether what is under this address is there, whatever it is; false where it is not (404). */
export async function exists(path: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await ask(path, { signal }, async (response) => {
      await response.body?.cancel();
      return true;
    });
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    throw error;
  }
}

/** `read`: how the body of a good answer is read; of another one it is JSON. */
async function ask<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
  const sent = Date.now();
  const headers: Record<string, string> = { accept: "application/json" };
  if (init.body !== undefined) headers["content-type"] = "application/json";
  let response: Response;
  let body: unknown;
  try {
    const signals = [AbortSignal.timeout(TIMEOUT_MS), ...(init.signal ? [init.signal] : [])];
    response = await fetch(path, { ...init, headers, credentials: "same-origin", signal: AbortSignal.any(signals) });
    serverClock.answered(response.headers.get("date"), sent, Date.now());
    if (response.ok) return await read(response);
    body = await response.json().catch(() => null);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(0, "offline");
  }
  const told = body as { code?: RefusalCode; detail?: string; message?: string } | null;
  const code = told?.code ?? BY_STATUS[response.status] ?? "unavailable";
  if (response.status === 401 && !(path === "/api/session" && init.method === "POST")) onUnauthorised();
  throw new ApiError(response.status, code, told?.detail ?? null, told?.message ?? "", body);
}

export const put = <T>(path: string, body: object): Promise<T> =>
  request<T>(path, { method: "PUT", body: JSON.stringify(body) });

export const post = <T>(path: string, body: object): Promise<T> =>
  request<T>(path, { method: "POST", body: JSON.stringify(body) });

export const patch = <T>(path: string, body: object): Promise<T> =>
  request<T>(path, { method: "PATCH", body: JSON.stringify(body) });

export const del = (path: string): Promise<null> => request<null>(path, { method: "DELETE" });

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>(path, signal ? { signal } : {});
