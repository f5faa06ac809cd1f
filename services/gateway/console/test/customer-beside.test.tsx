import type { EntryBody, Header } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetForms } from "../src/admin/kept.ts";
import { CustomerCard } from "../src/chats/CustomerCard.tsx";
import { chosenBy } from "../src/chats/NoCard.tsx";
import { fields, forgetCustomers } from "../src/state/customers.ts";
import * as live from "../src/state/live.ts";
import { anna, FIELDS, found, server } from "./made-customers.ts";
import { desk, entries, joined, log, ME, started } from "./made.ts";

const looked = (customer_id: string | null): EntryBody => ({ kind: "customer_looked_up", customer_id, verified: false });
const attached = (customer: { id: string; name: string } | null): EntryBody => ({
  kind: "customer_attached",
  customer,
  by: ME,
});

let asked: object[] = [];

beforeEach(() => {
  asked = [];
  fields.value = FIELDS;
  live.desk.value = desk();
  vi.spyOn(live, "ask").mockImplementation((action) => {
    asked.push(action);
    return Promise.resolve(true);
  });
});
afterEach(() => {
  cleanup();
  forgetForms();
  forgetCustomers();
  live.desk.value = null;
  live.logs.value = new Map();
  live.pending.value = [];
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function headerOf(...bodies: EntryBody[]): Header {
  const view = log(entries([started(), ...bodies]));
  live.logs.value = new Map([["c", view]]);
  return view.header;
}

test("the card may arrive a moment after the chat, and what the visitor gave stands there meanwhile", async () => {
  server(({ path }) => [200, path === "/api/customers/anna" ? anna() : { version: 1, fields: FIELDS }]);
  const { rerender } = render(<CustomerCard header={headerOf(joined())} />);
  expect(screen.getByText("anna@example.com")).toBeTruthy();
  expect(screen.queryByTestId("customer-unknown")).toBeNull();
  rerender(<CustomerCard header={headerOf(joined(), looked("anna"))} />);
  await screen.findByTestId("customer-card");
  expect(screen.getByText("Adres niezweryfikowany")).toBeTruthy();
});

test("who takes part says that it is nobody's, and others only see whose it is", async () => {
  server(({ path }) => [200, path === "/api/customers/anna" ? anna() : { version: 1, fields: FIELDS }]);
  const { rerender } = render(<CustomerCard header={headerOf(joined(), looked("anna"))} />);
  fireEvent.click(await screen.findByRole("button", { name: "Odłącz klienta" }));
  expect(asked).toEqual([{ do: "attach", customer_id: null }]);
  rerender(<CustomerCard header={headerOf(looked("anna"))} />);
  expect(screen.queryByRole("button", { name: "Odłącz klienta" })).toBeNull();
  expect(screen.getByTestId("customer-card")).toBeTruthy();
});

test("a new card is made of what the visitor gave, once, and attached", async () => {
  const saved = server((one) =>
    one.method === "PUT" ? [200, { ...anna(), id: String(one.body["id"]), version: 1 }] : [200, { version: 1, fields: FIELDS }],
  );
  render(<CustomerCard header={headerOf(joined(), looked(null))} />);
  fireEvent.click(screen.getByRole("button", { name: "Utwórz kartę" }));
  expect(screen.getByLabelText<HTMLInputElement>("Imię i nazwisko *").value).toBe("Anna");
  expect(screen.getByLabelText<HTMLInputElement>("Adres e-mail").value).toBe("anna@example.com");
  await act(() => {
    fireEvent.submit(screen.getByRole("form"));
    fireEvent.submit(screen.getByRole("form"));
  });
  await waitFor(() => expect(asked).toHaveLength(1));
  const puts = saved.filter(({ method }) => method === "PUT");
  expect(puts).toHaveLength(1);
  expect(puts[0]?.body).toMatchObject({ version: 0, name: "Anna", emails: ["anna@example.com"] });
  expect(asked).toEqual([{ do: "attach", customer_id: puts[0]?.body["id"] }]);
});

test("an address that is somebody's already leads to their card", async () => {
  server((one) =>
    one.method === "PUT"
      ? [409, { code: "conflict", message: "", taken: [{ email: "anna@example.com", customer: { id: "anna", name: "Anna Nowak" } }] }]
      : [200, { version: 1, fields: FIELDS }],
  );
  render(<CustomerCard header={headerOf(joined(), looked(null))} />);
  fireEvent.click(screen.getByRole("button", { name: "Utwórz kartę" }));
  await act(() => void fireEvent.submit(screen.getByRole("form")));
  fireEvent.click(await screen.findByRole("button", { name: "Przypisz kartę: Anna Nowak" }));
  await waitFor(() => expect(asked).toEqual([{ do: "attach", customer_id: "anna" }]));
  await waitFor(() => expect(screen.queryByRole("form")).toBeNull());
});

test("a card that is being made stays when a colleague attaches another one, and can still be given up or made", async () => {
  server((one) =>
    one.method === "PUT"
      ? [200, { ...anna(), id: String(one.body["id"]), version: 1 }]
      : [200, one.path === "/api/customers/jan" ? anna({ id: "jan", name: "Jan Lis" }) : { version: 1, fields: FIELDS }],
  );
  const { rerender } = render(<CustomerCard header={headerOf(joined(), looked(null))} />);
  fireEvent.click(screen.getByRole("button", { name: "Utwórz kartę" }));
  const company = screen.getByLabelText<HTMLInputElement>("Firma");
  fireEvent.input(company, { target: { value: "Piekarnia" } });
  rerender(<CustomerCard header={headerOf(joined(), looked(null), attached({ id: "jan", name: "Jan Lis" }))} />);
  expect(screen.getByTestId("attached-meanwhile").textContent).toContain("Rozmowę przypisano tymczasem do karty: Jan Lis.");
  expect(screen.getByLabelText<HTMLInputElement>("Firma").value).toBe("Piekarnia");
  cleanup();
  const again = render(<CustomerCard header={headerOf(joined(), attached({ id: "jan", name: "Jan Lis" }))} />);
  expect(screen.getByLabelText<HTMLInputElement>("Firma").value).toBe("Piekarnia");
  await act(() => void fireEvent.submit(screen.getByRole("form")));
  await waitFor(() => expect(asked).toHaveLength(1));
  again.rerender(<CustomerCard header={headerOf(joined(), attached({ id: "jan", name: "Jan Lis" }))} />);
  await screen.findByTestId("customer-card");
  expect(screen.queryByRole("form")).toBeNull();
});

test("a new card in which nothing was typed gives way to the one that a colleague attached", async () => {
  server(({ path }) => [200, path === "/api/customers/jan" ? anna({ id: "jan", name: "Jan Lis" }) : { version: 1, fields: FIELDS }]);
  const { rerender } = render(<CustomerCard header={headerOf(joined(), looked(null))} />);
  fireEvent.click(screen.getByRole("button", { name: "Utwórz kartę" }));
  rerender(<CustomerCard header={headerOf(joined(), attached({ id: "jan", name: "Jan Lis" }))} />);
  expect((await screen.findByTestId("customer-card")).textContent).toContain("Jan Lis");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("group", { name: "Klient" })));
});

