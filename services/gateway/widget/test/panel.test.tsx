import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { CONFIG, entry, Gateway, gateway, resetTo, started } from "./support.ts";
import { button, click, find, happens, root, says, setUp, show, showTalk, submit, text, type } from "./screen.tsx";

setUp();

describe("the start form", () => {
  it("says beside each field what is missing, and sends nothing", async () => {
    await show();
    await submit();
    expect(text()).toContain("Wybierz temat rozmowy.");
    expect(text()).toContain("Wpisz imię.");
    expect(find("input[name=email]").getAttribute("aria-invalid")).toBe("true");
    expect(gateway().of("send")).toEqual([]);
  });

  it("asks for no topic where there is one", async () => {
    await show({ topics: CONFIG.topics.slice(0, 1) });
    expect(root.querySelector("input[type=radio]")).toBeNull();
  });

  it("asks only for the fields that the widget shows", async () => {
    await show({ email_field: { shown: false, required: false } });
    expect(root.querySelector("input[name=email]")).toBeNull();
  });

  it("marks an address that cannot be one", async () => {
    await show();
    await type("input[name=email]", "anna@nowak");
    await submit();
    expect(text()).toContain("To nie wygląda na adres e-mail");
  });

  it("leads to the waiting screen", async () => {
    await show();
    await click(find("input[value=topic-help]"));
    await type("input[name=name]", "Łukasz");
    await type("input[name=email]", "lukasz@example.com");
    await submit();
    await vi.waitFor(() => expect(text()).toContain("Szukamy wolnego konsultanta"));
  });
});

describe("waiting", () => {
  it.each([
    [1, "Jesteś na początku kolejki."],
    [2, "Przed Tobą czeka 1 osoba."],
    [3, "Przed Tobą czekają 2 osoby."],
    [6, "Przed Tobą czeka 5 osób."],
    [23, "Przed Tobą czekają 22 osoby."],
  ])("at place %i says how many are ahead", async (place, sentence) => {
    await showTalk([started], place);
    expect(text()).toContain(`Twoje miejsce w kolejce: ${place}`);
    expect(text()).toContain(sentence);
  });

  it("follows the place in the queue", async () => {
    await showTalk([started], 3);
    await says({ t: "place", stream: "stream", place: 2 });
    expect(text()).toContain("Twoje miejsce w kolejce: 2");
  });

  it("turns what was written into a ticket and shows its number", async () => {
    await showTalk([started, entry(2, { kind: "visitor_message", client_id: "c", text: "Nie działa" })], 1);
    await click(button("Zostaw wiadomość"));
    expect(find<HTMLTextAreaElement>("textarea[name=text]").value).toBe("Nie działa");
    await submit();
    expect(text()).toContain("Wpisz adres e-mail.");
    await type("input[name=email]", "lukasz@example.com");
    await submit();
    const sent = gateway().asked("leave_ticket");
    expect(sent?.["action"]).toEqual({ do: "leave_ticket", name: "Łukasz", email: "lukasz@example.com", text: "Nie działa" });
    await says({ t: "event", stream: "stream", entry: entry(3, { kind: "ended", reason: "became_ticket", agent_name: null }) });
    expect(text()).toContain("Nadajemy numer");
    await says({ t: "event", stream: "stream", entry: entry(4, { kind: "ticket_opened", number: 1042 }) });
    expect(text()).toContain("Numer zgłoszenia: #1042");
    await click(button("Rozpocznij nową rozmowę"));
    expect(text()).toContain("W czym możemy pomóc?");
  });

  it("loses nothing that stands unsent: into the ticket, back to the queue, or when an agent joins meanwhile", async () => {
    await showTalk([started, entry(2, { kind: "visitor_message", client_id: "c", text: "Nie działa" })], 1);
    await type(".write textarea", "Miga dioda");
    await click(button("Zostaw wiadomość"));
    expect(find<HTMLTextAreaElement>("textarea[name=text]").value).toBe("Nie działa\nMiga dioda");
    await type("textarea[name=text]", "Nie działa\nMiga czerwona dioda");
    await click(button("Wróć do kolejki"));
    expect(find<HTMLTextAreaElement>(".write textarea").value).toBe("Miga czerwona dioda");
    await click(button("Zostaw wiadomość"));
    await type("textarea[name=text]", "Nie działa\nMiga zielona dioda");
    await says({ t: "event", stream: "stream", entry: entry(3, { kind: "agent_joined", agent_name: "Ewa" }) });
    expect(find<HTMLTextAreaElement>(".write textarea").value).toBe("Miga zielona dioda");
  });
});

