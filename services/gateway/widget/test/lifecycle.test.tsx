import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { entry, gateway, SALES, started } from "./support.ts";
import { button, click, events, find, happens, maybe, says, setUp, showTalk, submit, text, type } from "./screen.tsx";

setUp();

const joined = entry(2, { kind: "agent_joined", agent_name: "Ewa" });
const clock = (at: Date): string => new Intl.DateTimeFormat("pl", { hour: "2-digit", minute: "2-digit" }).format(at);

describe("what happens in a conversation", () => {
  it("shows of a transfer who left and who joined", async () => {
    await showTalk([started, joined]);
    await happens(entry(3, null));
    await happens(entry(4, { kind: "agent_left", agent_name: "Ewa", reason: "left" }));
    await happens(entry(5, { kind: "agent_joined", agent_name: "Jan" }));
    expect(events().slice(2)).toEqual([expect.stringMatching(/^Ewa opuszcza rozmowę, /), expect.stringMatching(/^Jan dołącza do rozmowy, /)]);
    expect(find(".who").textContent?.trim()).toBe("Jan");
  });

  it.each([
    ["left", "Szukamy innego konsultanta"],
    ["not_answered", "Konsultant nie odpowiada, szukamy innego"],
    ["connection_lost", "Konsultant nie wraca, szukamy innego"],
    ["moved", "Rozmowa przechodzi do tematu „Wsparcie”, szukamy konsultanta"],
  ] as const)("waits again, and says why: %s", async (reason, sentence) => {
    await showTalk([started, joined], null, { topics: [SALES] });
    await happens(entry(3, { kind: "agent_left", agent_name: "Ewa", reason: "connection_lost" }));
    await happens(entry(4, { kind: "waiting_again", reason, topic_name: "Wsparcie" }));
    expect(events().slice(2)).toEqual([expect.stringMatching(/^Ewa traci połączenie, /), sentence]);
    expect(text()).toContain("Szukamy wolnego konsultanta");
    expect(text()).not.toContain("Możesz już opisać sprawę");
    expect(text()).toContain("Możesz pisać dalej, następny konsultant zobaczy całą rozmowę.");
    expect(text()).not.toContain("Twoje miejsce w kolejce");
    await says({ t: "place", stream: "stream", place: 1 });
    expect(text()).toContain("Twoje miejsce w kolejce: 1");
    expect(maybe("Zostaw wiadomość")).toBeDefined();
  });

  it("shows the company's texts as the company's", async () => {
    await showTalk([started, entry(2, { kind: "system_message", purpose: "welcome", text: "Witamy w palarni!" })]);
    expect(find(".message.other").textContent).toContain("Witamy w palarni!");
    expect(find(".author").textContent).toBe("Palarnia Dolna");
  });

  it("warns of the end for inactivity with the time on the visitor's clock, and says afterwards that it was the reason", async () => {
    const closes = new Date(Date.now() + 300_000);
    await showTalk([started, joined]);
    await happens(entry(3, { kind: "inactivity_warned", closes_at: closes.toISOString() }));
    expect(find(".warning").textContent).toContain(`zamkniemy rozmowę ${closes.getDate() === new Date().getDate() ? "dziś" : "jutro"} o ${clock(closes)}`);
    expect(find("[aria-live=polite]").textContent).toContain(clock(closes));
    await happens(entry(4, { kind: "ended", reason: "inactive", agent_name: null }));
    expect(events().at(-1)).toMatch(/^Rozmowa zakończona z powodu braku aktywności, /);
  });

  it("warns no longer where the visitor wrote", async () => {
    await showTalk([started, joined, entry(3, { kind: "inactivity_warned", closes_at: new Date().toISOString() })]);
    await happens(entry(4, { kind: "visitor_message", client_id: "c", text: "Jestem" }));
    expect(document.querySelector(".warning")).toBeNull();
  });

  it("is rated also when its agents had left before the end", async () => {
    await showTalk([
      started,
      joined,
      entry(3, { kind: "agent_left", agent_name: "Ewa", reason: "left" }),
      entry(4, { kind: "waiting_again", reason: "left", topic_name: "Sprzedaż" }),
      entry(5, { kind: "ended", reason: "ended_by_visitor", agent_name: null }),
    ]);
    expect(text()).toContain("Jak oceniasz tę rozmowę?");
  });

  it("reads aloud who went, and that another is looked for", async () => {
    await showTalk([started, joined]);
    await happens(entry(3, { kind: "agent_left", agent_name: "Ewa", reason: "left" }));
    expect(find("[aria-live=polite]").textContent).toMatch(/^Ewa opuszcza rozmowę/);
    await happens(entry(4, { kind: "waiting_again", reason: "left", topic_name: "Sprzedaż" }));
    expect(find("[aria-live=polite]").textContent).toBe("Szukamy innego konsultanta");
  });
});

