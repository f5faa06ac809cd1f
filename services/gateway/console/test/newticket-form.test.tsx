import type { AgentTopics, ConversationRecord, Me } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { polite } from "../src/state/announce.ts";
import { toasts } from "../src/state/toasts.ts";
import NewTicketPage from "../src/tickets/new/NewTicketPage.tsx";
import { at } from "./made.ts";

const ME: Me = { agent_id: "jan", name: "Jan Kowalski", email: "jan@example.com", role: "agent" };
const TOPICS = {
  topics: [
    { id: "sales", name: "Sprzedaż", ticket_subject: "Zgłoszenie dla czata z kolejki <topic>" },
    { id: "support", name: "Wsparcie", ticket_subject: "Awaria: <topic>" },
  ],
} as AgentTopics;
const RECORD = {
  conversation_id: "chat",
  state: "active",
  topic: { id: "sales", name: "Sprzedaż" },
  visitor_name: "Anna",
  visitor_email: "anna@example.com",
  language: "pl",
  customer_id: null,
  started_at: at(0),
  entries: [{ seq: 1, at: at(0), body: { kind: "visitor_message", client_id: "v", text: "Czy wysyłacie?" } }],
} as unknown as ConversationRecord;

const CUSTOMER = { id: "c", name: "Anna Nowak", emails: ["nowak@example.com", "anna@example.com"] };

interface Sent {
  path: string;
  body: Record<string, unknown>;
}
type Answer = (sent: Sent) => Response | Promise<Response>;

/** What the server made of what was put: the ticket as it was asked for first. */
const made: Answer = ({ path, body }) =>
  Response.json({ ...body, id: path.split("/").at(-1), number: 1042, messages: [{ text: body["text"] }] });
const cut: Answer = () => Promise.reject(new TypeError("no network"));

/** A gateway that reads as above and answers each PUT in turn; what was put is kept. */
function gateway(...answers: Answer[]): Sent[] {
  const puts: Sent[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    if (init.method === "PUT") {
      const sent = { path, body: JSON.parse(String(init.body)) as Sent["body"] };
      puts.push(sent);
      return Promise.resolve((answers[puts.length - 1] ?? made)(sent));
    }
    if (path === "/api/topics") return Promise.resolve(Response.json(TOPICS));
    if (path === "/api/conversations/chat") return Promise.resolve(Response.json(RECORD));
    if (path === "/api/customers/c") return Promise.resolve(Response.json(CUSTOMER));
    return Promise.resolve(Response.json({ code: "unknown" }, { status: 404 }));
  });
  return puts;
}

async function open(query = "?conversation=chat"): Promise<void> {
  history.replaceState(null, "", `/console/tickets/new${query}`);
  render(
    <LocationProvider scope="/console">
      <NewTicketPage me={ME} />
    </LocationProvider>,
  );
  await screen.findByRole("heading", { name: "Nowe zgłoszenie" });
}

const field = (name: string): HTMLInputElement => screen.getByLabelText(name);
const type = (name: string, text: string): void => void fireEvent.input(field(name), { target: { value: text } });
const submit = (): void => void fireEvent.submit(screen.getByRole("form"));
const faultOf = (name: string): string =>
  (field(name).getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id))
    .filter((line) => line?.classList.contains("field__fault"))
    .map((line) => line?.textContent)
    .join();

