import type { Ticket } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { polite } from "../src/state/announce.ts";
import { session } from "../src/state/session.ts";
import { ticketChanged } from "../src/state/tickets.ts";
import { toasts } from "../src/state/toasts.ts";
import TicketPage from "../src/tickets/TicketPage.tsx";
import { at, EWA, ME, me } from "./made.ts";
import { card, id, message } from "./made-tickets.ts";
import { begin, BY_EWA, choose, field, leave, PATH, press, put, show, SUPPORT, SYSTEM } from "./ticket-page.tsx";
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

describe("the card", () => {
  test("is read and marked read, with its thread and a mail's fate", async () => {
    kept = card({
      unread: true,
      messages: [message(), message({ id: id(2), kind: "reply", author: ME.name, text: "https://example.com", mail: "failed", mail_reason: "refused: 550 No such user" })],
    });
    await show();
    await waitFor(() => expect(server.of(`POST ${PATH}/read`)).toHaveLength(1));
    const [, reply] = screen.getAllByTestId("ticket-message");
    expect(within(reply!).getByRole("link").getAttribute("rel")).toContain("noopener");
    expect(within(reply!).getByTestId("ticket-mail").textContent).toContain("550 No such user");
  });

  test("shows what was written as text, whatever is in it", async () => {
    kept = card({ messages: [message({ text: "<img src=x onerror=alert(1)>" })] });
    await show();
    expect(screen.getByTestId("ticket-message").querySelector("img")).toBeNull();
    expect(screen.getByTestId("ticket-message").textContent).toContain("<img src=x");
  });

  test("that does not exist says so, and one that cannot be read can be asked for again", async () => {
    server.on(`GET ${PATH}`, [404, {}]);
    const { unmount } = render(<TicketPage id={id(1)} />);
    await screen.findByText("Nie ma takiego zgłoszenia");
    unmount();
    server.on(`GET ${PATH}`, [503, {}]);
    render(<TicketPage id={id(1)} />);
    const again = await screen.findByRole("button", { name: "Spróbuj ponownie" });
    server.on(`GET ${PATH}`, () => [200, kept]);
    fireEvent.click(again);
    await screen.findByTestId("ticket");
  });
});

describe("the mails of a ticket", () => {
  const mail = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
    mail_id: id(50),
    kind: "ticket_confirmation",
    state: "failed",
    reason: "limit_recipient",
    to: "anna@example.com",
    asked_at: at(60),
    ...fields,
  });

  test("stand on its card, also a confirmation that was not sent, with the reason", async () => {
    server.on("GET /api/mails", ({ query }) => [200, { mails: query.get("ticket_id") === id(1) ? [mail()] : [], next: null }]);
    await show();
    const mails = await screen.findByRole("region", { name: "Poczta do klienta" });
    await waitFor(() => expect(mails.textContent).toContain("Potwierdzenie zgłoszenia"));
    expect(mails.textContent).toContain("Nie wysłano");
    expect(mails.textContent).toContain("tyle potwierdzeń");
  });

  test("are read anew with it", async () => {
    await show();
    server.on("GET /api/mails", [200, { mails: [mail({ state: "sent", reason: "" })], next: null }]);
    act(() => ticketChanged({ ...kept, unread: false }, SYSTEM));
    await waitFor(() => expect(screen.getByRole("region", { name: "Poczta do klienta" }).textContent).toContain("Wysłano"));
  });
});

