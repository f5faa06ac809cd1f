import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetForms } from "../src/admin/kept.ts";
import { EditableCard } from "../src/customers/EditableCard.tsx";
import { language } from "../src/i18n/index.ts";
import { polite } from "../src/state/announce.ts";
import { toasts } from "../src/state/toasts.ts";
import { cards, fields, forgetCustomers, keepCustomer, loadCustomer } from "../src/state/customers.ts";
import type { Customer } from "@dymek/wire";
import { anna, FIELDS, server, type Asked } from "./made-customers.ts";

const CARD = anna({
  fields: [
    { id: "number", label: "Numer klienta", kind: "text", value: "DK-1", show_in_chat: true },
    { id: "limit", label: "Limit", kind: "number", value: "12.5", show_in_chat: false },
    { id: "page", label: "Strona", kind: "link", value: "https://firma.pl/", show_in_chat: false },
  ],
});

function Shown({ beside }: { beside: boolean }) {
  const card = cards.value.get("anna");
  return card?.state === "ready" ? <EditableCard customer={card.customer} beside={beside} /> : null;
}

/** The card on the screen, over a server that answers a save so; fields are always told. */
function open(save: (asked: Asked) => [number, object], beside = false): { saves: () => Asked[] } {
  const asked = server((one) =>
    one.path === "/api/customer-fields" ? [200, { version: 1, fields: FIELDS }] : save(one),
  );
  keepCustomer(CARD);
  render(<Shown beside={beside} />);
  return { saves: () => asked.filter(({ method }) => method === "PUT") };
}

const edit = (): void => void fireEvent.click(screen.getByRole("button", { name: /^Edytuj/u }));
const box = (name: string): HTMLInputElement => screen.getByLabelText(name);
const type = (name: string, value: string): void => void fireEvent.input(box(name), { target: { value } });
const save = async (): Promise<void> => {
  await act(() => void fireEvent.submit(screen.getByRole("form")));
  await waitFor(() => expect(screen.queryByRole("form")?.getAttribute("aria-busy")).not.toBe("true"));
};
const besideOf = (control: HTMLElement): string =>
  (control.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent)
    .join(" ");

beforeEach(() => void (fields.value = FIELDS));
afterEach(() => {
  cleanup();
  forgetForms();
  forgetCustomers();
  toasts.value = [];
  polite.value = "";
  vi.unstubAllGlobals();
  language.value = "pl";
});

test("beside a conversation only the fields that are shown there stand on the card and in its form", () => {
  open(() => [200, CARD], true);
  const shown = screen.getByTestId("custom-fields").textContent;
  expect(shown).toContain("DK-1");
  expect(shown).not.toContain("Limit");
  edit();
  expect(box("Numer klienta").value).toBe("DK-1");
  expect(screen.queryByLabelText("Limit")).toBeNull();
});

test("a card shows each value as its kind is read, and links only to web pages", () => {
  open(() => [200, CARD]);
  expect(screen.getByTestId("custom-fields").textContent).toContain("12,5");
  expect(screen.getByRole("link", { name: /firma\.pl/u }).getAttribute("href")).toBe("https://firma.pl/");
  act(() => keepCustomer({ ...CARD, version: 4, fields: [{ ...CARD.fields[2]!, value: "javascript:alert(1)" }] }));
  expect(screen.queryByRole("link", { name: /alert/u })).toBeNull();
});

test("a card is saved as a whole with its version, also what is not shown here, and is read again at once", async () => {
  const { saves } = open((one) => [200, { ...CARD, version: 4, name: String(one.body["name"]) }], true);
  edit();
  type("Imię i nazwisko *", " Anna Lis ");
  fireEvent.click(screen.getByRole("button", { name: "+ Dodaj telefon" }));
  type("Telefon 2", "500");
  await save();
  await waitFor(() => expect(screen.getByTestId("customer-card").textContent).toContain("Anna Lis"));
  expect(saves()).toHaveLength(1);
  expect(saves()[0]).toMatchObject({
    path: "/api/customers/anna",
    body: {
      id: "anna",
      version: 3,
      name: "Anna Lis",
      phones: ["+48 600 100 200", "500"],
      values: { number: "DK-1", limit: "12.5", page: "https://firma.pl/" },
    },
  });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: /^Edytuj/u })));
});

test("what is wrong is told beside its field, nothing is sent and the first such field has the focus", async () => {
  const { saves } = open(() => [200, CARD]);
  edit();
  type("Imię i nazwisko *", "");
  type("Limit", "dużo");
  await save();
  expect(saves()).toEqual([]);
  expect(besideOf(box("Imię i nazwisko *"))).toContain("To pole jest wymagane.");
  expect(besideOf(box("Limit"))).toContain("Podaj liczbę");
  expect(document.activeElement).toBe(box("Imię i nazwisko *"));
  expect(screen.getByRole("alert").textContent).toBe("Popraw 2 pola");
});

