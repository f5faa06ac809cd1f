/**
 * The conversations that are not over, as lists show them. Pure.
 *
 * Invariants: of two cards of one conversation the one with the higher head holds; what was heard while a board was
 * being read, a card or that it is gone, is not undone by that board, which may have been written before it.
 */
import type { Board, BoardCard, Uuid } from "@dymek/wire";

export interface Known {
  card: BoardCard;
  /** When it was heard of last, in ms of the page's own clock. */
  at: number;
  /** It is not this agent's to see (any more); remembered so that an older board cannot bring it back. */
  gone?: true;
}

/** Ended conversations stay in it for a while, so that an older board cannot bring them back. */
export type Cards = ReadonlyMap<Uuid, Known>;

export function withCard(cards: Cards, card: BoardCard, at: number): Cards {
  const before = cards.get(card.conversation_id);
  if (before && before.card.head >= card.head) return cards;
  return new Map([...cards, [card.conversation_id, { card, at }]]);
}

/** The cards after a board that was asked for at `asked`: what it does not name and was not heard of since is gone. */
export function withBoard(cards: Cards, board: Board, asked: number): Cards {
  const next = new Map([...cards].filter(([, known]) => known.at >= asked));
  for (const card of board.cards) {
    const before = cards.get(card.conversation_id);
    const holds = before && before.card.head >= card.head && !(before.gone && before.at < asked);
    next.set(card.conversation_id, holds ? before : { card, at: asked });
  }
  return next;
}

/** Without a conversation that is no longer this agent's to see, unless they have seen it as it is after that. */
export function without(cards: Cards, card: BoardCard, at: number): Cards {
  const before = cards.get(card.conversation_id);
  if (before && before.card.head > card.head) return cards;
  return new Map([...cards, [card.conversation_id, { card, at, gone: true }]]);
}

/** The card of a conversation that this agent may see. */
export function cardOf(cards: Cards, id: Uuid): BoardCard | undefined {
  const known = cards.get(id);
  return known?.gone ? undefined : known?.card;
}

const visible = (cards: Cards): BoardCard[] => [...cards.values()].flatMap(({ card, gone }) => (gone ? [] : [card]));

export interface Lists {
  /** Waiting and offered ones, the longest waiting first. */
  waiting: BoardCard[];
  /** Those that others lead, the oldest first. */
  team: BoardCard[];
}

const by =
  (field: "waiting_since" | "started_at") =>
  (a: BoardCard, b: BoardCard): number =>
    Date.parse(a[field]) - Date.parse(b[field]);

/** Without the conversations this agent takes part in: those stand in the agent's own list. */
export function lists(cards: Cards, agentId: Uuid, topicId: Uuid | null = null): Lists {
  const here = visible(cards).filter((card) => !topicId || card.topic.id === topicId);
  return {
    waiting: here.filter(({ state }) => state === "waiting" || state === "offered").sort(by("waiting_since")),
    team: here
      .filter(({ state, participants }) => state === "active" && !(participants ?? []).some(({ id }) => id === agentId))
      .sort(by("started_at")),
  };
}

/** The topics that these cards have, by name. */
export function topicsOf(cards: Cards): { id: Uuid; name: string }[] {
  const topics = new Map(visible(cards).map(({ topic }) => [topic.id, topic]));
  return [...topics.values()].sort((a, b) => a.name.localeCompare(b.name));
}
