import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test, vi } from "vitest";
import CustomersPage from "../src/customers/CustomersPage.tsx";
import { forgetCustomers } from "../src/state/customers.ts";
import { found, server } from "./made-customers.ts";

const ADDRESS = "/console/customers";

afterEach(() => {
  cleanup();
  forgetCustomers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  history.replaceState(null, "", "/");
});

function open(at = ADDRESS): void {
  history.replaceState(null, "", at);
  render(
    <LocationProvider>
      <CustomersPage />
    </LocationProvider>,
  );
}

const type = (text: string): void =>
  void fireEvent.input(screen.getByLabelText("Szukaj klienta"), { target: { value: text } });
const sought = (path: string): string | null => new URL(path, "http://x").searchParams.get("q");
const rows = (): (string | null)[] => screen.queryAllByTestId("customer-row").map((row) => row.querySelector("a")!.textContent);

test("what is typed is sought once it stands still, stands in the address, and older questions are given up", async () => {
  let release: () => void = () => undefined;
  const asked = server(async ({ path }) => {
    if (sought(path) === "an") await new Promise<void>((resolve) => (release = resolve));
    return [200, { customers: [found(sought(path) ?? "wszyscy", { name: `Dla ${sought(path)}` })], next: null }];
  });
  open();
  await waitFor(() => expect(rows()).toEqual(["Dla null"]));
  type("a");
  type("an");
  await waitFor(() => expect(asked.map(({ path }) => sought(path))).toEqual([null, "an"]));
  type("anna");
  await waitFor(() => expect(rows()).toEqual(["Dla anna"]));
  expect(asked[1]?.signal?.aborted).toBe(true);
  await act(async () => release());
  expect(rows()).toEqual(["Dla anna"]);
  expect(location.pathname + location.search).toBe(`${ADDRESS}?q=anna`);
});

test("whoever comes by an address finds what it seeks, with what answers it marked", async () => {
  server(() => [200, { customers: [found("l", { name: "Łukasz", company: "Piekarnia, Łódź" })], next: null }]);
  open(`${ADDRESS}?q=lodz`);
  await waitFor(() => expect(document.querySelector("mark")?.textContent).toBe("Łódź"));
  expect(screen.getByLabelText<HTMLInputElement>("Szukaj klienta").value).toBe("lodz");
  expect(screen.getByTestId("found").textContent).toBe("1 wynik");
});

test("the next page is put behind the first", async () => {
  const asked = server(({ path }) =>
    path.includes("after=")
      ? [200, { customers: [found("b")], next: null }]
      : [200, { customers: [found("a")], next: "miejsce" }],
  );
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Pokaż więcej" }));
  await waitFor(() => expect(rows()).toEqual(["Klient a", "Klient b"]));
  expect(asked.at(-1)?.path).toContain("after=miejsce");
  expect(screen.getByText("To już wszyscy.")).toBeTruthy();
});

test("the focus goes to the first of the last ones when there is nothing more to show", async () => {
  server(({ path }) =>
    path.includes("after=")
      ? [200, { customers: [found("b"), found("c")], next: null }]
      : [200, { customers: [found("a")], next: "miejsce" }],
  );
  open();
  const more = await screen.findByRole("button", { name: "Pokaż więcej" });
  more.focus();
  fireEvent.click(more);
  await waitFor(() => expect(rows()).toHaveLength(3));
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Klient b"));
});

test("a page that cannot be read takes nothing away, and that page is asked for again", async () => {
  let works = false;
  const asked = server(({ path }) => {
    if (!path.includes("after=")) return [200, { customers: [found("a")], next: "miejsce" }];
    return works ? [200, { customers: [found("b")], next: null }] : [503, {}];
  });
  open();
  fireEvent.click(await screen.findByRole("button", { name: "Pokaż więcej" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Nie udało się wczytać listy klientów.");
  expect(rows()).toEqual(["Klient a"]);
  works = true;
  fireEvent.click(screen.getByRole("button", { name: "Spróbuj ponownie" }));
  await waitFor(() => expect(rows()).toEqual(["Klient a", "Klient b"]));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(asked.map(({ path }) => path.includes("after="))).toEqual([false, true, true]);
});

test("whoever comes back finds as many customers as they left, at the height where they left them", async () => {
  const all = Array.from({ length: 120 }, (_, at) => found(String(at)));
  const asked = server(({ path }) => {
    const query = new URL(path, "http://x").searchParams;
    const [from, limit] = [Number(query.get("after") ?? 0), Number(query.get("limit"))];
    const end = from + limit;
    return [200, { customers: all.slice(from, end), next: end < all.length ? String(end) : null }];
  });
  open();
  for (const shown of [50, 100]) {
    await waitFor(() => expect(rows()).toHaveLength(shown));
    await waitFor(() => expect(screen.getByRole("button", { name: "Pokaż więcej" }).getAttribute("aria-disabled")).toBe("false"));
    fireEvent.click(screen.getByRole("button", { name: "Pokaż więcej" }));
  }
  await waitFor(() => expect(rows()).toHaveLength(120));
  screen.getByRole("main").scrollTop = 700;
  fireEvent.scroll(screen.getByRole("main"));
  cleanup();
  asked.length = 0;
  open();
  expect(rows()).toHaveLength(120);
  expect(screen.getByRole("main").scrollTop).toBe(700);
  await waitFor(() => expect(asked).toHaveLength(2));
  await waitFor(() => expect(document.querySelector(".results")?.getAttribute("aria-busy")).toBe("false"));
  expect(rows()).toHaveLength(120);
});

test("nobody found leads to a new card with what was typed", async () => {
  server(() => [200, { customers: [], next: null }]);
  open(`${ADDRESS}?q=jan%40lis.pl`);
  const add = await screen.findByRole("link", { name: "Dodaj klienta „jan@lis.pl”" });
  expect(add.getAttribute("href")).toBe("/console/customers/new?email=jan%40lis.pl");
});

test("a list that cannot be read says so and is read again on demand", async () => {
  let works = false;
  server(() => (works ? [200, { customers: [found("a")], next: null }] : [503, {}]));
  open();
  works = true;
  fireEvent.click(await screen.findByRole("button", { name: "Spróbuj ponownie" }));
  await waitFor(() => expect(rows()).toEqual(["Klient a"]));
});
