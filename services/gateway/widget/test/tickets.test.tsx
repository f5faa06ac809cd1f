import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { entry, gateway, Gateway, SALES, started } from "./support.ts";
import { button, click, find, happens, root, says, setUp, show, showTalk, submit, text, type } from "./screen.tsx";

setUp();

/** What stands beside the field as its fault, by the field's name. */
function faults(): Record<string, string | undefined> {
  const fields = [...root.querySelectorAll<HTMLInputElement>("[aria-invalid=true]")];
  return Object.fromEntries(
    fields.map((field) => [field.name, document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent ?? undefined]),
  );
}

const NOTHING = { name: "Wpisz imię.", email: "Wpisz adres e-mail.", text: "Wpisz wiadomość." };
const asks = (what: string) => Gateway.all.flatMap((one) => one.of("send")).filter((frame) => frame["action"].do === what);

async function fill(values: Partial<Record<keyof typeof NOTHING, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await type(`.form [name=${name}]`, value);
}

describe("the form of a waiting visitor's ticket", () => {
  async function form(): Promise<void> {
    await showTalk([started], 1);
    await click(button("Zostaw wiadomość"));
  }

  it("requires every field, says beside each what is missing, and sends nothing", async () => {
    await form();
    await fill({ name: " ", email: "", text: "\n" });
    await submit();
    expect(faults()).toEqual(NOTHING);
    expect(asks("leave_ticket")).toEqual([]);
  });

  it.each([
    ["email", "to nie adres", "To nie wygląda na adres e-mail. Przykład: anna@example.com"],
    ["email", `${"a".repeat(250)}@example.com`, "To jest za długie."],
    ["name", "a".repeat(121), "To jest za długie."],
    ["text", "a".repeat(4001), "Za długie o 1 znak"],
  ] as const)("refuses a bad %s, keeps all that was typed, and takes the error back when it is mended", async (field, bad, sentence) => {
    await form();
    const good = { name: "Ola", email: "ola@example.com", text: "Nie działa" };
    await fill({ ...good, [field]: bad });
    await submit();
    expect(faults()).toEqual({ [field]: sentence });
    expect(find<HTMLInputElement>(`.form [name=${field}]`).value).toBe(bad);
    await fill({ [field]: good[field] });
    expect(faults()).toEqual({});
  });

  it("makes one request of a double click, and the same one again after a cut", async () => {
    await form();
    await fill({ name: "Ola", email: "ola@example.com", text: "Nie działa" });
    await act(() => {
      const send = (): boolean => find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      send();
      send();
    });
    await submit();
    expect(asks("leave_ticket")).toHaveLength(1);
    vi.useFakeTimers();
    await act(() => gateway().onclose?.());
    await act(async () => void (await vi.advanceTimersByTimeAsync(30_000)));
    await act(() => gateway().welcomes());
    vi.useRealTimers();
    const requests = asks("leave_ticket");
    expect(requests.length).toBeGreaterThan(1);
    expect(new Set(requests.map(({ id, stream }) => `${id} ${stream}`)).size).toBe(1);
    await happens(entry(2, { kind: "ended", reason: "became_ticket", agent_name: null }));
    await happens(entry(3, { kind: "ticket_opened", number: 1042 }));
    expect(text()).toContain("Numer zgłoszenia: #1042");
  });

  it("shows a refusal beside the field that it names", async () => {
    await form();
    await fill({ name: "Ola", email: "ola@example.com", text: "Nie działa" });
    await submit();
    await says({ t: "refused", id: asks("leave_ticket")[0]?.["id"], refusal: { code: "invalid", detail: "email" } });
    await vi.waitFor(() => expect(Object.keys(faults())).toEqual(["email"]));
    expect(find<HTMLTextAreaElement>(".form [name=text]").value).toBe("Nie działa");
  });
});

describe("the form of a message that is left after hours", () => {
  const SHUT = { topics: [{ ...SALES, open: false }] };

  it("requires every field, whatever the widget asks for otherwise, and says beside each what is missing", async () => {
    await show({ ...SHUT, email_field: { shown: false, required: false }, name_field: { shown: false, required: false } });
    await submit();
    expect(faults()).toEqual(NOTHING);
    expect(asks("leave_message")).toEqual([]);
  });

  it("makes one conversation of a double click, and the same one again after a cut", async () => {
    await show(SHUT);
    await fill({ name: "Ola", email: "ola@example.com", text: "Kiedy otwieracie?" });
    await act(() => {
      const send = (): boolean => find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
      send();
      send();
    });
    await vi.waitFor(() => {
      gateway().welcomes();
      expect(asks("leave_message")).toHaveLength(1);
    });
    await submit();
    vi.useFakeTimers();
    await act(() => gateway().onclose?.());
    await act(async () => void (await vi.advanceTimersByTimeAsync(30_000)));
    await act(() => gateway().welcomes());
    vi.useRealTimers();
    const requests = asks("leave_message");
    expect(requests.length).toBeGreaterThan(1);
    expect(new Set(requests.map(({ id, stream }) => `${id} ${stream}`)).size).toBe(1);
  });
});
