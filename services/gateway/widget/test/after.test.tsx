import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { afterChunk } from "../src/panel/chunk.ts";
import { entry, gateway, started, CONFIG } from "./support.ts";
import { button, click, find, maybe, root, says, setUp, showTalk, submit, text, type } from "./screen.tsx";

setUp();

const joined = entry(2, { kind: "agent_joined", agent_name: "Ewa" });
const answered = entry(3, { kind: "agent_message", agent_name: "Ewa", text: "Dzień dobry" });
const ended = entry(4, { kind: "ended", reason: "ended_by_agent", agent_name: "Ewa" });
const OVER = [started, joined, answered, ended];

const asks = (what: string) => gateway().of("send").filter((frame) => frame["action"].do === what);

async function acks(what: string, seq: number | null = null): Promise<void> {
  await vi.waitFor(() => expect(gateway().asked(what)).toBeDefined());
  await act(() => gateway().says({ t: "ack", id: asks(what).at(-1)?.["id"], seq }));
}

async function refuses(what: string): Promise<void> {
  await vi.waitFor(() => expect(gateway().asked(what)).toBeDefined());
  await act(() => gateway().says({ t: "refused", id: asks(what).at(-1)?.["id"], refusal: { code: "not_yours" } }));
}

const pressed = (label: string): string | null => button(label).getAttribute("aria-pressed");

async function rates(label: string, seq: number): Promise<void> {
  await click(button(label));
  await acks("rate", seq);
}

describe("the rating", () => {
  it("takes a comment, which can be changed and taken back as long as the page is there", async () => {
    await showTalk(OVER);
    expect(root.querySelector("textarea[name=comment]")).toBeNull();
    await rates("Dobrze", 5);
    expect(button("Wyślij komentarz").getAttribute("aria-disabled")).toBe("true");
    await type("textarea[name=comment]", " Szybko i miło ");
    await submit();
    await acks("rate", 6);
    await says({ t: "event", stream: "stream", entry: entry(5, { kind: "rated", score: "good", comment: "" }) });
    await says({ t: "event", stream: "stream", entry: entry(6, { kind: "rated", score: "good", comment: "Szybko i miło" }) });
    await vi.waitFor(() => expect(text()).toContain("Dziękujemy za komentarz."));
    await type("textarea[name=comment]", "");
    await click(button("Zmień komentarz"));
    await submit();
    expect(asks("rate").map((frame) => frame["action"].comment)).toEqual(["", "Szybko i miło", ""]);
  });

  it("is changed without a comment that was not sent, which stays to be sent", async () => {
    await showTalk(OVER);
    await rates("Dobrze", 5);
    await type("textarea[name=comment]", "Jeszcze myślę");
    await click(button("Źle"));
    expect(asks("rate").map(({ action }) => [action.score, action.comment])).toEqual([["good", ""], ["bad", ""]]);
    expect(find<HTMLTextAreaElement>("textarea[name=comment]").value).toBe("Jeszcze myślę");
  });

  it("goes with the comment that was sent last, also while that has no answer yet", async () => {
    await showTalk(OVER);
    await rates("Dobrze", 5);
    await type("textarea[name=comment]", "Szybko");
    await submit();
    await click(button("Tak sobie"));
    await acks("rate", 6);
    await vi.waitFor(() => expect(asks("rate")).toHaveLength(3));
    expect(asks("rate").map(({ action }) => [action.score, action.comment])).toEqual([["good", ""], ["good", "Szybko"], ["neutral", "Szybko"]]);
  });

  it("is sent once, however often the same face is pressed", async () => {
    await showTalk(OVER);
    await act(() => {
      button("Dobrze").click();
    });
    await click(button("Dobrze"));
    expect(asks("rate")).toHaveLength(1);
  });

  it("is limited, and says how much room is left", async () => {
    await showTalk(OVER);
    await rates("Dobrze", 5);
    expect(find<HTMLTextAreaElement>("textarea[name=comment]").maxLength).toBe(1000);
    await type("textarea[name=comment]", "a".repeat(995));
    expect(text()).toContain("Zostało 5 znaków");
  });

  it("says why it was not taken, and shows what holds", async () => {
    await showTalk(OVER);
    await click(button("Dobrze"));
    await says({ t: "refused", id: gateway().asked("rate")?.["id"], refusal: { code: "not_closed" } });
    await vi.waitFor(() => expect(find("[role=alert]").textContent).toBe("Ocenić można dopiero zakończoną rozmowę."));
    expect(button("Dobrze").getAttribute("aria-pressed")).toBe("false");
  });

  it("shows what was said last, although what was said before it was not taken", async () => {
    await showTalk(OVER);
    await click(button("Dobrze"));
    await click(button("Źle"));
    await refuses("rate");
    await acks("rate", 5);
    await vi.waitFor(() => expect(text()).toContain("Dziękujemy za ocenę!"));
    expect([pressed("Dobrze"), pressed("Źle")]).toEqual(["false", "true"]);
    expect(root.querySelector("[role=alert]")).toBeNull();
  });

  it.each([
    ["what was taken before", true, ["true", "false"]],
    ["nothing, where nothing was taken before", false, ["false", "false"]],
  ])("goes back to %s when the last was not taken", async (_, taken, faces) => {
    await showTalk(OVER);
    await click(button("Dobrze"));
    await click(button("Źle"));
    await (taken ? acks("rate", 5) : refuses("rate"));
    await vi.waitFor(() => expect(asks("rate")).toHaveLength(2));
    expect(pressed("Źle")).toBe("true");
    await refuses("rate");
    await vi.waitFor(() => expect([pressed("Dobrze"), pressed("Źle")]).toEqual(faces));
    expect(find("[role=alert]").textContent).toBe("Tej rozmowy nie można tu otworzyć.");
  });

  it("that was given on an earlier page is shown, and stays as it is", async () => {
    await showTalk([...OVER, entry(5, { kind: "rated", score: "neutral", comment: "W porządku" })]);
    expect(text()).toContain("Twoja ocena: Tak sobie");
    expect(text()).toContain("W porządku");
    expect(maybe("Dobrze")).toBeUndefined();
    expect(root.querySelector("textarea[name=comment]")).toBeNull();
  });

  it("is not asked for where the widget does not want it", async () => {
    await showTalk(OVER, null, { rating: false });
    expect(text()).not.toContain("Jak oceniasz");
    expect(maybe("Rozpocznij nową rozmowę")).toBeDefined();
  });
});

