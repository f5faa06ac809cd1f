import type { Template } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetForms } from "../src/admin/kept.ts";
import { language } from "../src/i18n/index.ts";
import { session } from "../src/state/session.ts";
import { toasts } from "../src/state/toasts.ts";
import { draftOf, freshDraft } from "../src/templates/draft.ts";
import { TemplateForm } from "../src/templates/TemplateForm.tsx";
import { TemplateList } from "../src/templates/TemplateList.tsx";
import { me } from "./made.ts";
import { template } from "./made-templates.ts";

interface Sent {
  method: string;
  path: string;
  body: Partial<Template>;
}

let sent: Sent[];
/** Answers to what changes something, in turn. */
let answers: [number, object | null][];
/** What there is to read. */
let templates: Template[];

const TOPICS = [
  { id: "sales", name: "Sprzedaż" },
  { id: "support", name: "Wsparcie" },
];

beforeEach(() => {
  [sent, answers, templates] = [[], [], []];
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    if (!init.method) return Promise.resolve(Response.json(path === "/api/topics" ? { topics: TOPICS } : { templates }));
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Sent["body"]) : {};
    sent.push({ method: init.method, path, body });
    const [status, answer] = answers.shift() ?? [503, {}];
    return Promise.resolve(answer === null ? new Response(null, { status }) : Response.json(answer, { status }));
  });
  session.value = { state: "in", me: me({ role: "supervisor" }) };
});

afterEach(() => {
  cleanup();
  forgetForms();
  session.value = { state: "checking" };
  toasts.value = [];
  language.value = "pl";
  vi.unstubAllGlobals();
});

const form = (kept?: Template): void =>
  void render(
    <LocationProvider>
      <TemplateForm
        template={kept ? draftOf(kept) : freshDraft()}
        around={{ templates: kept ? [kept] : [], topics: TOPICS }}
        me={me()}
      />
    </LocationProvider>,
  );
const field = (name: string | RegExp): HTMLInputElement => screen.getByLabelText(name);
const type = (name: string, text: string): void => void fireEvent.input(field(name), { target: { value: text } });
const submit = (): Promise<void> => act(() => void fireEvent.submit(screen.getByRole("form")));
const faults = (): (string | null)[] => [...document.querySelectorAll(".field__fault")].map((line) => line.textContent);
const marked = (kind: string): (string | null)[] =>
  [...document.querySelectorAll(`.variable--${kind}`)].map((mark) => mark.textContent);

test("the preview shows what the words become, and marks what is no variable", () => {
  form();
  type("Tekst", "Dzień dobry, {{customer.name}} z {{customer.company}}. {{agent.name}}, {{klient}}");
  expect(screen.getByTestId("template-preview").textContent).toContain(
    "Dzień dobry, Anna Nowak z Kawiarnia Nowak. Jan Kowalski, {{klient}}",
  );
  expect(marked("value")).toEqual(["Anna Nowak", "Kawiarnia Nowak", "Jan Kowalski"]);
  expect(marked("unknown")).toEqual(["{{klient}}"]);
});

test("what is wrong is said beside each field before anything is sent", async () => {
  form();
  type("Skrót", "dzień dobry");
  type("Tekst", "{{klient}}");
  await submit();
  expect(faults()).toEqual(["To pole jest wymagane.", "Tylko litery, cyfry, „-” i „_”, najwyżej 40 znaków.", "Nie ma zmiennej klient."]);
  fireEvent.click(field("Wspólny"));
  fireEvent.click(field("Wszystkie tematy"));
  expect(faults()).toContain("Wybierz co najmniej jeden temat albo wszystkie.");
  expect(sent).toEqual([]);
});

test("a new template is sent once made whole, and twice under one id", async () => {
  answers = [[503, {}], [200, template()]];
  form();
  type("Tytuł", " Zwrot ");
  type("Skrót", "/zwrot");
  fireEvent.click(screen.getByRole("button", { name: "temat" }));
  fireEvent.click(field("Wspólny"));
  fireEvent.click(field("Wszystkie tematy"));
  fireEvent.click(field("Wsparcie"));
  await submit();
  await screen.findByText(/Nie zapisano/u);
  expect(field("Tytuł").value).toBe("Zwrot");
  await submit();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[0]?.body).toEqual({
    id: sent[0]?.path.split("/").at(-1),
    version: 0,
    title: "Zwrot",
    shortcut: "zwrot",
    text: "{{topic.name}}",
    topic_ids: ["support"],
    own: false,
  });
  expect(sent[1]).toEqual(sent[0]);
});

test("an own template is of no topic, whatever was chosen before", async () => {
  answers = [[200, template({ own: true })]];
  form();
  type("Tytuł", "Zwrot");
  type("Skrót", "zwrot");
  type("Tekst", "Zwrot");
  fireEvent.click(field("Wspólny"));
  fireEvent.click(field("Wszystkie tematy"));
  fireEvent.click(field("Wsparcie"));
  fireEvent.click(field("Mój szablon"));
  await submit();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toMatchObject({ own: true, topic_ids: [] });
});

