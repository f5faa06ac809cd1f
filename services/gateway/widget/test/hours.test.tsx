import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import type { TopicView } from "@dymek/wire";
import { entry, gateway, HELP, resetTo, SALES, started } from "./support.ts";
import { button, click, find, happens, maybe, root, says, setUp, show, showTalk, submit, text, type } from "./screen.tsx";

setUp();

const closed = (topic: TopicView, opens: string | null = null): TopicView => ({ ...topic, open: false, changes_at: opens });
const topicsAre = (...topics: TopicView[]) => says({ t: "topics", topics });
const value = (selector: string): string => find<HTMLInputElement>(selector).value;

describe("a closed office", () => {
  it("says so and takes a message at once, with every field required", async () => {
    await show({ topics: [closed(SALES)], email_field: { shown: false, required: false } });
    expect(text()).toContain("Biuro obsługi jest nieczynne");
    await submit();
    expect(text()).toContain("Wpisz imię.");
    expect(text()).toContain("Wpisz adres e-mail.");
    expect(text()).toContain("Wpisz wiadomość.");
    expect(find("textarea").getAttribute("aria-invalid")).toBe("true");
    expect(gateway().of("send")).toEqual([]);
  });

  it("takes back what it says beside a field as soon as that is mended", async () => {
    await show({ topics: [closed(SALES)] });
    await submit();
    await type("input[name=name]", "Łukasz");
    expect(text()).not.toContain("Wpisz imię.");
    expect(text()).toContain("Wpisz adres e-mail.");
  });

  it("says it in the company's own words", async () => {
    const own = { pl: "Wracamy po świętach.", en: "" };
    await show({ topics: [{ ...closed(SALES), after_hours_text: own }] });
    expect(text()).toContain("Wracamy po świętach.");
    expect(text()).not.toContain("Biuro obsługi jest nieczynne");
  });

  it("says a long text of the company's below the usual heading", async () => {
    const own = { pl: "Palimy w poniedziałki.\nNapisz do nas, a ktoś z palarni odpowie w ciągu dnia roboczego.", en: "" };
    await show({ topics: [{ ...closed(SALES), after_hours_text: own }] });
    expect(find(".lead").textContent).toBe("Biuro obsługi jest nieczynne");
    expect(find(".said").textContent).toBe(own.pl);
  });

  it.each([
    ["2026-11-23T14:00:00", "Otwieramy dziś o 14:00."],
    ["2026-11-24T08:00:00", "Otwieramy jutro o 08:00."],
    ["2026-11-26T08:30:00", "Otwieramy w czwartek, 26 listopada, o 08:30."],
    ["2026-12-01T08:00:00", "Otwieramy we wtorek, 1 grudnia, o 08:00."],
  ])("says when it opens, on the visitor's clock: %s", async (opens, sentence) => {
    vi.useFakeTimers({ now: new Date("2026-11-23T12:00:00"), toFake: ["Date"] });
    await show({ topics: [closed(SALES, new Date(opens).toISOString())] });
    expect(text()).toContain(sentence);
  });

  it("makes one message of a double click, which is a ticket", async () => {
    const { talk } = await show({ topics: [closed(SALES)] });
    await type("input[name=name]", "Łukasz");
    await type("input[name=email]", "lukasz@example.com");
    await type("textarea[name=text]", "Proszę o kontakt");
    await submit();
    await submit();
    await vi.waitFor(() => {
      gateway().welcomes();
      expect(gateway().of("send")).toHaveLength(1);
    });
    expect(talk.phase).toBe("sending");
    expect(button("Wysyłamy…").getAttribute("aria-disabled")).toBe("true");
    const sent = gateway().asked("leave_message");
    expect(sent?.["action"]).toMatchObject({ topic_id: "topic-sales", name: "Łukasz", email: "lukasz@example.com", text: "Proszę o kontakt" });
    const stream = talk.conversation as string;
    await says({ t: "ack", id: sent?.["id"], seq: 1 });
    const message = entry(2, { kind: "visitor_message", client_id: "c", text: "Proszę o kontakt" });
    const ended = entry(3, { kind: "ended", reason: "became_ticket", agent_name: null });
    await act(() => gateway().says(resetTo(stream, [started, message, ended, entry(4, { kind: "ticket_opened", number: 7 })])));
    await vi.waitFor(() => expect(text()).toContain("Numer zgłoszenia: #7"));
  });

  it("says why a message was refused, and keeps what was typed", async () => {
    const { talk } = await show({ topics: [closed(SALES)] });
    await type("input[name=name]", "Łukasz");
    await type("input[name=email]", "lukasz@example.com");
    await type("textarea[name=text]", "Proszę o kontakt");
    await submit();
    await vi.waitFor(() => {
      gateway().welcomes();
      expect(gateway().asked("leave_message")).toBeDefined();
    });
    await says({ t: "refused", id: gateway().asked("leave_message")?.["id"], refusal: { code: "invalid", detail: "email" } });
    await vi.waitFor(() => expect(find("input[name=email]").getAttribute("aria-invalid")).toBe("true"));
    expect(talk.phase).toBe("start");
    expect(value("textarea[name=text]")).toBe("Proszę o kontakt");
  });
});

describe("topics of which some are closed", () => {
  it("can be chatted with only where they are open", async () => {
    await show({ topics: [closed(SALES), HELP] });
    expect(text()).toContain("Sprzedaż");
    expect(text()).toContain("Nieczynne");
    await click(find("input[value=topic-help]"));
    expect(maybe("Rozpocznij")).toBeDefined();
    await click(find("input[value=topic-sales]"));
    expect(maybe("Rozpocznij")).toBeUndefined();
    expect(maybe("Wyślij wiadomość")).toBeDefined();
  });
});