beforeEach(() => {
  sessionStorage.clear();
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("every field is required: nothing is sent, each fault stands beside its field, the first has the focus", async () => {
  const puts = gateway();
  await open("");
  await screen.findByRole("form");
  act(submit);
  for (const name of ["Imię i nazwisko", "Adres e-mail", "Temat", "Tytuł", "Treść"])
    expect(faultOf(name)).toBe("To pole jest wymagane.");
  await waitFor(() => expect(document.activeElement).toBe(field("Imię i nazwisko")));
  expect(screen.getByRole("alert").textContent).toBe("Popraw 5 pól");
  expect(puts).toEqual([]);
});

test("two presses of one moment are one request, and what was made is shown", async () => {
  const puts = gateway();
  await open();
  await screen.findByRole("form");
  act(() => {
    submit();
    submit();
  });
  await waitFor(() => expect(location.pathname).toBe(`/console${puts[0]!.path.replace("/api", "")}`));
  expect(puts).toHaveLength(1);
  expect(puts[0]!.body).toMatchObject({
    topic: { id: "sales", name: "Sprzedaż" },
    subject_line: "Zgłoszenie dla czata z kolejki Sprzedaż",
    name: "Anna",
    email: "anna@example.com",
    conversation_id: "chat",
  });
  expect(String(puts[0]!.body["text"])).toContain("Anna (gość):\n  Czy wysyłacie?");
});

test("sent again after a cut, or after a reload of the page, it has the same id and the same words", async () => {
  const puts = gateway(cut, cut);
  await open();
  await screen.findByRole("form");
  type("Tytuł", "Wysyłka do Wrocławia");
  act(submit);
  expect(await screen.findByText(/powstanie tylko jedno/u)).toBeTruthy();
  act(submit);
  await waitFor(() => expect(puts).toHaveLength(2));
  cleanup();
  await open();
  expect((await screen.findByLabelText<HTMLInputElement>("Tytuł")).value).toBe("Wysyłka do Wrocławia");
  expect(screen.getByText("Przywróciliśmy to, co było wpisane.")).toBeTruthy();
  act(submit);
  await waitFor(() => expect(location.pathname).toContain("/tickets/"));
  expect(new Set(puts.map(({ path }) => path)).size).toBe(1);
  expect(puts.map(({ body }) => body["subject_line"])).toEqual(Array(3).fill("Wysyłka do Wrocławia"));
});

test("the next ticket out of the same chat is another one", async () => {
  const puts = gateway();
  for (const count of [1, 2]) {
    await open();
    await screen.findByRole("form");
    act(submit);
    await waitFor(() => expect(puts).toHaveLength(count));
    await waitFor(() => expect(location.pathname).not.toContain("/new"));
    cleanup();
  }
  expect(puts[0]!.path).not.toBe(puts[1]!.path);
});

test("where a lost attempt had made the ticket, what was changed since is kept, and may become one of its own", async () => {
  let first: Sent | null = null;
  const lost: Answer = (sent) => {
    first = sent;
    return cut(sent);
  };
  const other: Answer = async () =>
    Response.json({ code: "conflict", message: "It is another.", present: await (await made(first!)).json() }, { status: 409 });
  const puts = gateway(lost, other);
  await open();
  await screen.findByRole("form");
  act(submit);
  await screen.findByText(/powstanie tylko jedno/u);
  type("Tytuł", "Faktura");
  act(submit);
  expect(await screen.findByText(/zgłoszenie #1042 już istnieje/u)).toBeTruthy();
  expect(field("Tytuł").value).toBe("Faktura");
  expect(screen.getByRole("link", { name: "Otwórz zgłoszenie #1042" }).getAttribute("href")).toContain(
    puts[0]!.path.split("/").at(-1),
  );
  act(() => void fireEvent.click(screen.getByRole("button", { name: "Utwórz drugie zgłoszenie" })));
  await waitFor(() => expect(puts).toHaveLength(3));
  expect(puts[2]!.path).not.toBe(puts[0]!.path);
  expect(puts[2]!.body["subject_line"]).toBe("Faktura");
});

test("what the server does not take is told beside its field, and all that was typed stays", async () => {
  gateway(() => Response.json({ code: "invalid", message: "U+0000 cannot be stored", detail: "text" }, { status: 422 }));
  await open();
  await screen.findByRole("form");
  type("Treść", "Coś\u0000");
  act(submit);
  await waitFor(() => expect(faultOf("Treść")).toContain("U+0000"));
  await waitFor(() => expect(document.activeElement).toBe(field("Treść")));
  expect(field("Treść").value).toBe("Coś\u0000");
});

test("for a customer their name and first address are filled in, and the ticket is theirs unless unlinked", async () => {
  const puts = gateway();
  await open("?customer=c");
  await screen.findByRole("form");
  expect([field("Imię i nazwisko").value, field("Adres e-mail").value]).toEqual(["Anna Nowak", "nowak@example.com"]);
  expect(field("Zapisz w historii klienta: Anna Nowak").checked).toBe(true);
  fireEvent.change(field("Temat"), { target: { value: "support" } });
  type("Tytuł", "Młynek");
  type("Treść", "Prosi o telefon.");
  act(submit);
  await waitFor(() => expect(puts).toHaveLength(1));
  expect(puts[0]!.body).toMatchObject({ customer_id: "c", conversation_id: null, topic: { id: "support", name: "Wsparcie" } });
});

test("a conversation that this agent may not read is told, with the way to an empty form", async () => {
  gateway();
  await open("?conversation=other");
  expect(await screen.findByText("Nie można wczytać tej rozmowy")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Wypełnij zgłoszenie ręcznie" }).getAttribute("href")).toBe("/console/tickets/new");
});

test("the ticket of an earlier attempt is looked at without losing what was changed since", async () => {
  const puts = gateway(({ path, body }) => {
    const present = { ...body, id: path.split("/").at(-1), number: 1042 };
    return Response.json({ code: "conflict", message: "It is another.", present }, { status: 409 });
  });
  await open();
  await screen.findByRole("form");
  type("Tytuł", "Faktura");
  act(submit);
  const there = await screen.findByRole("link", { name: "Otwórz zgłoszenie #1042" });
  act(() => void fireEvent.click(there));
  cleanup();
  await open();
  expect((await screen.findByLabelText<HTMLInputElement>("Tytuł")).value).toBe("Faktura");
  expect(screen.getByText(/zgłoszenie #1042 już istnieje/u)).toBeTruthy();
  act(() => void fireEvent.click(screen.getByRole("button", { name: "Zacznij od nowa" })));
  act(submit);
  await waitFor(() => expect(puts).toHaveLength(2));
  expect(puts[1]!.path).not.toBe(puts[0]!.path);
});

test("what was typed is given up only after a question; an untouched form is left at once", async () => {
  gateway();
  await open();
  await screen.findByRole("form");
  type("Treść", "Prosi o telefon.");
  fireEvent.click(screen.getByRole("button", { name: "Anuluj" }));
  expect(await screen.findByText("Odrzucić to, co wpisano?")).toBeTruthy();
  expect(location.pathname).toBe("/console/tickets/new");
  cleanup();
  await open();
  await screen.findByRole("form");
  expect(field("Treść").value).toBe("Prosi o telefon.");
  fireEvent.click(screen.getByRole("button", { name: "Anuluj" }));
  fireEvent.click(await screen.findByText("Odrzuć"));
  await waitFor(() => expect(location.pathname).toBe("/console/tickets"));
  cleanup();
  await open();
  await screen.findByRole("form");
  expect(field("Treść").value).not.toBe("Prosi o telefon.");
  fireEvent.click(screen.getByRole("button", { name: "Anuluj" }));
  await waitFor(() => expect(location.pathname).toBe("/console/tickets"));
});

test("that a ticket was made is said once", async () => {
  gateway();
  polite.value = "";
  await open();
  await screen.findByRole("form");
  act(submit);
  await waitFor(() => expect(toasts.value.map(({ text }) => text)).toContain("Utworzono zgłoszenie #1042"));
  expect(polite.value).toBe("");
});
