import type { RoutingSettings } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test, vi } from "vitest";
import { draftOf, NOBODY } from "../src/admin/agent.ts";
import { AgentForm } from "../src/admin/AgentForm.tsx";
import { forgetForms } from "../src/admin/kept.ts";
import { RoutingForm } from "../src/admin/RoutingForm.tsx";
import { TopicForm } from "../src/admin/TopicForm.tsx";
import { language } from "../src/i18n/index.ts";
import { ACCOUNT, ROUTING, topic } from "./made-admin.ts";

interface Sent {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** A server that gives these answers, one after another, and keeps what it was sent. */
function server(...answers: [number, object][]): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Sent["body"]) : {};
    sent.push({ method: init.method ?? "GET", path, body });
    const [status, answer] = answers[sent.length - 1] ?? [503, {}];
    return Promise.resolve(Response.json(answer, { status }));
  });
  return sent;
}

afterEach(() => {
  cleanup();
  forgetForms();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  language.value = "pl";
});

const field = (name: string | RegExp): HTMLInputElement => screen.getByLabelText(name);
const type = (name: string | RegExp, text: string): void => void fireEvent.input(field(name), { target: { value: text } });
const save = async (): Promise<void> =>
  act(() => void fireEvent.submit(screen.getByRole("form")));
const faultOf = (control: HTMLElement): string =>
  (control.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id))
    .filter((line) => line?.classList.contains("field__fault"))
    .map((line) => line?.textContent)
    .join();

test("a value out of bounds is explained beside its field, in the language in use, and nothing is sent", async () => {
  const sent = server();
  render(<RoutingForm routing={ROUTING} />);
  type("Rozmowy naraz", "101");
  await save();
  expect(sent).toEqual([]);
  expect(faultOf(field("Rozmowy naraz"))).toBe("Podaj liczbę całkowitą od 1 do 100.");
  expect(document.activeElement).toBe(field("Rozmowy naraz"));
  expect(screen.getByRole("alert").textContent).toBe("Popraw 1 pole");
  act(() => void (language.value = "en"));
  expect(faultOf(field("Chats at once"))).toBe("Enter a whole number from 1 to 100.");
  type("Chats at once", "five");
  expect(faultOf(field("Chats at once"))).toBe("Enter a whole number from 1 to 100.");
  type("Chats at once", "5");
  expect(field("Chats at once").getAttribute("aria-invalid")).toBeNull();
});

test("a form is saved as a whole with the version that was read, and goes on from the one that was saved", async () => {
  const sent = server([200, { ...ROUTING, version: 3, default_capacity: 5 }], [200, { ...ROUTING, version: 4 }]);
  render(<RoutingForm routing={ROUTING} />);
  type("Rozmowy naraz", "5");
  await save();
  await waitFor(() => expect(screen.queryByText("Masz niezapisane zmiany")).toBeNull());
  expect(sent[0]).toEqual({ method: "PUT", path: "/api/admin/routing", body: { ...ROUTING, default_capacity: 5 } });
  type("Rozmowy naraz", "6");
  await save();
  await waitFor(() => expect(sent[1]?.body["version"]).toBe(3));
});

test("a form that was overtaken tells, and loads the newer state without losing what was typed", async () => {
  const newer: RoutingSettings = { ...ROUTING, version: 9, default_capacity: 7, offers_lost_seconds: 30 };
  const sent = server([409, { code: "conflict", message: "" }], [200, newer], [200, { ...newer, version: 10 }]);
  render(<RoutingForm routing={ROUTING} />);
  type("Rozmowy naraz", "5");
  await save();
  const load = await screen.findByRole("button", { name: "Wczytaj nowszą wersję" });
  expect(field("Rozmowy naraz").value).toBe("5");
  await act(() => void fireEvent.click(load));
  await screen.findByText(/Obie osoby zmieniły: Rozmowy naraz/u);
  expect(field("Rozmowy naraz").value).toBe("5");
  expect(field("Propozycje rozmów po").value).toBe("30");
  await save();
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(sent[2]?.body).toEqual({ ...newer, default_capacity: 5 });
});

test("what is typed while the form is being saved stays in it, for the next time", async () => {
  const sent = server([200, { ...ROUTING, version: 3, default_capacity: 5 }], [200, { ...ROUTING, version: 4 }]);
  render(<RoutingForm routing={ROUTING} />);
  type("Rozmowy naraz", "5");
  await act(() => {
    fireEvent.submit(screen.getByRole("form"));
    type("Propozycje rozmów po", "35");
  });
  await waitFor(() => expect(screen.getByRole("form").getAttribute("aria-busy")).toBe("false"));
  expect(sent[0]?.body["offers_lost_seconds"]).toBe(ROUTING.offers_lost_seconds);
  expect(field("Rozmowy naraz").value).toBe("5");
  expect(field("Propozycje rozmów po").value).toBe("35");
  await save();
  await waitFor(() => expect(sent[1]?.body).toMatchObject({ version: 3, default_capacity: 5, offers_lost_seconds: 35 }));
});