describe("a topic that opens or closes under the open widget", () => {
  it("closes: the form takes a message, and keeps who it is from", async () => {
    await show();
    await click(find("input[value=topic-sales]"));
    await type("input[name=name]", "Łukasz");
    await topicsAre(closed(SALES), HELP);
    expect(text()).toContain("Biuro obsługi jest nieczynne");
    expect(value("input[name=name]")).toBe("Łukasz");
    expect(maybe("Wyślij wiadomość")).toBeDefined();
  });

  it("opens: who has written nothing is asked to chat", async () => {
    await show({ topics: [closed(SALES), closed(HELP)] });
    await type("input[name=name]", "Łukasz");
    await topicsAre(SALES, HELP);
    expect(text()).toContain("W czym możemy pomóc?");
    expect(value("input[name=name]")).toBe("Łukasz");
  });

  it("opens: who is writing writes on, and may take it into a chat instead", async () => {
    await show({ topics: [closed(SALES)] });
    await type("input[name=name]", "Łukasz");
    await type("input[name=email]", "lukasz@example.com");
    await type("textarea[name=text]", "Miga dioda");
    await topicsAre(SALES);
    expect(value("textarea[name=text]")).toBe("Miga dioda");
    expect(text()).toContain("Już jesteśmy.");
    await click(button("Porozmawiaj teraz"));
    await submit();
    await vi.waitFor(() => expect(value(".write textarea")).toBe("Miga dioda"));
  });

  it("closes while the visitor waits: the message form comes with the reason, and they may wait on", async () => {
    const { talk } = await showTalk([started], 2, { topics: [SALES, HELP] });
    await type(".write textarea", "Miga dioda");
    await topicsAre(closed(SALES), HELP);
    expect(text()).toContain("Biuro obsługi jest nieczynne");
    expect(text()).toContain("Możesz zostawić wiadomość albo czekać dalej.");
    expect(value("textarea[name=text]")).toBe("Miga dioda");
    await click(button("Czekaj dalej"));
    expect(talk.phase).toBe("waiting");
    expect(value(".write textarea")).toBe("Miga dioda");
    expect(text()).toContain("Twoja rozmowa nadal czeka w kolejce.");
    expect(text()).toContain("Twoje miejsce w kolejce: 2");
    await topicsAre(SALES, HELP);
    expect(text()).toContain("Szukamy wolnego konsultanta");
    expect(text()).not.toContain("nieczynne");
  });

  it("lets who writes while it closes write on", async () => {
    await showTalk([started], 1, { topics: [SALES] });
    find(".write textarea").focus();
    await type(".write textarea", "Miga");
    await topicsAre(closed(SALES));
    expect(document.activeElement).toBe(find("textarea[name=text]"));
  });

  it("closes during a chat: nothing changes", async () => {
    await showTalk([started, entry(2, { kind: "agent_joined", agent_name: "Ewa" })], null, { topics: [SALES] });
    await topicsAre(closed(SALES));
    expect(text()).not.toContain("nieczynne");
    expect(find(".write textarea")).toBeDefined();
  });
});

describe("an open topic without anybody on", () => {
  const deserted = { ...SALES, staffed: false };

  it("says so before the start, and takes a message beside", async () => {
    await show({ topics: [deserted] });
    expect(text()).toContain("W tej chwili nikt nie jest dostępny.");
    expect(maybe("Rozpocznij")).toBeDefined();
    await click(button("Zostaw wiadomość"));
    expect(find("textarea[name=text]")).toBeDefined();
    expect(maybe("Wyślij wiadomość")).toBeDefined();
    await click(button("Porozmawiaj teraz"));
    expect(root.querySelector("textarea")).toBeNull();
  });

  it("says so to who waits, until somebody comes", async () => {
    await showTalk([started], 1, { topics: [deserted] });
    expect(text()).toContain("W tej chwili nikt nie jest dostępny.");
    await topicsAre(SALES);
    expect(text()).not.toContain("nikt nie jest dostępny");
    await happens(entry(2, { kind: "agent_joined", agent_name: "Ewa" }));
    expect(text()).toContain("Ewa dołącza do rozmowy");
  });
});

it("waits in the company's own words", async () => {
  const own = { pl: "Zaraz ktoś podejdzie", en: "" };
  await showTalk([started], 1, { topics: [{ ...SALES, waiting_text: own }] });
  expect(text()).toContain("Zaraz ktoś podejdzie");
});

it("is told that the office has just closed when a start is refused for it, and may leave a message instead", async () => {
  const { talk } = await show({ topics: [SALES] });
  await type("input[name=name]", "Łukasz");
  await type("input[name=email]", "lukasz@example.com");
  await submit();
  await vi.waitFor(() => {
    gateway().welcomes();
    expect(gateway().asked("start")).toBeDefined();
  });
  await says({ t: "refused", id: gateway().asked("start")?.["id"], refusal: { code: "outside_hours" } });
  await vi.waitFor(() => expect(text()).toContain("Biuro obsługi właśnie jest nieczynne."));
  expect(talk.phase).toBe("start");
  expect(maybe("Wyślij wiadomość")).toBeDefined();
  expect(value("input[name=email]")).toBe("lukasz@example.com");
});
