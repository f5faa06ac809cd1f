import { beforeEach, describe, expect, it, vi } from "vitest";

type Api = ((...call: unknown[]) => void) & { q?: unknown[][] };
const page = window as unknown as { dymek?: Api };

async function embed(data: Record<string, string> = {}): Promise<ShadowRoot> {
  vi.resetModules();
  const script = document.createElement("script");
  Object.defineProperty(script, "src", { value: "https://chat.example/widget/loader.js" });
  Object.assign(script.dataset, { widget: "demo", ...data });
  Object.defineProperty(document, "currentScript", { value: script, configurable: true });
  await import("../src/loader/loader.ts");
  return (document.querySelector("[role=region]") as HTMLElement).shadowRoot as ShadowRoot;
}

const launcher = (root: ShadowRoot): HTMLButtonElement => root.querySelector("button") as HTMLButtonElement;

// A frame in this DOM loads nothing, and complains, unless it holds its document itself.
Object.defineProperty(HTMLIFrameElement.prototype, "src", {
  get: () => "",
  set(this: HTMLIFrameElement, address: string) {
    this.setAttribute("src", address);
    this.setAttribute("srcdoc", "<!doctype html>");
  },
});

beforeEach(() => {
  document.body.replaceChildren();
  document.documentElement.lang = "pl";
  sessionStorage.clear();
  localStorage.clear();
  delete page.dymek;
});

describe("the loader", () => {
  it("draws a named launcher and neither stores nor loads anything else", async () => {
    const root = await embed();
    expect(launcher(root).getAttribute("aria-label")).toBe("Otwórz czat");
    expect(root.querySelector("iframe")).toBeNull();
    expect(sessionStorage.length + localStorage.length).toBe(0);
  });

  it("opens the panel of its widget in the language of the page, and closes it", async () => {
    document.documentElement.lang = "en-GB";
    const root = await embed();
    launcher(root).click();
    expect(root.querySelector("iframe")?.getAttribute("src")).toBe("https://chat.example/widget/panel/demo?lang=en");
    expect(launcher(root).getAttribute("aria-expanded")).toBe("true");
    launcher(root).click();
    expect(launcher(root).getAttribute("aria-label")).toBe("Open the chat");
    expect(root.querySelectorAll("iframe")).toHaveLength(1);
  });

  it("lets the page open it, also by a call made before it was loaded", async () => {
    page.dymek = Object.assign(() => undefined, { q: [["open"]] });
    const root = await embed();
    expect(root.querySelector("iframe")).not.toBeNull();
    page.dymek?.("close");
    expect(launcher(root).getAttribute("aria-expanded")).toBe("false");
  });

  it("tells the panel of the page's user once it listens, and of each change, and nobody else", async () => {
    page.dymek = Object.assign(() => undefined, { q: [["set_user", { name: "Anna", email: "anna@example.com", token: "signed", cart: () => 7 }]] });
    const root = await embed();
    expect(root.querySelector("iframe")).toBeNull();
    expect(sessionStorage.length + localStorage.length).toBe(0);
    launcher(root).click();
    const panel = (root.querySelector("iframe") as HTMLIFrameElement).contentWindow as Window;
    const told = vi.spyOn(panel, "postMessage").mockImplementation(() => undefined);
    const users = (): unknown[] => told.mock.calls.map(([message]) => message as { dymek: string }).filter(({ dymek }) => dymek === "user");
    window.dispatchEvent(new MessageEvent("message", { source: panel, origin: "https://chat.example", data: { dymek: "ready" } }));
    expect(users()).toEqual([{ dymek: "user", name: "Anna", email: "anna@example.com", token: "signed" }]);
    expect(told.mock.calls.every(([, target]) => (target as unknown) === "https://chat.example")).toBe(true);
    page.dymek?.("set_user", { name: "Ewa" });
    page.dymek?.("set_user", null);
    expect(users().slice(1)).toEqual([{ dymek: "user", name: "Ewa" }, { dymek: "user" }]);
  });

  it("is still open on the next page", async () => {
    launcher(await embed()).click();
    document.body.replaceChildren();
    delete page.dymek;
    expect((await embed()).querySelector("iframe")).not.toBeNull();
  });

  it("is drawn once, however often it is embedded", async () => {
    await embed();
    await embed();
    expect(document.querySelectorAll("[role=region]")).toHaveLength(1);
  });
});