test("somebody else's change shows both words, loses neither, and is saved over what they made of it", async () => {
  const theirs: Customer = { ...CARD, version: 7, company: "Ich firma", note: "Ich notatka" };
  const { saves } = open(({ body }) =>
    body["version"] === 7 ? [200, { ...theirs, version: 8 }] : [409, { code: "conflict", message: "", present: theirs }],
  );
  edit();
  type("Firma", "Moja firma");
  await save();
  await screen.findByTestId("trouble-merged");
  expect(screen.getByTestId("trouble-merged").textContent).toContain("firma, notatka");
  expect(box("Firma").value).toBe("Moja firma");
  expect(box("Notatka").value).toBe("Ich notatka");
  const clash = screen.getByTestId("clash");
  expect(clash.textContent).toContain("Ktoś inny wpisał tu: Ich firma");
  fireEvent.click(within(clash).getByRole("button", { name: "Weź wartość wpisaną przez inną osobę: Firma" }));
  expect(box("Firma").value).toBe("Ich firma");
  expect(screen.queryByTestId("clash")).toBeNull();
  type("Firma", "Wspólna firma");
  await save();
  await waitFor(() => expect(saves()).toHaveLength(2));
  expect(saves()[1]?.body).toMatchObject({ version: 7, company: "Wspólna firma", note: "Ich notatka" });
});

test("nothing is saved before it is said whose word holds, also when the card was left in between", async () => {
  const theirs: Customer = { ...CARD, version: 7, company: "Ich firma" };
  const { saves } = open(({ body }) =>
    body["version"] === 7
      ? [200, { ...theirs, version: 8, company: String(body["company"]) }]
      : [409, { code: "conflict", message: "", present: theirs }],
  );
  edit();
  type("Firma", "Moja firma");
  await save();
  await screen.findByTestId("clash");
  await save();
  expect(screen.getByTestId("trouble-clashes").textContent).toContain("Nie zapisano: wybierz najpierw");
  expect(saves()).toHaveLength(1);
  cleanup();
  render(<Shown beside={false} />);
  expect(screen.getByTestId("clash").textContent).toContain("Ich firma");
  await save();
  expect(saves()).toHaveLength(1);
  fireEvent.click(screen.getByRole("button", { name: "Zostaw moją wartość: Firma" }));
  await save();
  await waitFor(() => expect(saves()).toHaveLength(2));
  expect(saves()[1]?.body).toMatchObject({ version: 7, company: "Moja firma" });
});

test("that a card is saved is said once", async () => {
  open((one) => [200, { ...CARD, version: 4, name: String(one.body["name"]) }]);
  edit();
  type("Firma", "Inna");
  await save();
  await waitFor(() => expect(toasts.value.map(({ text }) => text)).toEqual(["Zapisano kartę klienta"]));
  expect(polite.value).toBe("");
});

test("of an address that is another customer's it is told whose, with a link, beside that address", async () => {
  open(() => [
    409,
    { code: "conflict", message: "", taken: [{ email: "jan@x.pl", customer: { id: "jan", name: "Jan Lis" } }] },
  ]);
  edit();
  fireEvent.click(screen.getByRole("button", { name: "+ Dodaj adres" }));
  type("Adres e-mail 2", "Jan@x.pl");
  await save();
  await waitFor(() => expect(besideOf(box("Adres e-mail 2"))).toContain("należy do innego klienta"));
  const owner = screen.getByRole("link", { name: /Jan Lis/u });
  expect(owner.getAttribute("href")).toBe("/console/customers/jan");
  expect(owner.getAttribute("target")).toBe("_blank");
  expect(box("Adres e-mail 2").value).toBe("Jan@x.pl");
  expect(document.activeElement).toBe(box("Adres e-mail 2"));
});

test("what the server refuses is told beside its field, and stays typed", async () => {
  open(() => [422, { code: "invalid", detail: "values.limit", message: "Limit is a number" }]);
  edit();
  type("Limit", "7");
  await save();
  await waitFor(() => expect(besideOf(box("Limit"))).toContain("Limit is a number"));
  expect(box("Limit").value).toBe("7");
});

test("a server that does not answer loses nothing, nor does leaving the card for another page", async () => {
  open(() => [503, {}]);
  edit();
  type("Notatka", "Oddzwonić");
  await save();
  await screen.findByText(/^Nie zapisano/u);
  cleanup();
  render(<Shown beside />);
  expect(box("Notatka").value).toBe("Oddzwonić");
  expect(screen.getByText(/Przywróciliśmy zmiany/u)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Anuluj" }));
  cleanup();
  render(<Shown beside />);
  expect(screen.queryByRole("form")).toBeNull();
});

test("removing a line leaves the focus among the lines", () => {
  open(() => [200, CARD]);
  edit();
  fireEvent.click(screen.getByRole("button", { name: "+ Dodaj adres" }));
  expect(document.activeElement).toBe(box("Adres e-mail 2"));
  type("Adres e-mail 2", "b@x.pl");
  fireEvent.click(screen.getByRole("button", { name: "Usuń adres b@x.pl" }));
  expect(document.activeElement).toBe(box("Adres e-mail"));
});

test("of two answers about a card the newer one stays, in whichever order they come", async () => {
  server(() => [200, anna({ version: 4, name: "Nowsza" })]);
  keepCustomer(anna({ version: 5, name: "Najnowsza" }));
  await loadCustomer("anna");
  expect(cards.value.get("anna")).toMatchObject({ customer: { name: "Najnowsza" } });
});

test("a card that cannot be read again stays on the screen as it was known", async () => {
  server(() => [503, {}]);
  keepCustomer(anna());
  await loadCustomer("anna");
  expect(cards.value.get("anna")?.state).toBe("ready");
  await loadCustomer("jan");
  expect(cards.value.get("jan")?.state).toBe("fault");
});