test("what was typed is there again when one comes back to the page", () => {
  const { unmount } = render(<RoutingForm routing={ROUTING} />);
  type("Rozmowy naraz", "5");
  unmount();
  render(<RoutingForm routing={{ ...ROUTING, version: 3, offers_lost_seconds: 25 }} />);
  expect(field("Rozmowy naraz").value).toBe("5");
  expect(field("Propozycje rozmów po").value).toBe("25");
  expect(screen.getByText(/Przywróciliśmy zmiany/u)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Odrzuć zmiany" }));
  expect(field("Rozmowy naraz").value).toBe("3");
});

test("every parameter of a topic has a field, and the hours are a week of spans", async () => {
  const sent = server([200, topic({ version: 4 })]);
  vi.spyOn(Intl, "supportedValuesOf").mockReturnValue(["Europe/Warsaw", "UTC"]); // all of them take this document long
  render(<TopicForm topic={topic()} />);
  for (const name of [/^Nazwa tematu/u, /^Czas na odebranie/u, /^Czas na pierwszą/u, /^Wybór konsultanta/u, /^Powracający/u])
    expect(field(name)).toBeTruthy();
  for (const name of [/^Zamknij po/u, /^Ostrzeż/u, /^Strefa/u, /^Powitanie wysyłaj/u, /^Domyślny tytuł/u])
    expect(field(name)).toBeTruthy();
  for (const name of ["Powitanie", "Podczas czekania", "Poza godzinami", "Na zakończenie"])
    expect(screen.getByRole("group", { name }).querySelectorAll("textarea")).toHaveLength(2);
  fireEvent.click(screen.getByLabelText("Według planu tygodnia"));
  expect(screen.getAllByRole("textbox", { name: /otwarcie 1$/u })).toHaveLength(5);
  fireEvent.click(screen.getByRole("button", { name: "Usuń godziny 1: wtorek" }));
  fireEvent.click(screen.getByRole("button", { name: "Dodaj godziny: sobota" }));
  type("sobota: zamknięcie 1", "12");
  fireEvent.blur(field("sobota: zamknięcie 1"));
  fireEvent.click(screen.getByRole("button", { name: "Dodaj dzień" }));
  type("Data", "2026-12-25");
  type("Nazwa", "Boże Narodzenie");
  await save();
  await waitFor(() => expect(sent).toHaveLength(1));
  const { hours } = sent[0]?.body as unknown as ReturnType<typeof topic>;
  expect(hours.weekly?.map(({ day }) => day)).toEqual([1, 3, 4, 5, 6]);
  expect(hours.weekly?.at(-1)).toEqual({ day: 6, opens: "08:00", closes: "12:00" });
  expect(hours.holidays).toEqual([{ day: "2026-12-25", name: "Boże Narodzenie", spans: [] }]);
});

const around = { agents: [ACCOUNT], topics: [{ id: "sales", name: "Sprzedaż" }, { id: "support", name: "Wsparcie" }], usual: 3 };
const agentForm = (agent = draftOf(ACCOUNT)) =>
  render(
    <LocationProvider>
      <AgentForm agent={agent} around={around} />
    </LocationProvider>,
  );

test("an agent's role, capacity and priority are changed in one form", async () => {
  const sent = server([200, { ...ACCOUNT, version: 5 }]);
  agentForm();
  fireEvent.click(screen.getByLabelText(/^kierownik/u));
  fireEvent.click(screen.getByLabelText("Własna liczba"));
  type("Ile rozmów naraz", "6");
  fireEvent.change(field("Priorytet w temacie Sprzedaż"), { target: { value: "1" } });
  fireEvent.click(field("Wsparcie"));
  await save();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    method: "PUT",
    path: "/api/admin/agents/ewa",
    body: { role: "supervisor", capacity: 6, priorities: { sales: 1 }, topic_ids: ["sales", "support"], version: 4 },
  });
  expect(sent[0]?.body).not.toHaveProperty("password");
});

test("what only the server knows stands beside its field too", async () => {
  server([422, { code: "invalid", detail: "email", message: "Another agent has this e-mail address." }]);
  agentForm({ ...NOBODY });
  type("Imię i nazwisko", "Ewa");
  type("Adres e-mail", "ewa@example.com");
  type("Hasło", "kot-w-butach");
  await save();
  await waitFor(() => expect(faultOf(field("Adres e-mail"))).toBe("Inny konsultant ma już ten adres."));
  type("Adres e-mail", "ewa2@example.com");
  expect(faultOf(field("Adres e-mail"))).toBe("");
});

test("the last administrator is told why the role stays", async () => {
  server([422, { code: "invalid", detail: "role", message: "" }]);
  agentForm({ ...draftOf(ACCOUNT), role: "administrator" });
  fireEvent.click(screen.getByLabelText(/^konsultant/u));
  await save();
  await screen.findByText(/To ostatni administrator/u);
});

test("a server that does not answer loses nothing that was typed", async () => {
  server([503, {}]);
  render(<RoutingForm routing={ROUTING} />);
  type("Rozmowy naraz", "5");
  await save();
  await screen.findByText(/Nie zapisano/u);
  expect(field("Rozmowy naraz").value).toBe("5");
});