test("a shortcut that is taken is told beside its field, and nothing typed is lost", async () => {
  const kept = template({ own: true });
  answers = [[422, { code: "invalid", detail: "shortcut", message: "" }]];
  form(kept);
  type("Skrót", "zwrot");
  await submit();
  await waitFor(() => expect(faults()).toEqual(["Ten skrót ma już inny szablon."]));
  expect(field("Skrót").value).toBe("zwrot");
});

test("somebody else's change is told, loaded on request, and what was typed stays", async () => {
  const kept = template();
  answers = [[409, { code: "conflict" }], [200, { ...kept, version: 3, title: "Moje", text: "Nowszy" }]];
  form(kept);
  type("Tytuł", "Moje");
  await submit();
  templates = [{ ...kept, version: 2, text: "Nowszy" }];
  const load = await screen.findByRole("button", { name: "Wczytaj nowszą wersję" });
  await act(() => void fireEvent.click(load));
  await waitFor(() => expect(field("Tekst").value).toBe("Nowszy"));
  expect(field("Tytuł").value).toBe("Moje");
  await submit();
  await waitFor(() => expect(sent[1]?.body).toMatchObject({ version: 2, title: "Moje", text: "Nowszy" }));
});

test("a template is removed after a question, in the version that was seen", async () => {
  HTMLDialogElement.prototype.showModal ??= function show(this: HTMLDialogElement) {
    this.open = true;
  };
  const kept = template({ version: 4 });
  answers = [[409, { code: "conflict" }], [204, null]];
  form(kept);
  templates = [{ ...kept, version: 5, title: "Nowszy" }];
  const remove = async (): Promise<void> => {
    fireEvent.click(screen.getByRole("button", { name: "Usuń szablon" }));
    const [, confirm] = await screen.findAllByText("Usuń szablon");
    await act(() => void fireEvent.click(confirm!));
  };
  await remove();
  await waitFor(() => expect(toasts.value.at(-1)?.text).toContain("Ktoś zmienił ten szablon"));
  await waitFor(() => expect(field("Tytuł").value).toBe("Nowszy"));
  await remove();
  await waitFor(() => expect(sent.map(({ path }) => path.split("?")[1])).toEqual(["version=4", "version=5"]));
  expect(toasts.value.at(-1)?.text).toBe("Usunięto szablon");
});

test("one's own and shared templates are listed apart and found by a word", () => {
  const own = template({ own: true, title: "Mój", shortcut: "moj" });
  const shared = template({ title: "Łódź", text: "Nasz sklep w Łodzi", topic_ids: ["support", "sales"] });
  render(<TemplateList around={{ templates: [own, shared], topics: TOPICS }} />);
  expect(screen.getByRole("region", { name: "Moje" }).textContent).toContain("/moj");
  expect(screen.getByRole("region", { name: "Wspólne" }).textContent).toContain("Sprzedaż, Wsparcie");
  type("Szukaj szablonu", "lodzi");
  expect(screen.queryByRole("region", { name: "Moje" })).toBeNull();
  expect(screen.getByRole("status").textContent).toBe("1 szablon");
  type("Szukaj szablonu", "nic takiego");
  expect(screen.getByText("Nic nie znaleziono")).toBeTruthy();
});

test("a new template whose answer was lost keeps its id when its form is opened again", async () => {
  answers = [[503, {}], [200, template()]];
  form();
  type("Tytuł", "Zwrot");
  type("Skrót", "zwrot");
  type("Tekst", "Proszę odesłać.");
  await submit();
  await screen.findByText(/Nie zapisano/u);
  cleanup();
  form();
  expect(field("Tytuł").value).toBe("Zwrot");
  await submit();
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]).toEqual(sent[0]);
});

test("a new template that turns out to be stored already goes on as that one, also on another visit", async () => {
  answers = [[503, {}], [409, { code: "conflict", message: "" }], [200, template()]];
  form();
  type("Tytuł", "Zwrot");
  type("Skrót", "zwrot");
  type("Tekst", "Proszę odesłać.");
  await submit();
  await screen.findByText(/Nie zapisano/u);
  templates = [template({ ...sent[0]!.body, version: 1 })];
  cleanup();
  form();
  type("Tekst", "Proszę odesłać do nas.");
  await submit();
  const load = await screen.findByRole("button", { name: "Wczytaj nowszą wersję" });
  await act(() => void fireEvent.click(load));
  await screen.findByText(/Obie osoby zmieniły|Wczytano nowszą/u);
  cleanup();
  form();
  expect(field("Tekst").value).toBe("Proszę odesłać do nas.");
  await submit();
  await waitFor(() => expect(sent).toHaveLength(3));
  expect(sent[2]?.path).toBe(sent[0]?.path);
  expect(sent[2]?.body).toMatchObject({ version: 1, text: "Proszę odesłać do nas." });
});
