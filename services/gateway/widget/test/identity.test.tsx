import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { SALES, entry, gateway, resetTo, started } from "./support.ts";
import { button, click, find, maybe, setUp, show, submit, text, type } from "./screen.tsx";

setUp();

const ANNA = { name: "Anna", email: "anna@example.com", token: "signed.by.site" };
const HANDED = ["/api/visitor/identity", { method: "POST", headers: { Authorization: "Bearer secret", "Content-Type": "application/json" }, body: JSON.stringify({ token: ANNA.token }) }];

type Asked = [path: string, init: RequestInit];
const asked = (): Asked[] => vi.mocked(fetch).mock.calls as unknown as Asked[];
const paths = (): string[] => asked().map(([path]) => path);
const tokens = (): Asked[] => asked().filter(([path]) => path === "/api/visitor/identity");

const shown = (): string[] => ["name", "email"].map((field) => find<HTMLInputElement>(`input[name=${field}]`).value);

/** A gateway that gives out a token, and answers by path. */
function answers(byPath: Record<string, unknown> = {}): void {
  vi.stubGlobal("fetch", vi.fn((path: string) => {
    const body = byPath[path] ?? (path.endsWith("/visitors") ? { token: "secret" } : { verified: true, conversations: [] });
    return body instanceof Error ? Promise.reject(body) : Promise.resolve(new Response(JSON.stringify(body), { status: body === 401 ? 401 : 200 }));
  }));
}

async function begin(): Promise<void> {
  await submit();
  await vi.waitFor(() => expect(gateway().of("hello").length + paths().length).toBeGreaterThan(0));
  await vi.waitFor(() => {
    gateway().welcomes();
    expect(gateway().asked("start")).toBeDefined();
  });
}

