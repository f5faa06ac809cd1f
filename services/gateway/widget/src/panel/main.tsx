/** The panel's entry: which widget, which language, and what was there before. */
import "@dymek/wire/tokens.css";
import "./style.css";
import { render } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { App, Trouble } from "./app.tsx";
import { connectHost } from "./host.ts";
import { Memory } from "./memory.ts";
import { Talk } from "./talk.ts";
import { languageOf, Words } from "./texts.ts";

const root = document.getElementById("panel") as HTMLElement;
const key = location.pathname.split("/").filter(Boolean).pop() ?? "";
const wish = new URLSearchParams(location.search).get("lang");
const host = connectHost();

async function begin(): Promise<void> {
  const early = new Words(languageOf(wish));
  let config: WidgetConfig;
  try {
    const answer = await fetch(`/api/widgets/${encodeURIComponent(key)}`);
    if (answer.status === 404) return render(<Trouble text={early.t.unknownWidget} words={early} host={host} />, root);
    if (!answer.ok) throw new Error(`widget: ${answer.status}`);
    config = (await answer.json()) as WidgetConfig;
  } catch {
    const again = { label: early.t.tryAgain, run: () => void begin() };
    return render(<Trouble text={early.t.loadFailed} words={early} host={host} again={again} />, root);
  }
  const words = new Words(languageOf(wish, config.language));
  document.documentElement.lang = words.language;
  document.title = config.title || words.t.chat;
  const talk = new Talk(key, words.language, new Memory(key), host);
  talk.restore();
  render(<App config={config} words={words} talk={talk} host={host} />, root);
}

host.ready();
void begin();
