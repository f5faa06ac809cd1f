import type { Colleague, Pending, Refusal } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AnswerClock } from "../src/chats/AnswerClock.tsx";
import { ChatMenu } from "../src/chats/ChatMenu.tsx";
import { Outside } from "../src/chats/Outside.tsx";
import { serverClock } from "../src/lib/api.ts";
import { withCard } from "../src/lib/board.ts";
import { Notices } from "../src/shell/Notices.tsx";
import { OfferTray } from "../src/shell/OfferTray.tsx";
import { noticeOf } from "../src/shell/happened.ts";
import { cards } from "../src/state/board.ts";
import * as live from "../src/state/live.ts";
import {
  EWA,
  ME,
  SALES,
  answered,
  card,
  chat,
  desk,
  entries,
  joined,
  left,
  log,
  me,
  offer,
  offered,
  started,
} from "./made.ts";

const soon = (seconds: number): string => new Date(serverClock.now(Date.now()) + seconds * 1000).toISOString();
const colleague = (agent: Colleague["agent"], fields: Partial<Colleague> = {}): Colleague => ({
  agent,
  status: "available",
  connected: true,
  load: 1,
  capacity: 3,
  missed_count: 0,
  topic_ids: [SALES.id],
  has_room: true,
  ...fields,
});

const attempt = vi.spyOn(live, "attempt");
let answers: Record<string, unknown>;

beforeEach(() => {
  answers = {};
  attempt.mockReset().mockResolvedValue(null);
  vi.stubGlobal("fetch", (path: string) => Promise.resolve(Response.json(answers[path])));
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  live.desk.value = null;
  live.departures.value = new Map();
  cards.value = new Map();
});

const header = log(entries([started(), joined()])).header;
const choices = (): Record<string, HTMLElement> =>
  Object.fromEntries(
    screen.getAllByTestId("choice").map((one) => [within(one).getByRole("radio").getAttribute("value")!, one]),
  );

