/**
 * What the signed-in agent has chosen, kept with their account: the language, and which mails they want.
 *
 * The account's language becomes the page's, except where another was chosen at the sign-in page: then that one is kept.
 * Changes are saved one after another, so that the last one is what stays.
 */
import type { AgentPreferences } from "@dymek/wire";
import { effect, signal } from "@preact/signals";
import { language } from "../i18n/index.ts";
import { words } from "../i18n/templates.ts";
import { get, request } from "../lib/api.ts";
import { session } from "./session.ts";
import { toast } from "./toasts.ts";

const CHOICES = "/api/session/preferences";

export type Choices = { state: "loading" } | { state: "fault" } | { state: "ready"; chosen: AgentPreferences };

export const choices = signal<Choices>({ state: "loading" });

let owner: string | null = null;
/** Whether the language was chosen while it could not be kept: before signing in, or before this was read. */
let atTheDoor = false;
/** Counts what is chosen here, so that an answer that was under way meanwhile does not take it back. */
let changes = 0;
let saving: Promise<unknown> = Promise.resolve();

export async function loadChoices(): Promise<void> {
  const [asker, known] = [owner, changes];
  if (choices.peek().state === "fault") choices.value = { state: "loading" };
  try {
    const chosen = await get<AgentPreferences>(CHOICES);
    if (asker !== owner || known !== changes) return;
    choices.value = { state: "ready", chosen };
    if (atTheDoor) choose({ language: language.peek() });
    else language.value = chosen.language;
    atTheDoor = false;
  } catch {
    if (asker === owner && choices.peek().state !== "ready") choices.value = { state: "fault" };
  }
}

/** Chooses at once on the page; where it cannot be saved, the page goes back to what is kept and says so. */
export function choose(change: Partial<AgentPreferences>): void {
  const before = choices.peek();
  if (before.state !== "ready") return;
  const chosen = { ...before.chosen, ...change };
  if (JSON.stringify(chosen) === JSON.stringify(before.chosen)) return;
  choices.value = { state: "ready", chosen };
  changes++;
  const asker = owner;
  saving = saving.then(() => save(chosen, before.chosen, asker));
}

async function save(chosen: AgentPreferences, before: AgentPreferences, asker: string | null): Promise<void> {
  if (asker !== owner) return;
  try {
    // Also when the page is left with the same click.
    await request<AgentPreferences>(CHOICES, { method: "PUT", body: JSON.stringify(chosen), keepalive: true });
  } catch {
    const now = choices.peek();
    if (asker !== owner) return;
    toast({ tone: "danger", text: words().mails.notSaved });
    // The language stays as the page speaks it; what else was chosen is as it was.
    if (now.state === "ready" && now.chosen === chosen)
      choices.value = { state: "ready", chosen: { ...before, language: chosen.language } };
  }
}

effect(() => {
  const now = session.value.state === "in" ? session.value.me.agent_id : null;
  if (now === owner) return;
  owner = now;
  choices.value = { state: "loading" };
  if (now !== null) void loadChoices();
});

let spoken = language.peek();
effect(() => {
  if (language.value === spoken) return;
  spoken = language.value;
  if (session.peek().state !== "in" || choices.peek().state !== "ready") atTheDoor = true;
  else choose({ language: spoken });
});
