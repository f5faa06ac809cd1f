import { render } from "preact";
import { act } from "preact/test-utils";
import { describe, expect, it, vi } from "vitest";
import { App } from "../src/panel/app.tsx";
import { Loader } from "../src/panel/screens.ts";
import { loadWords } from "../src/panel/words.ts";
import { CONFIG, gateway, hostPage, newTalk, resetTo, started } from "./support.ts";
import { root, setUp, submit, text, type } from "./screen.tsx";

setUp();
const words = await loadWords("pl");

describe("the part of the panel that a conversation needs", () => {
  it("shows the conversation also where it could be had only when that was begun", async () => {
    const host = hostPage();
    const talk = newTalk(host, { ...CONFIG, topics: CONFIG.topics.slice(0, 1) });
    talk.restore();
    const ready = vi.fn(() => talk).mockImplementationOnce(() => {
      throw new TypeError("offline");
    });
    const loader = new Loader(ready);
    await loader.load();
    expect(loader.here).toBe("failed");
    ready.mockImplementationOnce(() => {
      throw new TypeError("still offline");
    });
    await act(() => render(<App config={{ ...CONFIG, topics: talk.topics as typeof CONFIG.topics }} words={words} memory={talk.memory} loader={loader} host={host} />, root));
    await vi.waitFor(() => expect(ready).toHaveBeenCalledTimes(2));
    await type("input[name=name]", "Łukasz");
    await type("input[name=email]", "lukasz@example.com");
    await submit();
    await vi.waitFor(() => expect(talk.conversation).not.toBeNull());
    await vi.waitFor(() => expect(text()).toContain("Szukamy wolnego konsultanta"));
  });

  it("misses nothing that the gateway says before the next frame is drawn", async () => {
    localStorage.setItem("dymek:demo", JSON.stringify({ token: "secret", conversation: "stream" }));
    const host = hostPage();
    const talk = newTalk(host);
    talk.restore();
    const loader = new Loader(() => talk);
    vi.useFakeTimers(); // neither a frame nor a timer passes
    render(<App config={CONFIG} words={words} memory={talk.memory} loader={loader} host={host} />, root);
    await loader.load();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    gateway().welcomes();
    gateway().says(resetTo("stream", [started], 1));
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(text()).toContain("Twoje miejsce w kolejce: 1");
  });
});
