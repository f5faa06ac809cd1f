// A host page, a gateway and a memory that a test holds in its hand.
import { visitorView, type Socket, type TopicView, type VisitorEntry, type WidgetConfig } from "@dymek/wire";
import { Memory } from "../src/panel/memory.ts";
import { Talk } from "../src/panel/talk.ts";
import type { Host, SiteUser } from "../src/panel/host.ts";

export const topic = (id: string, name: string, now: Partial<TopicView> = {}): TopicView => ({
  id,
  name,
  offer_seconds: 20,
  open: true,
  changes_at: null,
  staffed: true,
  waiting_text: { pl: "", en: "" },
  after_hours_text: { pl: "", en: "" },
  ...now,
});

export const SALES = topic("topic-sales", "Sprzedaż");
export const HELP = topic("topic-help", "Wsparcie techniczne");
export const TOPICS = [SALES, HELP];

export const CONFIG: WidgetConfig = {
  key: "demo",
  title: "Palarnia Dolna",
  language: "pl",
  topics: TOPICS,
  name_field: { shown: true, required: true },
  email_field: { shown: true, required: true },
  sneak_peek: true,
  rating: true,
  transcript: true,
};

type Frame = { t: string; [field: string]: any };

/** The gateway's end of the newest socket. */
export class Gateway implements Socket {
  static all: Gateway[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly heard: Frame[] = [];

  constructor() {
    Gateway.all.push(this);
  }

  send(text: string): void {
    this.heard.push(JSON.parse(text) as Frame);
  }

  close(): void {}

  says(frame: Frame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  welcomes(topics: TopicView[] = []): void {
    this.onopen?.();
    this.says({ t: "welcome", v: 1, beat_seconds: 20, topics });
  }

  of(t: string): Frame[] {
    return this.heard.filter((frame) => frame.t === t);
  }

  asked(what: string): Frame | undefined {
    return this.of("send").find((frame) => frame["action"].do === what);
  }
}

export const gateway = (): Gateway => Gateway.all.at(-1) as Gateway;

interface TestHost extends Host {
  listeners: ((shown: boolean) => void)[];
  told: number[];
  minimised: number;
  /** The page says who its user is. */
  knows(user: Partial<SiteUser>): void;
}

export function hostPage(): TestHost {
  const userListeners = new Set<(user: SiteUser) => void>();
  const host = {
    user: { name: "", email: "", token: "" },
    onUser(run: (user: SiteUser) => void) {
      userListeners.add(run);
      return () => userListeners.delete(run);
    },
    knows(user: Partial<SiteUser>) {
      host.user = { name: "", email: "", token: "", ...user };
      for (const run of userListeners) run(host.user);
    },
    page: { page_url: "https://shop.example/kawa", page_title: "Kawa" },
    shown: true,
    listeners: [] as ((shown: boolean) => void)[],
    told: [] as number[],
    minimised: 0,
    onShown(run: (shown: boolean) => void) {
      host.listeners.push(run);
      return () => undefined;
    },
    minimise: () => host.minimised++,
    unread: (count: number) => host.told.push(count),
    ready: () => undefined,
  };
  return host;
}

const talks: Talk[] = [];

/** Ends what a test left open: a lost connection would be tried again in the middle of the next test. */
export function endTalks(): void {
  for (const talk of talks.splice(0)) talk.stop();
  Gateway.all = [];
  localStorage.clear();
  sessionStorage.clear();
}

export function newTalk(host: Host = hostPage(), config: WidgetConfig = CONFIG): Talk {
  const talk = new Talk(config, "pl", new Memory("demo"), host, { url: "ws://gateway", socket: () => new Gateway(), signals: null });
  talks.push(talk);
  return talk;
}

const at = new Date().toISOString();
export const entry = (seq: number, body: VisitorEntry["body"]): VisitorEntry => ({ seq, at, body });

export const started = entry(1, { kind: "started", topic_name: "Sprzedaż", visitor_name: "Łukasz" });

/** A snapshot as a gateway would fold it. */
export function resetTo(stream: string, entries: VisitorEntry[], place: number | null = null): Frame {
  const header = entries.reduce(visitorView.apply, visitorView.empty(stream));
  return { t: "reset", stream, snapshot: { header, entries, place } };
}