describe("what stands unsent", () => {
  const told = (): unknown[] => gateway().of("typing").map((frame) => frame["text"]);

  it("is no sneak-peek any more while the ticket form is there, and one again after it", async () => {
    await showTalk([started], 1);
    await type(".write textarea", "Miga dioda");
    await vi.waitFor(() => expect(told()).toEqual(["Miga dioda"]));
    await click(button("Zostaw wiadomość"));
    expect(told().at(-1)).toBe("");
    await click(button("Wróć do kolejki"));
    expect(told().at(-1)).toBe("Miga dioda");
  });

  it("is a sneak-peek also after a reload", async () => {
    await showTalk([started], 1);
    await type(".write textarea", "Miga dioda");
    await act(() => render(null, root));
    await showTalk([started], 1);
    expect(find<HTMLTextAreaElement>(".write textarea").value).toBe("Miga dioda");
    expect(told()).toEqual(["Miga dioda"]);
  });

  it("goes over into the next conversation for the visitor alone, until they write there", async () => {
    const person = { topic: "topic-sales", name: "Łukasz", email: "lukasz@example.com" };
    sessionStorage.setItem("dymek:demo:person", JSON.stringify(person));
    await showTalk([started], 1);
    await type(".write textarea", "Miga dioda");
    await happens(entry(2, { kind: "ended", reason: "ended_by_agent", agent_name: "Ewa" }));
    await click(button("Rozpocznij nową rozmowę"));
    await vi.waitFor(() => expect(Gateway.all).toHaveLength(2));
    await act(() => gateway().welcomes(CONFIG.topics));
    await says({ t: "ack", id: gateway().asked("start")?.["id"], seq: 1 });
    expect(find<HTMLTextAreaElement>(".write textarea").value).toBe("Miga dioda");
    await click(button("Zostaw wiadomość"));
    await click(button("Wróć do kolejki"));
    expect(gateway().of("typing")).toEqual([]);
    await type(".write textarea", "Miga dioda!");
    await vi.waitFor(() => expect(told()).toEqual(["Miga dioda!"]));
  });

  it("is not told to a conversation that another tab went over to while it was being written", async () => {
    const { talk } = await showTalk([started], 1);
    await type(".write textarea", "Miga dioda");
    await vi.waitFor(() => expect(told()).toEqual(["Miga dioda"]));
    await act(() => talk.goOn("other"));
    await act(() => gateway().welcomes(CONFIG.topics));
    await act(() => gateway().says(resetTo("other", [started], 1)));
    expect(find<HTMLTextAreaElement>(".write textarea").value).toBe("Miga dioda");
    expect(gateway().of("typing")).toEqual([]);
  });

  it("of a message begun before the conversation is not told to it either", async () => {
    sessionStorage.setItem("dymek:demo:draft", JSON.stringify("Miga dioda"));
    await showTalk([started], 1);
    expect(find<HTMLTextAreaElement>(".write textarea").value).toBe("Miga dioda");
    expect(told()).toEqual([]);
  });
});

