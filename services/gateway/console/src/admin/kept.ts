/**
 * What was typed into forms and not saved yet, until the page is reloaded, its agent signs out, or another one signs in.
 * A session that has run out takes nothing away: whoever signs in again finds their words where they left them.
 */
import { newId, type Uuid } from "@dymek/wire";
import { effect } from "@preact/signals";
import { session } from "../state/session.ts";

export interface Kept<T> {
  /** As it was read. */
  base: T;
  draft: T;
}

const forms = new Map<string, Kept<unknown>>();
const ids = new Map<string, Uuid>();
/** Whose these are. */
let owner: Uuid | null = null;

export const keptForm = <T>(key: string): Kept<T> | undefined => forms.get(key) as Kept<T> | undefined;

/** Keep it; a password is typed anew. */
export function keepForm<T extends object>(key: string, kept: Kept<T>): void {
  forms.set(key, { ...kept, draft: "password" in kept.draft ? { ...kept.draft, password: "" } : kept.draft });
}

export const dropForm = (key: string): boolean => forms.delete(key);

/** The id of what a form makes, chosen once for it, so that saving twice makes one. */
export function idFor(form: string): Uuid {
  const id = ids.get(form) ?? newId();
  ids.set(form, id);
  return id;
}

/** The form is done with: the next one makes another. */
export const forgetId = (form: string): void => void ids.delete(form);

export function forgetForms(): void {
  forms.clear();
  ids.clear();
}

// At once, and not by a page's own effect: the next agent's pages are drawn before such an effect runs.
effect(() => {
  const now = session.value;
  if (now.state === "out" && !now.expired) {
    owner = null;
    forgetForms();
  } else if (now.state === "in" && now.me.agent_id !== owner) {
    if (owner !== null) forgetForms();
    owner = now.me.agent_id;
  }
});
