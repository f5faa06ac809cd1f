// The panel drawn into a document, and what a person does in front of it.
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, vi } from "vitest";
import type { VisitorEntry, WidgetConfig } from "@dymek/wire";
import { App } from "../src/panel/app.tsx";
import { afterChunk, emojiChunk, historyChunk, ticketChunk } from "../src/panel/chunk.ts";
import { Loader } from "../src/panel/screens.ts";
import { loadWords } from "../src/panel/words.ts";
import { CONFIG, endTalks, gateway, hostPage, newTalk, resetTo } from "./support.ts";

export let root: HTMLElement;
const words = await loadWords("pl");
await Promise.all([ticketChunk, historyChunk, emojiChunk, afterChunk].map((chunk) => chunk.load()));

/** A new document for each test of a file, and a gateway that gives out tokens. */
export function setUp(): void {
  beforeEach(() => {
    endTalks();
    HTMLDialogElement.prototype.showModal ??= () => undefined;
    vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify({ token: "secret" })))));
    root = document.body.appendChild(document.createElement("div"));
  });
  afterEach(() => {
    render(null, root);
    root.remove();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}

export const find = <T extends HTMLElement = HTMLElement>(selector: string): T => {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`no ${selector} in ${root.textContent}`);
  return found;
};
export const text = (): string => root.textContent ?? "";
/** What happened, in the order of the log. */
export const events = (): (string | null)[] => [...root.querySelectorAll("li.event")].map((line) => line.textContent);
export const maybe = (label: string): HTMLElement | undefined =>
  [...root.querySelectorAll("button")].find((b) => b.textContent === label || b.getAttribute("aria-label") === label);
export const button = (label: string): HTMLElement => {
  const found = maybe(label);
  if (!found) throw new Error(`no button ${label} in ${text()}`);
  return found;
};
export const click = (element: HTMLElement) => act(() => element.click());
export const type = (selector: string, value: string) =>
  act(() => {
    const field = find<HTMLInputElement>(selector);
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
export const submit = () => act(() => void find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true })));
export const says = (frame: { t: string; [field: string]: unknown }) => act(() => gateway().says(frame));
export const happens = (entry: VisitorEntry) => says({ t: "event", stream: "stream", entry });

export async function show(config: Partial<WidgetConfig> = {}) {
  const host = hostPage();
  const whole = { ...CONFIG, ...config };
  const talk = newTalk(host, whole);
  talk.restore();
  const loader = new Loader(() => talk);
  await loader.load();
  await act(() => render(<App config={whole} words={words} memory={talk.memory} loader={loader} host={host} />, root));
  return { talk, host };
}

/** The panel of a conversation that is already under way. */
export async function showTalk(entries: VisitorEntry[], place: number | null = null, config: Partial<WidgetConfig> = {}) {
  localStorage.setItem("dymek:demo", JSON.stringify({ token: "secret", conversation: "stream" }));
  const shown = await show(config);
  await act(() => {
    gateway().welcomes(config.topics);
    gateway().says(resetTo("stream", entries, place));
  });
  return shown;
}
