import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { entry, Gateway, gateway, resetTo, started } from "./support.ts";
import { button, click, find, maybe, root, setUp, show, showTalk, text } from "./screen.tsx";

setUp();

const joined = entry(2, { kind: "agent_joined", agent_name: "Ewa" });
const over = [started, joined, entry(3, { kind: "ended", reason: "ended_by_agent", agent_name: "Ewa" })];
const PAST = [
  { conversation_id: "stream", topic_name: "Sprzedaż", state: "closed", started_at: "2026-03-02T10:00:00Z", ended_at: "2026-03-02T10:05:00Z", close_reason: "ended_by_agent", agents: ["Ewa"], last_line: "Do zobaczenia" },
  { conversation_id: "older", topic_name: "Wsparcie", state: "closed", started_at: "2026-03-01T10:00:00Z", ended_at: "2026-03-01T10:05:00Z", close_reason: "inactive", agents: [], last_line: "" },
];

function remembered(conversations: unknown = PAST, status = 200): void {
  localStorage.setItem("dymek:demo", JSON.stringify({ token: "secret", conversation: null }));
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify({ conversations }), { status }))));
}

async function look(): Promise<void> {
  await click(button("Wcześniejsze rozmowy"));
  await vi.waitFor(() => expect(text()).not.toContain("Ładowanie…"));
}

const list = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(".past")];

describe("earlier conversations", () => {
  it("are not spoken of to who has none", async () => {
    await show();
    expect(maybe("Wcześniejsze rozmowy")).toBeUndefined();
  });

  it("are asked for with the visitor's own token, the newest first, each with how it ended", async () => {
    remembered();
    await show();
    await look();
    expect(fetch).toHaveBeenCalledWith("/api/visitor/conversations", { headers: { Authorization: "Bearer secret" } });
    expect(list()).toHaveLength(2);
    expect(list()[0]?.textContent).toContain("Do zobaczenia");
    expect(list()[0]?.textContent).toContain("Ewa · Zakończona przez konsultanta");
    expect(list()[1]?.textContent).toContain("Zakończona z powodu braku aktywności");
    expect(document.activeElement?.textContent).toBe("Wcześniejsze rozmowy");
  });

  it("can be read, and left again for the list and the form", async () => {
    remembered();
    const { talk } = await show();
    await look();
    await click(list()[1] as HTMLElement);
    expect(Gateway.all).toHaveLength(2);
    await act(() => {
      gateway().welcomes();
      gateway().says(resetTo("older", [started, joined, entry(3, { kind: "agent_message", agent_name: "Ewa", text: "Dzień dobry" })]));
    });
    expect(gateway().of("hello")).toEqual([{ t: "hello", v: 1, token: "secret", streams: { older: 0 } }]);
    expect(text()).toContain("Dzień dobry");
    expect(root.querySelector("textarea")).toBeNull();
    expect(talk.phase).toBe("start");
    await click(button("Wróć"));
    expect(list()).toHaveLength(2);
    expect(document.activeElement).toBe(list()[1]);
    await click(button("Wróć"));
    expect(text()).toContain("W czym możemy pomóc?");
  });

  it("are within reach after the end, which is found again on the way back", async () => {
    await showTalk(over);
    vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify({ conversations: PAST })))));
    await look();
    expect(list()).toHaveLength(2);
    await click(button("Wróć"));
    expect(text()).toContain("Jak oceniasz tę rozmowę?");
  });

  it("that are not over are gone on with", async () => {
    remembered([{ ...PAST[1], state: "active", ended_at: null, close_reason: null }]);
    const { talk } = await show();
    await look();
    expect(text()).toContain("Rozmowa trwa");
    await click(list()[0] as HTMLElement);
    await act(() => {
      gateway().welcomes();
      gateway().says(resetTo("older", [started, joined]));
    });
    expect([talk.conversation, talk.phase]).toEqual(["older", "active"]);
    expect(find(".write textarea")).toBeDefined();
  });

  it("say why one cannot be read", async () => {
    remembered();
    await show();
    await look();
    await click(list()[1] as HTMLElement);
    await act(() => {
      gateway().welcomes();
      gateway().says({ t: "refused", id: "older", refusal: { code: "not_yours" } });
    });
    expect(text()).toContain("Tej rozmowy nie można tu otworzyć.");
  });

  it("can be asked for again when they could not be had", async () => {
    remembered([], 503);
    await show();
    await look();
    expect(text()).toContain("Nie udało się wczytać rozmów.");
    remembered();
    await click(button("Spróbuj ponownie"));
    await vi.waitFor(() => expect(list()).toHaveLength(2));
  });

  it("are none for a token that is not known any more", async () => {
    remembered({}, 401);
    await show();
    await look();
    expect(text()).toContain("Nie ma tu jeszcze żadnej rozmowy.");
  });
});