describe("a visitor whom the site knows", () => {
  it("finds name and address filled in, also where the page tells of them late", async () => {
    const { host } = await show({ topics: [SALES] });
    await act(() => host.knows({ name: "Anna", email: "anna@example.com" }));
    expect(find<HTMLInputElement>("input[name=name]").value).toBe("Anna");
    expect(find<HTMLInputElement>("input[name=email]").value).toBe("anna@example.com");
  });

  it("keeps what they typed themselves", async () => {
    const { host } = await show({ topics: [SALES] });
    await type("input[name=email]", "inny@example.com");
    await act(() => host.knows(ANNA));
    expect(find<HTMLInputElement>("input[name=name]").value).toBe("Anna");
    expect(find<HTMLInputElement>("input[name=email]").value).toBe("inny@example.com");
  });

  it("is forgotten when they have signed out, and another takes their place", async () => {
    const { host } = await show({ topics: [SALES] });
    await act(() => host.knows(ANNA));
    await act(() => host.knows({}));
    expect(shown()).toEqual(["", ""]);
    expect(maybe("Wcześniejsze rozmowy")).toBeUndefined();
    await act(() => host.knows({ name: "Ola", email: "ola@example.com" }));
    expect(shown()).toEqual(["Ola", "ola@example.com"]);
    await act(() => host.knows({ name: "Jan" }));
    expect(shown()).toEqual(["Jan", ""]);
  });

  it("is not there any more for the next person, also after a conversation", async () => {
    answers();
    const { host, talk } = await show({ topics: [SALES] });
    await act(() => host.knows(ANNA));
    await begin();
    const stream = talk.conversation as string;
    await act(() => gateway().says({ t: "ack", id: gateway().asked("start")?.["id"], seq: 1 }));
    await act(() => gateway().says(resetTo(stream, [started, entry(2, { kind: "ended", reason: "ended_by_visitor", agent_name: null })])));
    expect(sessionStorage.getItem("dymek:demo:person")).not.toContain("nna");
    expect(maybe("Zmień temat lub dane")).toBeDefined();
    await act(() => host.knows({}));
    await click(button("Rozpocznij nową rozmowę"));
    expect(shown()).toEqual(["", ""]);
  });

  it("keeps what they typed when they have signed out, when the beginning is refused, and when they come back to the form", async () => {
    answers();
    const { host } = await show({ topics: [SALES] });
    await act(() => host.knows(ANNA));
    await type("input[name=email]", "inny@example.com");
    await click(button("Wcześniejsze rozmowy"));
    await click(button("Wróć"));
    expect(shown()).toEqual(["Anna", "inny@example.com"]);
    await begin();
    await act(() => gateway().says({ t: "refused", id: gateway().asked("start")?.["id"], refusal: { code: "outside_hours" } }));
    await vi.waitFor(() => expect(shown()).toEqual(["Anna", "inny@example.com"]));
    await act(() => host.knows({}));
    expect(shown()).toEqual(["", "inny@example.com"]);
  });

  it("leaves no trace before they begin: the token of the site is nobody's yet", async () => {
    answers();
    const { host } = await show({ topics: [SALES] });
    await act(() => host.knows(ANNA));
    expect(fetch).not.toHaveBeenCalled();
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it("is vouched for before the conversation begins, once", async () => {
    answers();
    const { host } = await show({ topics: [SALES] });
    await act(() => host.knows(ANNA));
    await begin();
    expect(paths()).toEqual(["/api/widgets/demo/visitors", "/api/visitor/identity"]);
    expect(tokens()[0]).toMatchObject(HANDED);
    await vi.waitFor(() => expect(text()).toContain("Szukamy wolnego konsultanta"));
    await act(() => gateway().says({ t: "refused", id: gateway().asked("start")?.["id"], refusal: { code: "outside_hours" } }));
    await vi.waitFor(() => expect(find("textarea[name=text]")).toBeDefined());
    await type("textarea[name=text]", "Proszę o telefon");
    await submit();
    await vi.waitFor(() => {
      gateway().welcomes();
      expect(gateway().asked("leave_message")).toBeDefined();
    });
    expect(tokens()).toHaveLength(1);
  });

  it.each([
    ["refused", 401],
    ["lost on the way", new TypeError("offline")],
  ])("chats all the same when their token is %s", async (_, answer) => {
    answers({ "/api/visitor/identity": answer });
    const { host } = await show({ topics: [SALES] });
    await act(() => host.knows(ANNA));
    await begin();
    expect(tokens()).toHaveLength(1);
    expect(gateway().asked("start")?.["action"]).toMatchObject({ email: "anna@example.com" });
  });

  it("loses nothing that they write while the site's word is still on its way", async () => {
    let vouched: (answer: Response) => void = () => undefined;
    answers();
    vi.mocked(fetch).mockImplementation((path) =>
      path === "/api/visitor/identity"
        ? new Promise((resolve) => (vouched = resolve))
        : Promise.resolve(new Response(JSON.stringify({ token: "secret" }))),
    );
    const { host } = await show({ topics: [SALES] });
    await act(() => host.knows(ANNA));
    await submit();
    await vi.waitFor(() => expect(tokens()).toHaveLength(1));
    await vi.waitFor(() => expect(text()).toContain("Szukamy wolnego konsultanta"));
    await type(".write textarea", "Dzień dobry");
    await submit();
    expect(gateway().asked("start")).toBeUndefined();
    expect(find(".message.own").textContent).toContain("Dzień dobry");
    expect(find(".message.own").dataset["delivery"]).toBe("unsent");
    await act(() => vouched(new Response("{}")));
    await vi.waitFor(() => {
      gateway().welcomes();
      expect(gateway().asked("start")).toBeDefined();
    });
    await act(() => gateway().says({ t: "ack", id: gateway().asked("start")?.["id"], seq: 1 }));
    expect(gateway().asked("post")?.["action"]).toEqual({ do: "post", text: "Dzień dobry" });
  });

  it("may look at conversations of before, although this browser has none, and none without the site's word", async () => {
    const past = { conversation_id: "older", topic_name: "Wsparcie", state: "closed", started_at: "2026-03-01T10:00:00Z", ended_at: null, close_reason: "inactive", agents: [], last_line: "Do zobaczenia" };
    answers({ "/api/visitor/conversations": { conversations: [past] } });
    const { host } = await show({ topics: [SALES] });
    expect(maybe("Wcześniejsze rozmowy")).toBeUndefined();
    await act(() => host.knows(ANNA));
    await click(button("Wcześniejsze rozmowy"));
    await vi.waitFor(() => expect(text()).toContain("Do zobaczenia"));
    expect(paths()).toEqual(["/api/widgets/demo/visitors", "/api/visitor/identity", "/api/visitor/conversations"]);
    expect(tokens()[0]).toMatchObject(HANDED);
  });

  it("is told when no token can be had to look with, and can try again", async () => {
    answers({ "/api/widgets/demo/visitors": new TypeError("offline") });
    const { host } = await show({ topics: [SALES] });
    await act(() => host.knows(ANNA));
    await click(button("Wcześniejsze rozmowy"));
    await vi.waitFor(() => expect(text()).toContain("Nie udało się wczytać rozmów."));
    answers();
    await click(button("Spróbuj ponownie"));
    await vi.waitFor(() => expect(text()).toContain("Nie ma tu jeszcze żadnej rozmowy."));
  });
});