describe("the transcript", () => {
  it("is asked for after the end, once, also by a double click", async () => {
    await showTalk(OVER);
    const asking = button("Poproś o zapis rozmowy e-mailem");
    await act(() => {
      asking.click();
      asking.click();
    });
    expect(asks("transcript")).toMatchObject([{ stream: "stream", action: { do: "transcript" } }]);
    await acks("transcript");
    await vi.waitFor(() => expect(text()).toContain("Zapis tej rozmowy przyjdzie na podany adres e-mail."));
    expect(maybe("Poproś o zapis rozmowy e-mailem")).toBeUndefined();
  });

  it("is still said to come after a reload", async () => {
    sessionStorage.setItem("dymek:demo:mailed", JSON.stringify("stream"));
    await showTalk(OVER);
    expect(text()).toContain("Zapis tej rozmowy przyjdzie na podany adres e-mail.");
  });

  it("says why it was not taken, and can be asked for again", async () => {
    await showTalk(OVER);
    await click(button("Poproś o zapis rozmowy e-mailem"));
    await says({ t: "refused", id: gateway().asked("transcript")?.["id"], refusal: { code: "not_yours" } });
    await vi.waitFor(() => expect(find("[role=alert]").textContent).toBe("Tej rozmowy nie można tu otworzyć."));
    expect(button("Poproś o zapis rozmowy e-mailem").getAttribute("aria-disabled")).toBe("false");
  });

  it("is asked for while the chat goes on, and then said to come after its end", async () => {
    await showTalk([started, joined, answered]);
    await click(button("Zapis rozmowy e-mailem"));
    expect(find("dialog").textContent).toContain("Gdy rozmowa się zakończy, jej zapis przyjdzie na podany adres e-mail.");
    await click(button("Poproś o zapis"));
    await acks("transcript");
    await vi.waitFor(() => expect(find("dialog").textContent).toContain("Gotowe."));
    await click(button("Wróć do rozmowy"));
    await says({ t: "event", stream: "stream", entry: ended });
    expect(text()).toContain("Zapis tej rozmowy przyjdzie na podany adres e-mail.");
  });

  it("whose part could not be loaded says so, and is there when it is asked for again", async () => {
    await showTalk([started, joined, answered]);
    const part = afterChunk.here;
    const load = vi.spyOn(afterChunk, "load").mockResolvedValue();
    afterChunk.here = "failed";
    await click(button("Zapis rozmowy e-mailem"));
    expect(find("[role=alert]").textContent).toBe("To się nie udało. Spróbuj ponownie.");
    expect(root.querySelector("dialog")).toBeNull();
    load.mockImplementation(() => {
      afterChunk.here = part;
      return Promise.resolve();
    });
    await click(button("Zapis rozmowy e-mailem"));
    await act(() => gateway().says({ t: "place", stream: "stream", place: 1 })); // whatever draws it anew
    expect(find("dialog").textContent).toContain("Gdy rozmowa się zakończy");
    load.mockRestore();
  });

  it.each([
    ["nobody has answered", [started, joined], {}],
    ["the widget does not offer it", OVER, { transcript: false }],
    ["no address was given", OVER, { email_field: { shown: true, required: false } }],
  ])("is not offered where %s", async (_, entries, config) => {
    await showTalk(entries, null, { ...CONFIG, ...config });
    expect(maybe("Zapis rozmowy e-mailem")).toBeUndefined();
    expect(maybe("Poproś o zapis rozmowy e-mailem")).toBeUndefined();
  });

  it("is offered to who gave an address although none was required", async () => {
    sessionStorage.setItem("dymek:demo:person", JSON.stringify({ topic: "topic-sales", name: "Ola", email: "ola@example.com" }));
    await showTalk(OVER, null, { email_field: { shown: true, required: false } });
    expect(maybe("Poproś o zapis rozmowy e-mailem")).toBeDefined();
  });
});
