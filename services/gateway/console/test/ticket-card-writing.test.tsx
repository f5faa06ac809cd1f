import type { Ticket } from "@dymek/wire";
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ticketChanged } from "../src/state/tickets.ts";
import { at, EWA, ME } from "./made.ts";
import { card, id, message } from "./made-tickets.ts";
import { begin, BY_EWA, choose, field, leave, PATH, press, put, show, SYSTEM } from "./ticket-page.tsx";
import { later, type Server } from "./ticket-server.ts";

let server: Server;
let kept: Ticket;

beforeEach(() => {
  kept = card();
  server = begin(() => kept);
});
afterEach(leave);

/** Somebody else does this to the ticket, and this page hears of it. */
const meanwhile = (fields: Partial<Ticket>, by: typeof BY_EWA | typeof SYSTEM = BY_EWA): void => {
  kept = { ...kept, version: kept.version + 1, ...fields };
  act(() => ticketChanged(kept, by));
};
const saved = (): Record<string, unknown>[] => server.of(`PATCH ${PATH}`).map(({ body }) => body);
const posted = (): Record<string, unknown>[] => server.of(`POST ${PATH}/messages`).map(({ body }) => body);

describe("writing", () => {
  const store = (fields: Partial<Ticket> = {}): void =>
    server.on(`POST ${PATH}/messages`, ({ body }) => {
      const { id: key, kind, text, status } = body as { id: string; kind: "reply"; text: string; status: Ticket["status"] | null };
      const written = message({ id: key, kind, text, author: ME.name, mail: kind === "reply" ? "pending" : null });
      kept = { ...kept, version: kept.version + 1, messages: [...kept.messages, written], status: status ?? kept.status, ...fields };
      return [200, kept];
    });
  const keys = (name: string): Promise<void> => act(() => void fireEvent.keyDown(field(name), { key: "Enter", ctrlKey: true }));

  test("a reply goes with the status that it leaves, by Ctrl+Enter too, and its mail is followed", async () => {
    await show();
    store();
    put("Treść odpowiedzi", "  Dzień dobry  ");
    choose("Status po wysłaniu", "closed");
    await keys("Treść odpowiedzi");
    await waitFor(() => expect(field("Treść odpowiedzi").value).toBe(""));
    expect(posted()).toEqual([{ id: expect.any(String), kind: "reply", text: "Dzień dobry", status: "closed" }]);
    expect(screen.getByTestId("ticket-mail").textContent).toContain("Czeka");
    kept = { ...kept, messages: kept.messages.map((one) => (one.kind === "reply" ? { ...one, mail: "sent" } : one)) };
    act(() => ticketChanged({ ...kept, unread: false }, SYSTEM));
    await waitFor(() => expect(screen.getByTestId("ticket-mail").textContent).toContain("Wysłano"));
    expect(screen.queryByTestId("ticket-told")).toBeNull();
  });

  test("the status chosen for one reply is not the next one's", async () => {
    await show();
    store();
    put("Treść odpowiedzi", "Dzień dobry");
    choose("Status po wysłaniu", "closed");
    await press("Wyślij odpowiedź");
    await waitFor(() => expect(field("Status po wysłaniu").value).toBe("waiting"));
    put("Treść odpowiedzi", "I jeszcze");
    await press("Wyślij odpowiedź");
    await waitFor(() => expect(posted().map(({ status }) => status)).toEqual(["closed", "waiting"]));
  });

  test("a reply to a postponed ticket leaves it postponed, unless the agent says otherwise or it has opened meanwhile", async () => {
    kept = card({ status: "postponed", postponed_until: at(60 * 24) });
    await show();
    store();
    const shown = (): string => screen.getByLabelText<HTMLSelectElement>("Status po wysłaniu").selectedOptions[0]!.textContent!;
    expect(shown()).toMatch(/^zostaje odłożone do /u);
    put("Treść odpowiedzi", "Dzień dobry");
    await press("Wyślij odpowiedź");
    await waitFor(() => expect(posted().map(({ status }) => status)).toEqual(["postponed"]));
    await waitFor(() => expect(field("Treść odpowiedzi").value).toBe(""));
    meanwhile({ status: "open", postponed_until: null }, SYSTEM);
    await waitFor(() => expect(shown()).toBe("Czeka na klienta"));
    put("Treść odpowiedzi", "I jeszcze");
    await press("Wyślij odpowiedź");
    await waitFor(() => expect(posted().map(({ status }) => status)).toEqual(["postponed", "waiting"]));
  });

  test("when the answer comes, the focus goes from the button to the text, and stays with whoever has gone on", async () => {
    await show();
    const writes = async (text: string, meanwhileIn: HTMLElement | null): Promise<void> => {
      const answer = later<[number, unknown]>();
      server.on(`POST ${PATH}/messages`, () => answer.promise);
      put("Treść odpowiedzi", text);
      screen.getByRole("button", { name: "Wyślij odpowiedź" }).focus();
      await press("Wyślij odpowiedź");
      meanwhileIn?.focus();
      answer.give([200, (kept = { ...kept, version: kept.version + 1 })]);
      await waitFor(() => expect(field("Treść odpowiedzi").value).toBe(""));
    };
    await writes("Dzień dobry", null);
    await waitFor(() => expect(document.activeElement).toBe(field("Treść odpowiedzi")));
    const subject = field("Tytuł");
    await writes("I jeszcze", subject);
    await screen.findByRole("button", { name: "Wyślij odpowiedź" });
    expect(document.activeElement).toBe(subject);
  });

  test("what was said of a reply stands over no comment, and goes as the reply is written on", async () => {
    await show();
    put("Treść odpowiedzi", "Dzień dobry");
    server.on(`POST ${PATH}/messages`, [0, null]);
    await press("Wyślij odpowiedź");
    const fault = "Nie wysłano. Tekst został w polu, spróbuj ponownie.";
    await screen.findByText(fault);
    fireEvent.click(screen.getByRole("tab", { name: "Komentarz" }));
    expect(screen.queryByText(fault)).toBeNull();
    fireEvent.click(screen.getByRole("tab", { name: "Odpowiedź" }));
    expect(screen.queryByText(fault)).toBeTruthy();
    put("Treść odpowiedzi", "Dzień dobry!");
    expect(screen.queryByText(fault)).toBeNull();
  });

  test("a comment is another text, and leaves the status as it is", async () => {
    await show();
    store();
    put("Treść odpowiedzi", "Do klienta");
    fireEvent.click(screen.getByRole("tab", { name: "Komentarz" }));
    put("Treść komentarza", "Tylko dla nas");
    await press("Dodaj komentarz");
    await waitFor(() => expect(field("Treść komentarza").value).toBe(""));
    expect(posted()).toEqual([{ id: expect.any(String), kind: "comment", text: "Tylko dla nas", status: null }]);
    fireEvent.click(screen.getByRole("tab", { name: "Odpowiedź" }));
    expect(field("Treść odpowiedzi").value).toBe("Do klienta");
  });

  test("what could not be sent stays, and is the same message when it is tried again", async () => {
    await show();
    put("Treść odpowiedzi", "Dzień dobry");
    server.on(`POST ${PATH}/messages`, [0, null]);
    await press("Wyślij odpowiedź");
    await screen.findByText("Nie wysłano. Tekst został w polu, spróbuj ponownie.");
    expect(field("Treść odpowiedzi").value).toBe("Dzień dobry");
    cleanup();
    await show();
    expect(field("Treść odpowiedzi").value).toBe("Dzień dobry");
    store();
    await press("Wyślij odpowiedź");
    await waitFor(() => expect(field("Treść odpowiedzi").value).toBe(""));
    const [first, second] = posted();
    expect(second?.id).toBe(first?.id);
  });

  test("a double click sends one", async () => {
    await show();
    const answer = later<[number, unknown]>();
    server.on(`POST ${PATH}/messages`, () => answer.promise);
    put("Treść odpowiedzi", "Dzień dobry");
    await press("Wyślij odpowiedź");
    await press(/Wysyłanie/u);
    answer.give([200, card({ version: 2, status: "waiting" })]);
    await waitFor(() => expect(field("Treść odpowiedzi").value).toBe(""));
    expect(posted()).toHaveLength(1);
  });

  test("too long a text is said before it is sent", async () => {
    await show();
    put("Treść odpowiedzi", "x".repeat(4003));
    expect(screen.getByText("3 znaki za dużo")).toBeTruthy();
    await press("Wyślij odpowiedź");
    expect(posted()).toEqual([]);
  });

  test("what was changed beside it is saved after it, and a status chosen there holds", async () => {
    await show();
    store({ status: "waiting" });
    choose("Status", "postponed");
    put("Treść odpowiedzi", "Odezwiemy się");
    expect(screen.queryByLabelText("Status po wysłaniu")).toBeNull();
    server.on(`PATCH ${PATH}`, ({ body }) => [200, (kept = { ...kept, ...body, version: kept.version + 1 } as Ticket)]);
    await press("Wyślij odpowiedź");
    await waitFor(() => expect(screen.queryByTestId("ticket-save")).toBeNull());
    expect(saved()).toEqual([expect.objectContaining({ version: 2, status: "postponed" })]);
    expect(screen.queryByTestId("ticket-told")).toBeNull();
  });

  test("a colleague's word in the thread is told and takes nothing from the one being written", async () => {
    await show();
    put("Treść odpowiedzi", "Zaczynam pisać");
    meanwhile({ messages: [...kept.messages, message({ id: id(5), kind: "comment", author: EWA.name, at: at(90) })] });
    expect((await screen.findByTestId("ticket-told")).textContent).toContain("Ewa Zielińska: nowy wpis w wątku");
    expect(field("Treść odpowiedzi").value).toBe("Zaczynam pisać");
  });
});