describe("changes", () => {
  test("are saved together, with the version they were decided on", async () => {
    await show();
    choose("Status", "open");
    choose("Przypisane do", EWA.id);
    choose("Temat", SUPPORT.id);
    put("Tytuł", "Inny tytuł");
    put("Tagi", "Pilne,");
    server.on(`PATCH ${PATH}`, ({ body }) => [200, (kept = { ...kept, ...body, version: 2 } as Ticket)]);
    await press("Zapisz");
    await waitFor(() => expect(screen.queryByTestId("ticket-save")).toBeNull());
    expect(saved()).toEqual([
      {
        version: 1,
        subject_line: "Inny tytuł",
        status: "open",
        postponed_until: null,
        topic: SUPPORT,
        assignee: EWA,
        tags: ["pilne"],
        customer: null,
      },
    ]);
  });

  test("saving is said once", async () => {
    await show();
    choose("Status", "open");
    polite.value = "";
    server.on(`PATCH ${PATH}`, ({ body }) => [200, (kept = { ...kept, ...body, version: 2 } as Ticket)]);
    await press("Zapisz");
    await waitFor(() => expect(toasts.value.map(({ text }) => text)).toEqual(["Zapisano"]));
    expect(polite.value).toBe("");
  });

  test("a tag is taken away by Backspace, said aloud, and no other one while the key is held down", async () => {
    kept = card({ tags: ["faktura", "pilne"] });
    await show();
    const back = (repeat: boolean) => act(() => void fireEvent.keyDown(field("Tagi"), { key: "Backspace", repeat }));
    await back(true);
    expect(screen.getAllByRole("button", { name: /Usuń tag/u })).toHaveLength(2);
    await back(false);
    await back(true);
    expect(screen.getAllByRole("button", { name: /Usuń tag/u })).toHaveLength(1);
    expect(polite.value).toContain("Usunięto tag pilne");
  });

  test("a button that goes as it is pressed leaves the focus with what stands in its place", async () => {
    kept = card({ customer: { id: id(70), name: "Łukasz Źródlany" } });
    await show();
    screen.getByRole("button", { name: "Odłącz" }).focus();
    await press("Odłącz");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Przypisz klienta" }));
    screen.getByRole("button", { name: "Przypisz do mnie" }).focus();
    await press("Przypisz do mnie");
    expect(document.activeElement).toBe(field("Przypisane do"));
  });

  test("a postponed ticket has a time that is still to come, else it is said beside it and nothing is sent", async () => {
    await show();
    choose("Status", "postponed");
    put("Odłóż do", "2020-01-01T09:00");
    await press("Zapisz");
    expect(field("Odłóż do").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getAllByText("Ten czas już minął.").length).toBeGreaterThan(0);
    put("Odłóż do", "");
    await press("Zapisz");
    expect(screen.getAllByText("Podaj dzień i godzinę.").length).toBeGreaterThan(0);
    expect(saved()).toEqual([]);
  });

  test("that the server refuses stay in their fields, with its reason beside the field", async () => {
    await show();
    choose("Status", "postponed");
    server.on(`PATCH ${PATH}`, [422, { code: "invalid", message: "is over already", detail: "postponed_until" }]);
    await press("Zapisz");
    await waitFor(() => expect(screen.getAllByText(/is over already/u).length).toBeGreaterThan(0));
    expect(field("Status").value).toBe("postponed");
    server.on(`PATCH ${PATH}`, [503, {}]);
    await press("Zapisz");
    await screen.findByText("Nie zapisano. Zmiany zostały w polach.");
    expect(field("Status").value).toBe("postponed");
  });

  test("are there again after a reload, also over what others did meanwhile", async () => {
    await show();
    choose("Status", "closed");
    cleanup();
    await show();
    expect(within(screen.getByTestId("ticket-save")).getByRole("status").textContent).toContain("Przywróciliśmy");
    put("Tytuł", "Mój tytuł");
    cleanup();
    kept = card({ version: 4, subject_line: "Tytuł Ewy" });
    await show();
    expect(field("Status").value).toBe("closed");
    expect(field("Tytuł").value).toBe("Mój tytuł");
    expect(within(screen.getByTestId("clashes")).getByText("Tytuł Ewy")).toBeTruthy();
  });

  test("are nobody else's who signs in after", async () => {
    await show();
    put("Tytuł", "Mój tytuł");
    put("Treść odpowiedzi", "Moja odpowiedź");
    cleanup();
    session.value = { state: "in", me: me({ agent_id: EWA.id, name: EWA.name }) };
    await show();
    expect([field("Tytuł").value, field("Treść odpowiedzi").value]).toEqual(["Pytanie 1", ""]);
  });
});