describe("the menu of a conversation", () => {
  test("opens with an arrow, moves with arrows, and closes back to its button", () => {
    render(<ChatMenu header={header} me={me()} />);
    const button = screen.getByRole("button", { name: "Działania" });
    fireEvent.keyDown(button, { key: "ArrowDown" });
    const items = screen.getAllByRole("menuitem");
    expect(items.map((item) => item.textContent)).toEqual([
      "Wybierz konsultanta…",
      "Przenieś do innego tematu…",
      "Utwórz zgłoszenie (nowa karta)",
      "Opuść rozmowę",
      "Zakończ rozmowę…",
    ]);
    expect(document.activeElement).toBe(items[0]);
    fireEvent.keyDown(items[0]!, { key: "ArrowUp" });
    expect(document.activeElement).toBe(items[4]);
    fireEvent.keyDown(items[4]!, { key: "Escape" });
    expect(screen.queryByRole("menu")).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  test("asks before leaving only where the conversation would go back to the queue", () => {
    const { rerender } = render(<ChatMenu header={header} me={me()} />);
    const leave = (): void => {
      fireEvent.click(screen.getByRole("button", { name: "Działania" }));
      fireEvent.click(screen.getByRole("menuitem", { name: "Opuść rozmowę" }));
    };
    leave();
    expect(screen.getByRole("heading", { name: "Opuścić rozmowę?" })).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Anuluj" }));
    rerender(<ChatMenu header={log(entries([started(), joined(), joined(EWA, false)])).header} me={me()} />);
    leave();
    expect(screen.queryByRole("heading", { name: "Opuścić rozmowę?" })).toBeNull();
  });
});

describe("choosing an agent", () => {
  const open = async (): Promise<void> => {
    render(<ChatMenu header={header} me={me()} />);
    fireEvent.click(screen.getByRole("button", { name: "Działania" }));
    fireEvent.click(screen.getByRole("menuitem", { name: "Wybierz konsultanta…" }));
    await screen.findAllByTestId("choice");
  };
  const path = `/api/conversations/${header.conversation_id}/colleagues`;

  test("lists colleagues with status and load, and only those with room can be chosen", async () => {
    answers[path] = {
      agents: [
        colleague(ME),
        colleague(EWA, { load: 2 }),
        colleague({ id: "adam", name: "Adam Wilk" }, { status: "break", has_room: false }),
        colleague({ id: "ola", name: "Ola Lis" }, { load: 3, has_room: false }),
      ],
    };
    await open();
    const all = choices();
    expect(Object.keys(all)).toEqual(["ewa", "adam", "ola"]);
    expect(all.ewa!.textContent).toContain("Dostępny · 2 z 3 czatów");
    expect(all.adam!.textContent).toContain("Przerwa");
    expect(all.ola!.textContent).toContain("bez wolnych miejsc");
    expect(within(all.adam!).getByRole("radio")).toHaveProperty("disabled", true);
    expect(within(all.ola!).getByRole("radio")).toHaveProperty("disabled", true);
    const offer = screen.getByRole("button", { name: "Zaproponuj rozmowę" });
    expect(offer).toHaveProperty("disabled", true);
    fireEvent.click(within(all.ewa!).getByRole("radio"));
    fireEvent.click(offer);
    expect(attempt).toHaveBeenCalledWith({ do: "choose", agent_id: "ewa" }, header.conversation_id);
    await waitFor(() => expect(screen.queryByTestId("choice")).toBeNull());
  });

  test("says a refusal in its place and reads the list again", async () => {
    const refusal: Refusal = { code: "agent_away", detail: null, retry_after: null };
    attempt.mockResolvedValue(refusal);
    answers[path] = { agents: [colleague(EWA)] };
    await open();
    answers[path] = { agents: [colleague(EWA, { status: "break", has_room: false })] };
    fireEvent.click(within(choices().ewa!).getByRole("radio"));
    fireEvent.click(screen.getByRole("button", { name: "Zaproponuj rozmowę" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Wybierz kogoś innego");
    await waitFor(() => expect(within(choices().ewa!).getByRole("radio")).toHaveProperty("disabled", true));
  });

  test("does not go out later when the dialog was closed before it could", async () => {
    answers[path] = { agents: [colleague(EWA)] };
    const discard = vi.spyOn(live, "discard").mockReset();
    attempt.mockReturnValue(new Promise(() => undefined));
    await open();
    fireEvent.click(screen.getByRole("radio"));
    fireEvent.click(screen.getByRole("button", { name: "Zaproponuj rozmowę" }));
    const stream = header.conversation_id;
    const asked = { id: "asked", stream, action: { do: "choose", agent_id: EWA.id } } as Pending;
    live.pending.value = [asked, { ...asked, id: "other", action: { do: "post", text: "Już sprawdzam" } }];
    fireEvent.click(screen.getByRole("button", { name: "Anuluj" }));
    expect(discard.mock.calls).toEqual([["asked"]]);
    live.pending.value = [];
    discard.mockRestore();
  });

  test("or another topic, of those that are open", async () => {
    answers[path] = { agents: [] };
    answers["/api/topics"] = {
      topics: [
        { ...SALES, open: true, staffed: true },
        { id: "support", name: "Wsparcie", open: true, staffed: false },
        { id: "night", name: "Nocny", open: false, staffed: false },
      ],
    };
    render(<ChatMenu header={header} me={me()} />);
    fireEvent.click(screen.getByRole("button", { name: "Działania" }));
    fireEvent.click(screen.getByRole("menuitem", { name: "Przenieś do innego tematu…" }));
    await screen.findAllByTestId("choice");
    expect(Object.keys(choices())).toEqual(["support", "night"]);
    expect(within(choices().night!).getByRole("radio")).toHaveProperty("disabled", true);
    fireEvent.click(within(choices().support!).getByRole("radio"));
    fireEvent.click(screen.getByRole("button", { name: "Przenieś rozmowę" }));
    expect(attempt).toHaveBeenCalledWith({ do: "move", topic_id: "support" }, header.conversation_id);
  });
});

describe("the first answer's time", () => {
  test("counts down, and stands still while the answer is being typed", () => {
    const { rerender } = render(<AnswerClock chat={chat("c", { unanswered: true, answer_due: soon(30) })} />);
    expect(screen.getByRole("timer").textContent).toMatch(/Odpowiedz w (29|30) s/u);
    rerender(<AnswerClock chat={chat("c", { unanswered: true, answer_due: null })} />);
    expect(screen.getByTestId("answer-clock").textContent).toBe("Piszesz, czas stoi");
    rerender(<AnswerClock chat={chat("c")} />);
    expect(screen.queryByTestId("answer-clock")).toBeNull();
  });
});

test("an offer that a colleague made says whose it is", () => {
  live.desk.value = desk({ offers: [offer("a", { made_at: soon(0), expires_at: soon(20), chosen_by: EWA })] });
  render(<OfferTray go={() => undefined} />);
  expect(screen.getByRole("article", { name: "Rozmowa od: Ewa Zielińska" })).toBeTruthy();
});

describe("a status that the agent did not choose", () => {
  const outcome = "expired" as const;
  const missed = { offer_id: "m", conversation_id: "c", visitor_name: "Anna", outcome, at: soon(0) };

  test("is told with its reason and one way back", () => {
    live.desk.value = desk({ status: "break", status_cause: "missed_offer", missed });
    render(
      <>
        <Notices />
        <OfferTray go={() => undefined} />
      </>,
    );
    const told = "Masz przerwę, bo rozmowa nie została odebrana na czas (Anna).";
    expect(screen.getByTestId("away").textContent).toContain(told);
    expect(screen.getAllByText(/\(Anna\)/u)).toHaveLength(1);
    expect(screen.getByRole("button", { name: "Wróć do dostępnych" })).toBeTruthy();
  });

  test("also after a lost connection, and not once it is chosen", () => {
    live.desk.value = desk({ status: "offline", status_cause: "connection_lost" });
    const { unmount } = render(<Notices />);
    expect(screen.getByTestId("away").textContent).toContain("zbyt długo bez połączenia");
    // The desk does not tell whether there were any conversations.
    expect(screen.getByTestId("away").textContent).toContain("Jeśli trwały wtedy Twoje rozmowy, przeszły dalej.");
    unmount();
    live.desk.value = desk({ status: "offline" });
    render(<Notices />);
    expect(screen.getByTestId("away").textContent).toBe("");
  });
});

describe("a conversation that this agent sees nothing of", () => {
  const denied: Refusal = { code: "not_yours", detail: null, retry_after: null };

  test("can be joined while a colleague leads it", () => {
    cards.value = withCard(new Map(), card("c", { state: "active", owner: EWA, participants: [EWA] }), 1);
    render(<Outside id="c" refusal={denied} wasHere={false} />);
    expect(screen.getByRole("heading").textContent).toBe("Tę rozmowę prowadzi Ewa Zielińska");
    expect(screen.getByRole("button", { name: "Dołącz" })).toBeTruthy();
  });

  test("says why it is gone", () => {
    live.departures.value = new Map([["c", { reason: "taken_over" }]]);
    render(<Outside id="c" refusal={denied} wasHere />);
    expect(screen.getByRole("heading").textContent).toBe("Inna osoba przejęła tę rozmowę");
    expect(screen.queryByRole("button", { name: "Dołącz" })).toBeNull();
  });

  test("names who leads it as the board tells it, and nobody where the board does not", async () => {
    live.desk.value = desk();
    live.departures.value = new Map([["c", { reason: "handed_over" }]]);
    const led = (head: number, owner: typeof EWA) => card("c", { head, state: "active", owner, participants: [owner] });
    render(<Outside id="c" refusal={denied} wasHere />);
    const text = (): string | null => screen.getByTestId("outside").textContent;
    expect(text()).toMatch(/^Rozmowa przekazana(?!.*prowadzi)/u);
    await act(() => void (cards.value = withCard(cards.value, led(1, ME), 1)));
    expect(text()).not.toContain("prowadzi");
    await act(() => void (cards.value = withCard(cards.value, led(2, EWA), 1)));
    expect(text()).toContain("Tę rozmowę prowadzi Ewa Zielińska");
    await act(() => void (cards.value = withCard(cards.value, led(3, { id: "adam", name: "Adam Wilk" }), 1)));
    expect(text()).toContain("Tę rozmowę prowadzi Adam Wilk");
    await act(() => void (cards.value = new Map()));
    expect(text()).toMatch(/^Rozmowa przekazana(?!.*prowadzi)/u);
  });

  test("has ended where the board told so, also once the board names it no longer", async () => {
    live.departures.value = new Map([["c", { reason: "handed_over" }]]);
    cards.value = withCard(new Map(), card("c", { state: "closed", owner: EWA }), 1);
    render(<Outside id="c" refusal={denied} wasHere />);
    expect(screen.getByRole("heading").textContent).toBe("Rozmowa się zakończyła");
    await act(() => void (cards.value = new Map()));
    expect(screen.getByRole("heading").textContent).toBe("Rozmowa się zakończyła");
  });

  test("waits for others where it waits", () => {
    cards.value = withCard(new Map(), card("c"), 1);
    render(<Outside id="c" refusal={denied} wasHere={false} />);
    expect(screen.getByRole("heading").textContent).toBe("Ta rozmowa czeka w kolejce");
    expect(screen.queryByRole("button", { name: "Dołącz" })).toBeNull();
  });
});

describe("what happens elsewhere is told", () => {
  const notice = (bodies: Parameters<typeof entries>[0]): string | null => {
    const view = log(entries(bodies));
    return noticeOf(view.entries.at(-1)!, view, "c", ME.id)?.text ?? null;
  };
  const asked = [started(), joined(), offered("o", EWA, ME)];

  test("to the one who chose an agent: what came of it", () => {
    expect(notice([...asked, answered("o", "declined", EWA)])).toContain("Nadal ją prowadzisz");
    expect(notice([...asked, answered("o", "expired", EWA)])).toContain("nie odpowiada");
    expect(notice([...asked, answered("o", "accepted", EWA)])).toContain("przejmuje rozmowę (Anna)");
    expect(notice([...asked, answered("o", "withdrawn", EWA)])).toBeNull();
    expect(notice([started(), joined(), offered("o", EWA), answered("o", "declined", EWA)])).toBeNull();
  });

  test("to the one who lost the conversation, but not to the one who left it", () => {
    expect(notice([started(), joined(), left(ME, "not_answered")])).toContain("nie przyszła na czas");
    expect(notice([started(), joined(), left(ME, "taken_over")])).toContain("Inna osoba przejmuje");
    expect(notice([started(), joined(), left(ME, "left")])).toBeNull();
    expect(notice([started(), joined(EWA), left(EWA, "not_answered")])).toBeNull();
  });
});
