/** Who is signed in. `expired` tells the sign-in page why it is shown to somebody who was in a moment ago. */
import type { Me } from "@dymek/wire";
import { signal } from "@preact/signals";
import { ApiError, get, request, whenUnauthorised } from "../lib/api.ts";

export type Session =
  { state: "checking" } | { state: "fault" } | { state: "out"; expired: boolean } | { state: "in"; me: Me };

export const session = signal<Session>({ state: "checking" });

export async function checkSession(): Promise<void> {
  try {
    session.value = { state: "in", me: await get<Me>("/api/session") };
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      if (session.value.state !== "out") session.value = { state: "out", expired: session.value.state === "in" };
    } else if (session.value.state !== "in") {
      session.value = { state: "fault" };
    }
  }
}

/** Throws ApiError: 401 for a wrong address or password. */
export async function signIn(email: string, password: string): Promise<void> {
  const me = await request<Me>("/api/session", { method: "POST", body: JSON.stringify({ email, password }) });
  session.value = { state: "in", me };
}

export async function signOut(): Promise<void> {
  try {
    await request("/api/session", { method: "DELETE" });
  } finally {
    session.value = { state: "out", expired: false };
  }
}

whenUnauthorised(() => {
  if (session.value.state === "in") session.value = { state: "out", expired: true };
});