describe("two agents at once", () => {
  test("what the other one changes is told at once, and what is being changed here stays", async () => {
    await show();
    put("Tytuł", "Mój tytuł");
    meanwhile({ status: "open", tags: ["pilne"] });
    expect((await screen.findByTestId("ticket-told")).textContent).toContain(
      "Ewa Zielińska: zmiana zgłoszenia (status, tagi). Twoje niezapisane zmiany zostały w polach.",
    );
    expect([field("Tytuł").value, field("Status").value]).toEqual(["Mój tytuł", "open"]);
    expect(screen.queryByTestId("clashes")).toBeNull();
  });

  test("the same field: both words are shown, nothing is saved before one is chosen, and the choice is saved", async () => {
    await show();
    put("Tytuł", "Mój tytuł");
    choose("Przypisane do", ME.id);
    meanwhile({ subject_line: "Tytuł Ewy", assignee: EWA });
    expect(await screen.findByText("Ktoś inny też zmienił: tytuł, przypisanie")).toBeTruthy();
    expect(screen.queryByTestId("clashes")).toBeNull();
    await press("Pokaż");
    const clashes = screen.getByTestId("clashes");
    expect(within(clashes).getByText("Mój tytuł")).toBeTruthy();
    expect(within(clashes).getByText("Tytuł Ewy")).toBeTruthy();
    await press("Zapisz");
    expect(saved()).toEqual([]);
    await press("Zostaw moje: tytuł");
    await press("Weź tamte: przypisanie");
    expect(screen.queryByTestId("clashes")).toBeNull();
    expect(field("Przypisane do").value).toBe(EWA.id);
    server.on(`PATCH ${PATH}`, ({ body }) => [200, (kept = { ...kept, ...body, version: 3 } as Ticket)]);
    await press("Zapisz");
    await waitFor(() => expect(screen.queryByTestId("ticket-save")).toBeNull());
    expect(saved()).toEqual([expect.objectContaining({ version: 2, subject_line: "Mój tytuł", assignee: EWA })]);
  });

  test("a change that was not heard of is answered with a conflict, and nothing is lost", async () => {
    await show();
    put("Tytuł", "Mój tytuł");
    choose("Status", "closed");
    const present = card({ version: 2, subject_line: "Tytuł Ewy", tags: ["pilne"] });
    server.on(`PATCH ${PATH}`, [409, { code: "conflict", message: "Somebody else has changed the ticket.", present }]);
    await press("Zapisz");
    expect(within(await screen.findByTestId("clashes")).getAllByRole("listitem")).toHaveLength(1);
    expect(screen.getByTestId("ticket-told").textContent).toContain("Ktoś: zmiana zgłoszenia (tytuł, tagi)");
    await press("Weź tamte: tytuł");
    server.on(`PATCH ${PATH}`, ({ body }) => [200, (kept = { ...present, ...body, version: 3 } as Ticket)]);
    await press("Zapisz");
    await waitFor(() => expect(screen.queryByTestId("ticket-save")).toBeNull());
    expect(saved()[1]).toMatchObject({ version: 2, subject_line: "Tytuł Ewy", status: "closed", tags: ["pilne"] });
  });

  test("what this agent does in another tab is told as theirs", async () => {
    await show();
    kept = { ...kept, version: 2, status: "open" };
    act(() => ticketChanged(kept, { kind: "agent", id: ME.id }));
    expect((await screen.findByTestId("ticket-told")).textContent).toContain("Jan Kowalski: zmiana zgłoszenia (status)");
  });

  test("a change of which nothing was heard is not put down to whoever was heard last", async () => {
    await show();
    meanwhile({ tags: ["pilne"] });
    expect((await screen.findByTestId("ticket-told")).textContent).toContain("Ewa Zielińska");
    kept = { ...kept, version: 3, status: "open" };
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
    await waitFor(() => expect(screen.getByTestId("ticket-told").textContent).toContain("Ktoś: zmiana zgłoszenia (status)"));
  });

  test("changes of two people that were read at once are put down to neither", async () => {
    await show();
    const answer = later<[number, unknown]>();
    server.on(`GET ${PATH}`, () => answer.promise);
    meanwhile({ tags: ["pilne"] });
    meanwhile({ status: "open" }, { kind: "agent", id: id(77) });
    answer.give([200, kept]);
    expect((await screen.findByTestId("ticket-told")).textContent).toContain("Ktoś: zmiana zgłoszenia (status, tagi)");
  });

  test("a read from before a save is given up, and tells the agent's own change as nobody else's", async () => {
    await show();
    choose("Status", "closed");
    const read = later<[number, unknown]>();
    const saving = later<[number, unknown]>();
    server.on(`GET ${PATH}`, () => read.promise);
    act(() => void document.dispatchEvent(new Event("visibilitychange")));
    await waitFor(() => expect(server.of(`GET ${PATH}`)).toHaveLength(2));
    server.on(`PATCH ${PATH}`, () => saving.promise);
    await press("Zapisz");
    kept = { ...kept, version: 2, status: "closed" };
    await act(async () => {
      read.give([200, kept]);
      await read.promise;
    });
    server.on(`GET ${PATH}`, () => [200, kept]);
    saving.give([200, kept]);
    await waitFor(() => expect(screen.queryByTestId("ticket-save")).toBeNull());
    await waitFor(() => expect(server.of(`GET ${PATH}`)).toHaveLength(3));
    expect(screen.queryByTestId("ticket-told")).toBeNull();
  });

  test("what this agent does is nobody else's change", async () => {
    await show();
    choose("Status", "closed");
    server.on(`PATCH ${PATH}`, ({ body }) => {
      kept = { ...kept, ...body, version: 2 } as Ticket;
      ticketChanged(kept, { kind: "agent", id: ME.id });
      return [200, kept];
    });
    await press("Zapisz");
    await waitFor(() => expect(screen.queryByTestId("ticket-save")).toBeNull());
    expect(screen.queryByTestId("ticket-told")).toBeNull();
  });
});
