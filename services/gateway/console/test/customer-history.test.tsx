import type { PastConversation, PastConversations, Ratings } from "@dymek/wire";
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { ConversationHistory } from "../src/customers/History.tsx";
import type { Reading } from "../src/customers/readings.ts";

afterEach(cleanup);

const read = <T,>(value: T): Reading<T> => ({ state: "ready", value, again: () => undefined });
const past = (many: number): Reading<PastConversations> =>
  read({
    conversations: Array.from(
      { length: many },
      (_, at) =>
        ({
          conversation_id: `c${at}`,
          topic_name: "Sklep",
          started_at: "2026-11-01T10:00:00Z",
          ended_at: "2026-11-01T10:10:00Z",
          state: "closed",
          agents: [],
          last_line: "",
        }) as unknown as PastConversation,
    ),
  });

test("a history that has only the newest conversations says so, and a whole one does not", () => {
  const ratings = read<Ratings>({ ratings: [] });
  const { rerender } = render(<ConversationHistory conversations={past(49)} ratings={ratings} />);
  expect(screen.getAllByTestId("history-conversation")).toHaveLength(49);
  expect(screen.queryByText(/najnowszych/u)).toBeNull();
  rerender(<ConversationHistory conversations={past(50)} ratings={ratings} />);
  expect(screen.getByText("To 50 najnowszych rozmów; starszych tu nie pokazujemy.")).toBeTruthy();
});