describe("the way out of the queue", () => {
  it("is not gone on with when the visitor waits again after an agent came", async () => {
    await showTalk([started], 2);
    await click(button("Zostaw wiadomość"));
    expect(maybe("Wyślij wiadomość")).toBeDefined();
    await happens(joined);
    await happens(entry(3, { kind: "agent_left", agent_name: "Ewa", reason: "left" }));
    await happens(entry(4, { kind: "waiting_again", reason: "left", topic_name: "Sprzedaż" }));
    expect(maybe("Wyślij wiadomość")).toBeUndefined();
    expect(text()).toContain("Szukamy wolnego konsultanta");
  });

  it("is not taken later by who went back to the queue while there was no connection", async () => {
    const { talk } = await showTalk([started], 2);
    await act(() => gateway().onclose?.());
    await click(button("Zostaw wiadomość"));
    await type("input[name=email]", "lukasz@example.com");
    await type("textarea[name=text]", "Proszę o telefon");
    await submit();
    expect(talk.pending.map(({ action }) => action.do)).toEqual(["leave_ticket"]);
    await click(button("Wróć do kolejki"));
    expect(talk.pending).toEqual([]);
    expect(find<HTMLTextAreaElement>(".composer textarea").value).toBe("Proszę o telefon");
  });
});

describe("leaving the queue", () => {
  it("is asked about once, and ends the conversation", async () => {
    await showTalk([started], 2);
    await click(button("Przestań czekać"));
    expect(text()).toContain("Przestać czekać?");
    expect([...find("dialog").querySelectorAll("button")].map((choice) => choice.textContent)).toEqual(["Przestań czekać", "Czekaj dalej"]);
    await click(find("dialog .danger"));
    expect(gateway().asked("end")).toMatchObject({ stream: "stream" });
    await happens(entry(2, { kind: "ended", reason: "ended_by_visitor", agent_name: null }));
    expect(text()).toContain("Rozmowa zakończona przez Ciebie");
    expect(text()).not.toContain("Jak oceniasz");
  });
});

describe("starting anew after the end", () => {
  const over = [started, joined, entry(3, { kind: "ended", reason: "ended_by_agent", agent_name: "Ewa" })];
  const PERSON = { topic: "topic-sales", name: "Łukasz", email: "lukasz@example.com" };

  it("is one click, with the same topic, name and address", async () => {
    sessionStorage.setItem("dymek:demo:person", JSON.stringify(PERSON));
    const { talk } = await showTalk(over);
    await click(button("Rozpocznij nową rozmowę"));
    await vi.waitFor(() => {
      gateway().welcomes();
      expect(gateway().asked("start")).toBeDefined();
    });
    expect(gateway().asked("start")?.["action"]).toMatchObject({ topic_id: "topic-sales", name: "Łukasz", email: "lukasz@example.com" });
    expect(gateway().asked("start")?.["stream"]).not.toBe("stream");
    expect(talk.phase).toBe("waiting");
    expect(text()).toContain("Szukamy wolnego konsultanta");
  });

  it.each([
    ["the queue", JSON.stringify(PERSON), ".messages"],
    ["the form", "null", ".form"],
  ])("selects nothing of %s, which comes under the second press of a double click", async (_, person, below) => {
    sessionStorage.setItem("dymek:demo:person", person);
    await showTalk(over);
    const press = (detail: number): boolean =>
      find(below).dispatchEvent(new MouseEvent("mousedown", { detail, bubbles: true, cancelable: true }));
    await click(button("Rozpocznij nową rozmowę"));
    expect(press(2)).toBe(false);
    expect([press(1), press(2)]).toEqual([true, true]);
  });

  it("may be about something else", async () => {
    sessionStorage.setItem("dymek:demo:person", JSON.stringify(PERSON));
    await showTalk(over);
    await click(button("Zmień temat lub dane"));
    expect(find<HTMLInputElement>("input[name=email]").value).toBe("lukasz@example.com");
    expect(maybe("Rozpocznij")).toBeDefined();
  });

  it("asks for what is not known, and for no more", async () => {
    await showTalk(over);
    await click(button("Rozpocznij nową rozmowę"));
    expect(find<HTMLInputElement>("input[name=name]").value).toBe("Łukasz");
    expect(find<HTMLInputElement>("input[value=topic-sales]").checked).toBe(true);
    expect(find<HTMLInputElement>("input[name=email]").value).toBe("");
  });

  it("takes a message where the topic is closed by now", async () => {
    sessionStorage.setItem("dymek:demo:person", JSON.stringify(PERSON));
    await showTalk(over, null, { topics: [{ ...SALES, open: false }] });
    await click(button("Rozpocznij nową rozmowę"));
    expect(text()).toContain("Biuro obsługi jest nieczynne");
    expect(maybe("Wyślij wiadomość")).toBeDefined();
  });
});
