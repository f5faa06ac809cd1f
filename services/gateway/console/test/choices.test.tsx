import type { AgentPreferences } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { language } from "../src/i18n/index.ts";
import { MailWishes } from "../src/shell/MailWishes.tsx";
import { choices, loadChoices } from "../src/state/choices.ts";
import { session } from "../src/state/session.ts";
import { toasts } from "../src/state/toasts.ts";
import { me } from "./made.ts";

const PATH = "/api/session/preferences";

/** What the account keeps, and what it was asked to keep. */
let kept: AgentPreferences;
let saved: AgentPreferences[];
/** How the server answers, in turn; then as it should. */
let statuses: number[];

beforeEach(() => {
  kept = { language: "pl", new_tickets: false, missed_chats: false };
  [saved, statuses] = [[], []];
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    expect(path).toBe(PATH);
    const status = statuses.shift() ?? 200;
    if (status === 200 && init.method === "PUT") saved.push((kept = JSON.parse(String(init.body)) as AgentPreferences));
    return Promise.resolve(Response.json(status === 200 ? kept : {}, { status }));
  });
});

afterEach(() => {
  cleanup();
  session.value = { state: "checking" };
  language.value = "pl";
  toasts.value = [];
  vi.unstubAllGlobals();
});

async function signIn(agentId = "jan"): Promise<void> {
  session.value = { state: "in", me: me({ agent_id: agentId }) };
  await waitFor(() => expect(choices.value.state).not.toBe("loading"));
}

const wish = (name: string): HTMLElement => screen.getByRole("switch", { name });
const isOn = (name: string): boolean => wish(name).getAttribute("aria-checked") === "true";

test("the account's language becomes the page's, in any browser", async () => {
  kept = { ...kept, language: "en" };
  await signIn();
  expect(language.value).toBe("en");
  expect(saved).toEqual([]);
});

test("a language chosen before signing in is the one that is kept", async () => {
  session.value = { state: "out", expired: false };
  language.value = "en";
  await signIn();
  await waitFor(() => expect(saved).toEqual([{ language: "en", new_tickets: false, missed_chats: false }]));
  expect(language.value).toBe("en");
});

test("a language chosen while signed in is saved with the account, beside the wishes", async () => {
  kept = { ...kept, missed_chats: true };
  await signIn();
  language.value = "en";
  await waitFor(() => expect(saved).toEqual([{ language: "en", new_tickets: false, missed_chats: true }]));
});

test("a wish is switched at once and saved", async () => {
  await signIn();
  render(<MailWishes />);
  expect([isOn("Nowe zgłoszenia"), isOn("Nieodebrane czaty")]).toEqual([false, false]);
  await act(() => {
    fireEvent.click(wish("Nowe zgłoszenia"));
    fireEvent.click(wish("Nieodebrane czaty"));
  });
  expect([isOn("Nowe zgłoszenia"), isOn("Nieodebrane czaty")]).toEqual([true, true]);
  await waitFor(() => expect(kept).toEqual({ language: "pl", new_tickets: true, missed_chats: true }));
});

test("what could not be saved is as it was, and said", async () => {
  await signIn();
  render(<MailWishes />);
  await act(() => loadChoices());
  statuses = [503];
  await act(() => void fireEvent.click(wish("Nowe zgłoszenia")));
  await waitFor(() => expect(isOn("Nowe zgłoszenia")).toBe(false));
  expect(toasts.value.map(({ text }) => text)).toEqual(["Nie zapisano preferencji. Spróbuj ponownie."]);
  expect(saved).toEqual([]);
});

test("an answer that was under way does not take back what was chosen meanwhile", async () => {
  await signIn();
  render(<MailWishes />);
  await act(() => loadChoices());
  const older = loadChoices(); // has been answered before the choice is kept
  await act(async () => {
    fireEvent.click(wish("Nowe zgłoszenia"));
    await older;
  });
  expect(isOn("Nowe zgłoszenia")).toBe(true);
});

test("what cannot be read says so and can be asked for again", async () => {
  statuses = [503, 503];
  await signIn();
  render(<MailWishes />);
  await screen.findByText("Nie udało się wczytać.");
  await act(() => void fireEvent.click(screen.getByRole("button", { name: "Spróbuj ponownie" })));
  await waitFor(() => expect(isOn("Nowe zgłoszenia")).toBe(false));
});

test("the next agent at this browser sees their own", async () => {
  kept = { language: "en", new_tickets: true, missed_chats: true };
  await signIn();
  session.value = { state: "out", expired: false };
  kept = { language: "pl", new_tickets: false, missed_chats: false };
  await signIn("ewa");
  expect(language.value).toBe("pl");
  expect(choices.value).toEqual({ state: "ready", chosen: kept });
  expect(saved).toEqual([]);
});
