import type { Template } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { useRef, useState } from "preact/hooks";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { polite } from "../src/state/announce.ts";
import { session } from "../src/state/session.ts";
import { TemplateButton, Unfilled } from "../src/templates/TemplatePicker.tsx";
import { useTemplates, type Box } from "../src/templates/useTemplates.tsx";
import { me } from "./made.ts";
import { template } from "./made-templates.ts";

const HELLO = template({ shortcut: "hej", title: "Powitanie", text: "Dzień dobry, {{visitor.name}}! Tu {{agent.name}}." });
const CARD = template({ shortcut: "firma", title: "Firma", text: "Faktura dla {{customer.company}}, {{customer.name}}." });
const SALES = template({ shortcut: "cennik", title: "Cennik", text: "Oto cennik.", topic_ids: ["sales"] });
const SUPPORT = template({ shortcut: "restart", title: "Restart", text: "Proszę włączyć ponownie.", topic_ids: ["support"] });

const VALUES = { "visitor.name": "Anna", "agent.name": "Jan" };

/** What the list of templates is answered, one after another; the last one again and again. */
let answers: ((() => Promise<Response>) | readonly Template[] | number)[] = [];
let asked = 0;

beforeEach(() => {
  asked = 0;
  answers = [[HELLO, CARD, SALES, SUPPORT]];
  vi.stubGlobal("fetch", (path: string) => {
    if (path !== "/api/templates") return Promise.resolve(Response.json({}, { status: 404 }));
    const answer = answers[Math.min(asked++, answers.length - 1)]!;
    if (typeof answer === "function") return answer();
    if (typeof answer === "number") return Promise.resolve(Response.json({}, { status: answer }));
    return Promise.resolve(Response.json({ templates: answer }));
  });
  session.value = { state: "in", me: me() };
});

afterEach(() => {
  cleanup();
  session.value = { state: "out", expired: false };
  polite.value = "";
  vi.unstubAllGlobals();
});

const sent: string[] = [];

/** A box as chats and tickets have one: Enter sends what may be sent. */
function Writing({ box = {} }: { box?: Partial<Box> }) {
  const input = useRef<HTMLTextAreaElement>(null);
  const [text, change] = useState("");
  const templates = useTemplates({ input, text, change, values: VALUES, ...box });
  const send = (): void => {
    if (!templates.holds()) sent.push(text);
  };
  return (
    <div>
      {templates.popup}
      <TemplateButton of={templates} />
      <textarea
        ref={input}
        aria-label="Wiadomość"
        value={text}
        {...templates.control}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!templates.key(event) && event.key === "Enter") send();
        }}
      />
      <Unfilled of={templates} />
    </div>
  );
}

function write(box: Partial<Box> = {}): HTMLTextAreaElement {
  sent.length = 0;
  render(<Writing box={box} />);
  const element = screen.getByLabelText<HTMLTextAreaElement>("Wiadomość");
  act(() => element.focus());
  return element;
}

/** Types at the end, as a person does. */
async function type(element: HTMLTextAreaElement, text: string): Promise<void> {
  await act(() => {
    element.value += text;
    element.setSelectionRange(element.value.length, element.value.length);
    fireEvent.input(element);
  });
}

const press = (element: HTMLElement, key: string): Promise<void> => act(() => void fireEvent.keyDown(element, { key }));
const options = (): string[] => screen.queryAllByRole("option").map((option) => option.querySelector("span")?.textContent ?? "");
const activeOption = (element: HTMLElement): string | null | undefined =>
  document.getElementById(element.getAttribute("aria-activedescendant") ?? "")?.querySelector("span")?.textContent;
const selected = (element: HTMLTextAreaElement): string => element.value.slice(element.selectionStart, element.selectionEnd);

test("a slash at the beginning of a word opens the list, and what follows looks in it", async () => {
  const box = write();
  await type(box, "Witam ");
  expect(screen.queryByRole("listbox")).toBeNull();
  await type(box, "/");
  await waitFor(() => expect(options()).toHaveLength(4));
  await waitFor(() => expect(polite.value).toContain("4 szablony"));
  await type(box, "fir");
  expect(options()).toEqual(["Firma"]);
  await type(box, " ");
  await type(box, "zupełnie inne słowa");
  expect(screen.queryByTestId("template-picker")).toBeNull();
});

test("the box points at the chosen one; arrows go round, and Enter puts it in the slash's place, filled in", async () => {
  const box = write();
  await type(box, "Witam /");
  await waitFor(() => expect(activeOption(box)).toBe("Powitanie"));
  expect(box.getAttribute("aria-controls")).toBe(screen.getByRole("listbox").id);
  await press(box, "ArrowUp");
  expect(activeOption(box)).toBe("Restart");
  await press(box, "ArrowDown");
  expect(activeOption(box)).toBe("Powitanie");
  expect(screen.getByTestId("template-picker").textContent).toContain("Dzień dobry, Anna! Tu Jan.");
  await press(box, "Enter");
  expect(box.value).toBe("Witam Dzień dobry, Anna! Tu Jan.");
  expect(box.selectionStart).toBe(box.value.length);
  expect(screen.queryByTestId("template-picker")).toBeNull();
  expect(box.hasAttribute("aria-activedescendant")).toBe(false);
  expect(sent).toEqual([]);
  await press(box, "Enter");
  expect(sent).toEqual(["Witam Dzień dobry, Anna! Tu Jan."]);
});

