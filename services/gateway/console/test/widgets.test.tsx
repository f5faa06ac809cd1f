import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EXAMPLES, examplesOf } from "../src/admin/examples.ts";
import { WidgetsPage } from "../src/admin/WidgetsPage.tsx";
import { language } from "../src/i18n/index.ts";
import { toasts } from "../src/state/toasts.ts";

const SHOP = { key: "shop", title: "Palarnia Dolna", has_secret: false };
const HELP = { key: "help", title: "Pomoc", has_secret: true };

let asked: string[];

/** A server that lists these widgets, and answers each wish for a secret with the next of these. */
function server(widgets: object[], ...secrets: [number, object][]): void {
  asked = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    asked.push(`${init.method ?? "GET"} ${path}`);
    const [status, body] = init.method === "POST" ? (secrets.shift() ?? [503, {}]) : [200, { widgets }];
    return Promise.resolve(Response.json(body, { status }));
  });
}

async function show(): Promise<void> {
  render(
    <LocationProvider>
      <WidgetsPage />
    </LocationProvider>,
  );
  await screen.findByRole("heading", { name: "Palarnia Dolna" });
}

const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole("button", { name }));

beforeEach(() => {
  HTMLDialogElement.prototype.showModal ??= () => undefined;
});
afterEach(() => {
  cleanup();
  toasts.value = [];
  language.value = "pl";
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a widget without a secret gets one at once, shown until it is put away and then never again", async () => {
  server([SHOP], [201, { secret: "bardzo-tajne" }]);
  await show();
  expect(screen.getByText("Bez sekretu")).toBeTruthy();
  press("Utwórz sekret widżetu Palarnia Dolna");
  const field = (await screen.findByLabelText("Sekret")) as HTMLInputElement;
  expect(field.value).toBe("bardzo-tajne");
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toContain("drugi raz go nie pokażemy");
  expect(screen.getByText("Sekret ustawiony")).toBeTruthy();
  press("Gotowe, schowaj sekret");
  await waitFor(() => expect(screen.queryByLabelText("Sekret")).toBeNull());
  expect(document.body.innerHTML).not.toContain("bardzo-tajne");
  await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Nowy sekret widżetu Palarnia Dolna"));
  expect(asked).toEqual(["GET /api/admin/widgets", "POST /api/admin/widgets/shop/secret"]);
});

test("a secret that is in use is replaced only after the warning that the old one ends", async () => {
  server([SHOP, HELP], [201, { secret: "nowszy" }]);
  await show();
  press("Nowy sekret widżetu Pomoc");
  const question = screen.getByText(/Obecny sekret przestanie działać od razu/u).closest("dialog") as HTMLElement;
  expect(asked).toHaveLength(1);
  fireEvent.click(within(question).getByText("Nowy sekret"));
  expect(((await screen.findByLabelText("Sekret")) as HTMLInputElement).value).toBe("nowszy");
  expect(asked.at(-1)).toBe("POST /api/admin/widgets/help/secret");
});

test("a refusal changes nothing and is said", async () => {
  server([SHOP], [403, { code: "not_allowed" }]);
  await show();
  press("Utwórz sekret widżetu Palarnia Dolna");
  await waitFor(() => expect(toasts.value.map(({ text }) => text)).toEqual(["Nie utworzono sekretu"]));
  expect(screen.getByText("Bez sekretu")).toBeTruthy();
});

test("where the answer is lost it is said that a secret may have been made, and a new one is made", async () => {
  const widgets = [{ ...SHOP }, HELP];
  server(widgets, [201, { secret: "pomocny" }], [503, {}], [201, { secret: "bardzo-tajne" }]);
  await show();
  press("Nowy sekret widżetu Pomoc");
  fireEvent.click(within(screen.getByRole("dialog")).getByText("Nowy sekret"));
  await screen.findByLabelText("Sekret");
  widgets[0]!.has_secret = true;
  press("Utwórz sekret widżetu Palarnia Dolna");
  expect(await screen.findByText(/Nie wiemy, czy sekret powstał/u)).toBeTruthy();
  const renew = await screen.findByRole("button", { name: "Nowy sekret widżetu Palarnia Dolna" });
  // The other widget's secret, which is shown this once, is still there.
  expect((screen.getByLabelText("Sekret") as HTMLInputElement).value).toBe("pomocny");
  await waitFor(() => expect(renew.getAttribute("aria-disabled")).toBe("false"));
  fireEvent.click(renew);
  fireEvent.click(within(screen.getByRole("dialog")).getByText("Nowy sekret"));
  await waitFor(() => expect(screen.getAllByLabelText("Sekret")).toHaveLength(2));
  expect(screen.queryByText(/Nie wiemy, czy sekret powstał/u)).toBeNull();
  expect(toasts.value).toEqual([]);
});

test("copying an example says what came of it, where it is seen", async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  server([SHOP]);
  await show();
  const { name, code } = EXAMPLES[0]!;
  const example = screen.getByText(name).closest("details") as HTMLDetailsElement;
  example.open = true;
  press(`Kopiuj przykład: ${name}`);
  expect(await within(example).findByText("Skopiowano")).toBeTruthy();
  expect(writeText).toHaveBeenCalledWith(code);
  writeText.mockRejectedValueOnce(new DOMException("no", "NotAllowedError"));
  press(`Kopiuj przykład: ${name}`);
  expect(await within(example).findByText(/Przykład jest zaznaczony/u)).toBeTruthy();
});

test("the secret is copied, or selected where the browser forbids copying", async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  server([SHOP], [201, { secret: "bardzo-tajne" }]);
  await show();
  press("Utwórz sekret widżetu Palarnia Dolna");
  await screen.findByLabelText("Sekret");
  press("Kopiuj");
  await screen.findByText("Skopiowano");
  expect(writeText).toHaveBeenCalledWith("bardzo-tajne");
  writeText.mockRejectedValueOnce(new DOMException("no", "NotAllowedError"));
  press("Kopiuj");
  await screen.findByText(/Przeglądarka nie pozwala kopiować/u);
});

test("the examples are those of the documentation, in three languages", async () => {
  server([SHOP]);
  await show();
  expect(EXAMPLES.map(({ name }) => name)).toEqual(["Python", "PHP", "JavaScript"]);
  for (const { name, code } of EXAMPLES) {
    expect(code).toContain("HS256");
    expect(screen.getByRole("button", { name: `Kopiuj przykład: ${name}`, hidden: true })).toBeTruthy();
  }
  expect(examplesOf("# A\n\n### B\n\n```js\nlet a = `x`;\n```\n\ntext")).toEqual([{ name: "B", code: "let a = `x`;" }]);
});
