/**
 * The board: every conversation this agent may see, live by cards, and read whole with each welcome and once a minute.
 * For supervisors also all agents, with how they are doing; read anew soon after a card, which changes their numbers.
 */
import type { Board, Card, Colleague, Colleagues } from "@dymek/wire";
import { batch, signal } from "@preact/signals";
import { get } from "../lib/api.ts";
import { withBoard, withCard, without, type Cards } from "../lib/board.ts";

export const cards = signal<Cards>(new Map());
/** How many conversations there are beyond those that are listed. */
export const beyond = signal(0);
export const boardState = signal<"idle" | "loading" | "ready" | "fault">("idle");
export const agents = signal<readonly Colleague[]>([]);

const EVERY_MS = 60_000;
/** How often it is looked whether that has passed: with the same step every second reading would be missed. */
const LOOK_MS = 5_000;
/** How long after a card the agents are read, once for all cards that come meanwhile. */
const SOON_MS = 2_000;

let readAt = 0;
let reading: AbortController | null = null;
let supervised = false;
let stop: (() => void) | null = null;
let soon: ReturnType<typeof setTimeout> | undefined;

/** Keeps the board current while the page is in sight. */
export function startBoard(): void {
  stopBoard();
  const look = (): void => {
    if (document.visibilityState === "visible" && Date.now() - readAt >= EVERY_MS) void readBoard();
  };
  const timer = setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  stop = () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

export function stopBoard(): void {
  stop?.();
  stop = null;
  reading?.abort();
  reading = null;
  supervised = false;
  clearTimeout(soon);
  soon = undefined;
  readAt = 0;
  batch(() => {
    cards.value = new Map();
    agents.value = [];
    beyond.value = 0;
    boardState.value = "idle";
  });
}

/** Reads the whole board; what is shown already stays there if it fails. The newest reading wins. */
export async function readBoard(supervises = supervised): Promise<void> {
  supervised = supervises;
  reading?.abort();
  const mine = (reading = new AbortController());
  const asked = (readAt = Date.now());
  if (boardState.value !== "ready") boardState.value = "loading";
  try {
    const [board, all] = await Promise.all([
      get<Board>("/api/board", mine.signal),
      supervises ? get<Colleagues>("/api/agents", mine.signal) : null,
    ]);
    if (mine !== reading) return;
    batch(() => {
      cards.value = withBoard(cards.value, board, asked);
      beyond.value = board.more;
      agents.value = all?.agents ?? [];
      boardState.value = "ready";
    });
  } catch {
    if (mine === reading && boardState.value !== "ready") boardState.value = "fault";
  }
}

export function heardCard({ card, gone }: Card): void {
  cards.value = (gone ? without : withCard)(cards.value, card, Date.now());
  if (supervised) soon ??= setTimeout(() => void readAgents(), SOON_MS);
}

async function readAgents(): Promise<void> {
  soon = undefined;
  if (document.visibilityState !== "visible") return;
  const board = reading;
  try {
    const all = await get<Colleagues>("/api/agents", board?.signal);
    // A board that was asked for since knows better.
    if (board === reading && supervised) agents.value = all.agents;
  } catch {
    // the next card, or the next board, brings them
  }
}