describe("the chat", () => {
  const joined = entry(2, { kind: "agent_joined", agent_name: "Ewa Zielińska" });

  it("makes links of web addresses only, and text of everything else", async () => {
    const hostile = '<img src=x onerror=alert(1)> javascript:alert(1) https://example.com/a?b=1';
    await showTalk([started, joined, entry(3, { kind: "agent_message", agent_name: "Ewa Zielińska", text: hostile })]);
    expect(root.querySelector("img")).toBeNull();
    const links = [...root.querySelectorAll<HTMLAnchorElement>(".bubble a")];
    expect(links.map((a) => a.getAttribute("href"))).toEqual(["https://example.com/a?b=1"]);
    expect(links[0]?.rel).toBe("noopener noreferrer");
    expect(text()).toContain("<img src=x onerror=alert(1)>");
  });

  it("shows a message at once, then that it was sent, then that it was delivered", async () => {
    await showTalk([started, joined]);
    await type(".write textarea", "Dzień dobry");
    await submit();
    expect(find(".message.own").dataset["delivery"]).toBe("unsent");
    const id = gateway().asked("post")?.["id"] as string;
    await says({ t: "ack", id, seq: 3 });
    expect(find(".message.own").dataset["delivery"]).toBe("sent");
    await says({ t: "event", stream: "stream", entry: entry(3, { kind: "visitor_message", client_id: id, text: "Dzień dobry" }) });
    await says({ t: "delivered", stream: "stream", seq: 3 });
    expect(root.querySelectorAll(".message.own")).toHaveLength(1);
    expect(find(".message.own").dataset["delivery"]).toBe("delivered");
  });

  it("offers to send a refused message again", async () => {
    await showTalk([started, joined]);
    await type(".write textarea", "Halo");
    await submit();
    await says({ t: "refused", id: gateway().asked("post")?.["id"], refusal: { code: "too_long" } });
    expect(text()).toContain("Nie wysłano.");
    await click(button("Wyślij ponownie"));
    expect(gateway().of("send")).toHaveLength(2);
  });

  it("sends nothing longer than 4,000 characters, and says by how much it is too long", async () => {
    await showTalk([started, joined]);
    await type(".write textarea", "ż".repeat(4002));
    await submit();
    expect(text()).toContain("Za długie o 2 znaki");
    expect(gateway().asked("post")).toBeUndefined();
  });

  it("says that the agent is typing until they wrote", async () => {
    await showTalk([started, joined]);
    await says({ t: "typing", stream: "stream", who: "agent", agent_name: "Ewa", typing: true });
    expect(text()).toContain("Ewa pisze…");
    await says({ t: "event", stream: "stream", entry: entry(3, { kind: "agent_message", agent_name: "Ewa", text: "Już" }) });
    expect(text()).not.toContain("Ewa pisze…");
  });

  it("reads new messages aloud, and never the history", async () => {
    await showTalk([started, joined, entry(3, { kind: "agent_message", agent_name: "Ewa", text: "dawno" })]);
    expect(find("[aria-live=polite]").textContent).toBe("");
    await says({ t: "event", stream: "stream", entry: entry(4, { kind: "agent_message", agent_name: "Ewa", text: "teraz" }) });
    expect(find("[aria-live=polite]").textContent).toBe("Ewa: teraz");
  });

  it("is rated after its end, and the rating can be changed", async () => {
    await showTalk([started, joined, entry(3, { kind: "ended", reason: "ended_by_agent", agent_name: "Ewa Zielińska" })]);
    expect(text()).toContain("Ewa Zielińska kończy rozmowę");
    await click(button("Dobrze"));
    await says({ t: "ack", id: gateway().asked("rate")?.["id"], seq: 4 });
    await vi.waitFor(() => expect(text()).toContain("Dziękujemy za ocenę!"));
    await click(button("Tak sobie"));
    expect(gateway().of("send").map((frame) => frame["action"].score)).toEqual(["good", "neutral"]);
  });

  it("is not ended later by somebody who went back before the end could go out", async () => {
    await showTalk([started, joined]);
    await act(() => gateway().onclose?.());
    await click(button("Zakończ rozmowę"));
    await click(button("Zakończ"));
    expect(button("Kończymy…").getAttribute("aria-disabled")).toBe("true");
    await click(button("Wróć do rozmowy"));
    expect(sessionStorage.getItem("dymek:demo:pending")).toBeNull();
  });

  it("leads to a new conversation", async () => {
    const { talk } = await showTalk([started, joined, entry(3, { kind: "ended", reason: "inactive", agent_name: null })]);
    await click(button("Rozpocznij nową rozmowę"));
    expect(talk.phase).toBe("start");
    expect(text()).toContain("W czym możemy pomóc?");
  });
});