test("a template can be pointed at and pressed, and the caret stays in the box", async () => {
  const box = write();
  await type(box, "/");
  await waitFor(() => expect(options()).toHaveLength(4));
  const option = screen.getByRole("option", { name: /Cennik/u });
  expect(fireEvent.mouseDown(option)).toBe(false);
  await act(() => void fireEvent.click(option));
  expect(box.value).toBe("Oto cennik.");
  expect(document.activeElement).toBe(box);
});

test("only templates of the conversation's topic, of all topics and one's own are offered", async () => {
  const box = write({ topicId: "sales" });
  await type(box, "/");
  await waitFor(() => expect(options()).toEqual(["Powitanie", "Firma", "Cennik"]));
});

test("what has no value stays marked, is selected, and nothing is sent before it is filled in", async () => {
  const box = write();
  await type(box, "/firma");
  await waitFor(() => expect(options()).toEqual(["Firma"]));
  expect(screen.getByTestId("template-picker").textContent).toContain("Bez wartości: firma klienta, nazwa klienta");
  await press(box, "Enter");
  expect(box.value).toBe("Faktura dla {{customer.company}}, {{customer.name}}.");
  expect(selected(box)).toBe("{{customer.company}}");
  expect(screen.getByTestId("unfilled").textContent).toContain("Uzupełnij:");

  await press(box, "Enter");
  expect(sent).toEqual([]);
  expect(screen.getByTestId("unfilled").textContent).toContain("Nie wysłano.");
  expect(polite.value).toContain("Nie wysłano. Uzupełnij albo usuń: firma klienta, nazwa klienta.");
  await act(() => void fireEvent.click(screen.getByRole("button", { name: "Przejdź do miejsca: nazwa klienta" })));
  expect(selected(box)).toBe("{{customer.name}}");

  await act(() => {
    box.value = "Faktura dla Kawiarni Nowak, Anny.";
    fireEvent.input(box);
  });
  expect(screen.queryByTestId("unfilled")).toBeNull();
  await press(box, "Enter");
  expect(sent).toEqual(["Faktura dla Kawiarni Nowak, Anny."]);
});

test("why a customer's card is left out is told beside the preview", async () => {
  const box = write({ why: "Adres jest niezweryfikowany." });
  await type(box, "/firma");
  await waitFor(() => expect(screen.getByTestId("template-picker").textContent).toContain("Adres jest niezweryfikowany."));
  await press(box, "Escape");
  await type(box, " /hej");
  expect(screen.getByTestId("template-picker").textContent).not.toContain("Adres jest niezweryfikowany.");
});

test("Escape closes the list and leaves what was typed, until another slash is begun", async () => {
  const box = write();
  await type(box, "/he");
  await waitFor(() => expect(options()).toEqual(["Powitanie"]));
  await press(box, "Escape");
  expect(screen.queryByTestId("template-picker")).toBeNull();
  await type(box, "j");
  expect(screen.queryByTestId("template-picker")).toBeNull();
  expect(box.value).toBe("/hej");
  await type(box, " /");
  expect(screen.getByTestId("template-picker")).toBeTruthy();
});

test("the button opens the list by a slash of its own, and takes it back", async () => {
  const box = write();
  await type(box, "Witam");
  const button = screen.getByRole("button", { name: "Wstaw szablon" });
  await act(() => void fireEvent.click(button));
  await waitFor(() => expect(options()).toHaveLength(4));
  expect(box.value).toBe("Witam /");
  expect(button.getAttribute("aria-expanded")).toBe("true");
  await press(box, "Escape");
  expect(box.value).toBe("Witam ");
  expect(button.getAttribute("aria-expanded")).toBe("false");
});

test("what matches nothing is said, and Enter sends it as it is", async () => {
  const box = write();
  await type(box, "/nic");
  await waitFor(() => expect(screen.getByTestId("template-picker").textContent).toContain("Nic nie pasuje do „/nic”"));
  await press(box, "Enter");
  expect(sent).toEqual(["/nic"]);
});

test("Enter does not send what looks for a template while the list is on its way", async () => {
  let give: (answer: Response) => void = () => undefined;
  answers = [() => new Promise<Response>((resolve) => (give = resolve))];
  const box = write();
  await type(box, "/hej");
  await press(box, "Enter");
  expect(sent).toEqual([]);
  await act(() => give(Response.json({ templates: [HELLO] })));
  await waitFor(() => expect(options()).toEqual(["Powitanie"]));
});

test("a list that cannot be read says so and can be asked for again", async () => {
  answers = [503, [HELLO]];
  const box = write();
  await type(box, "/");
  await screen.findByText(/Nie udało się wczytać szablonów/u);
  await act(() => void fireEvent.click(screen.getByRole("button", { name: "Spróbuj ponownie" })));
  await waitFor(() => expect(options()).toEqual(["Powitanie"]));
});

test("nobody is shown the templates of the agent who sat here before", async () => {
  const box = write();
  await type(box, "/");
  await waitFor(() => expect(options()).toHaveLength(4));
  cleanup();
  answers = [[]];
  session.value = { state: "in", me: me({ agent_id: "ewa", name: "Ewa" }) };
  const other = write();
  await type(other, "/");
  await screen.findByText("Nie ma jeszcze szablonów.");
});