test("the focus stays beside the conversation when the button that was pressed is gone", async () => {
  server(({ path }) => [200, path === "/api/customers/anna" ? anna() : { version: 1, fields: FIELDS }]);
  const { rerender } = render(<CustomerCard header={headerOf(joined(), looked("anna"))} />);
  const detach = await screen.findByRole("button", { name: "Odłącz klienta" });
  detach.focus();
  fireEvent.click(detach);
  rerender(<CustomerCard header={headerOf(joined(), looked("anna"), attached(null))} />);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("group", { name: "Klient" })));
});

test("closing the search before its answer takes the choice back, and the answer closes no other search", async () => {
  let answer: (done: boolean) => void = () => undefined;
  vi.mocked(live.ask).mockImplementation(() => new Promise((resolve) => (answer = resolve)));
  const discarded = vi.spyOn(live, "discard").mockImplementation(() => undefined);
  server(({ path }) => [
    200,
    path.startsWith("/api/customers?") ? { customers: [found("jan")], next: null } : { version: 1, fields: FIELDS },
  ]);
  render(<CustomerCard header={headerOf(joined(), looked(null))} />);
  fireEvent.click(screen.getByRole("button", { name: "Znajdź klienta…" }));
  fireEvent.input(screen.getByLabelText("Szukaj klienta"), { target: { value: "jan" } });
  fireEvent.click(await screen.findByTestId("customer-choice"));
  live.pending.value = [
    { id: "asked", stream: "c", action: { do: "attach", customer_id: "jan" } } as (typeof live.pending.value)[number],
  ];
  fireEvent.click(screen.getByRole("button", { name: "Anuluj", hidden: true }));
  expect(discarded.mock.calls).toEqual([["asked"]]);
  fireEvent.click(screen.getByRole("button", { name: "Znajdź klienta…" }));
  await act(async () => answer(true));
  expect(document.querySelector("dialog")).not.toBeNull();
});

test("the last word on whose conversation it is is an agent's or the look-up's", () => {
  expect(chosenBy(entries([started(), looked("anna")]))).toBeNull();
  expect(chosenBy(entries([started(), looked("anna"), attached(null)]))).toEqual({ customer: null, by: ME });
});

test("a conversation that was detached does not say that its address is unknown", () => {
  server(() => [200, { version: 1, fields: FIELDS }]);
  render(<CustomerCard header={headerOf(joined(), looked("anna"), attached(null))} />);
  expect(screen.getByText("Bez karty klienta")).toBeTruthy();
  expect(screen.queryByText("Nieznany adres")).toBeNull();
});
