import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetForms } from "../src/admin/kept.ts";
import CustomerPage from "../src/customers/CustomerPage.tsx";
import { fields, forgetCustomers } from "../src/state/customers.ts";
import { FIELDS, server } from "./made-customers.ts";

beforeEach(() => void (fields.value = FIELDS));
afterEach(() => {
  cleanup();
  forgetForms();
  forgetCustomers();
  vi.unstubAllGlobals();
  history.replaceState(null, "", "/");
});

function open(query = ""): void {
  cleanup();
  history.replaceState(null, "", `/console/customers/new${query}`);
  render(
    <LocationProvider>
      <CustomerPage id="new" />
    </LocationProvider>,
  );
}

const name = (): HTMLInputElement => screen.getByLabelText("Imię i nazwisko *");
const emails = (): string[] => screen.getAllByLabelText<HTMLInputElement>(/^Adres e-mail/u).map(({ value }) => value);
const save = (): Promise<void> => act(() => void fireEvent.submit(screen.getByRole("form")));

test("two people never come onto one new card, and what was typed about the first one waits", () => {
  server(() => [200, { version: 1, fields: FIELDS }]);
  open("?email=anna%40x.pl");
  fireEvent.input(name(), { target: { value: "Anna" } });
  open("?email=jan%40y.pl");
  expect([name().value, emails()]).toEqual(["", ["jan@y.pl"]]);
  expect(screen.queryByTestId("clash")).toBeNull();
  expect(screen.queryByText(/Przywróciliśmy/u)).toBeNull();
  open("?email=anna%40x.pl");
  expect([name().value, emails()]).toEqual(["Anna", ["anna@x.pl"]]);
});

test("a card whose saving was not answered is saved again as the same one, and is nobody's after signing out", async () => {
  const asked = server(({ method }) => (method === "PUT" ? [503, {}] : [200, { version: 1, fields: FIELDS }]));
  const ids = (): unknown[] => asked.filter(({ method }) => method === "PUT").map(({ body }) => body["id"]);
  open();
  fireEvent.input(name(), { target: { value: "Anna" } });
  await save();
  await waitFor(() => expect(ids()).toHaveLength(1));
  open();
  await save();
  await waitFor(() => expect(ids()).toHaveLength(2));
  expect(ids()[1]).toBe(ids()[0]);
  forgetForms();
  open();
  expect(name().value).toBe("");
  fireEvent.input(name(), { target: { value: "Jan" } });
  await save();
  await waitFor(() => expect(ids()).toHaveLength(3));
  expect(ids()[2]).not.toBe(ids()[0]);
});
