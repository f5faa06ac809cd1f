/** The panel's entry: which widget, which language, and what was there before. */
import "@dymek/wire/tokens.css";
import "./css/base.css";
import "./css/frame.css";
import "./css/form.css";
import { render } from "preact";
import type { WidgetConfig } from "@dymek/wire";
import { App } from "./app.tsx";
import { Trouble } from "./frame.tsx";
import { connectHost } from "./host.ts";
import { Memory } from "./memory.ts";
import { Loader } from "./screens.ts";
import { languageOf, loadWords, type Words } from "./words.ts";

const root = document.getElementById("panel") as HTMLElement;
const key = location.pathname.split("/").filter(Boolean).pop() ?? "";
const wish = new URLSearchParams(location.search).get("lang");
const host = connectHost();

async function begin(): Promise<void> {
  const early = loadWords(languageOf(wish));
  const [config, words] = await Promise.all([widget(), early]);
  if (config === "unknown") return render(<Trouble text={words.t.unknownWidget} words={words} host={host} />, root);
  if (config === "failed") {
    const again = { label: words.t.tryAgain, run: () => void begin() };
    return render(<Trouble text={words.t.loadFailed} words={words} host={host} again={again} />, root);
  }
  const language = languageOf(wish, config.language);
  show(config, language === words.language ? words : await loadWords(language));
}

async function widget(): Promise<WidgetConfig | "unknown" | "failed"> {
  try {
    const answer = await fetch(`/api/widgets/${encodeURIComponent(key)}`);
    if (answer.status === 404) return "unknown";
    return answer.ok ? ((await answer.json()) as WidgetConfig) : "failed";
  } catch {
    return "failed";
  }
}

function show(config: WidgetConfig, words: Words): void {
  document.documentElement.lang = words.language;
  document.title = config.title || words.t.chat;
  const memory = new Memory(key);
  const loader = new Loader(({ Talk }) => {
    const talk = new Talk(config, words.language, memory, host);
    talk.restore();
    return talk;
  });
  render(<App config={config} words={words} memory={memory} loader={loader} host={host} />, root);
}

host.ready();
void begin();
