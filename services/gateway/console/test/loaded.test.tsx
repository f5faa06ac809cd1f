import { render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import { useLoaded } from "../src/admin/loaded.ts";
import { get } from "../src/lib/api.ts";

afterEach(() => vi.unstubAllGlobals());

test("an answer that breaks off when it is given up is no answer", async () => {
  const off = new AbortController();
  vi.stubGlobal("fetch", () => {
    const body = new ReadableStream({
      start: (stream) => off.signal.addEventListener("abort", () => stream.error(off.signal.reason)),
    });
    return Promise.resolve(new Response(body, { headers: { "content-type": "application/json" } }));
  });
  const answer = get("/api/ratings/figures", off.signal);
  setTimeout(() => off.abort());
  await expect(answer).rejects.toMatchObject({ name: "AbortError" });
});

test("what was asked for before shows nothing any more, however late it comes", async () => {
  const answers = new Map<string, (value: string) => void>();
  function Page({ name }: { name: string }) {
    const [loaded] = useLoaded(() => new Promise<string>((resolve) => answers.set(name, resolve)), name);
    return <p>{loaded.state === "ready" ? loaded.value : loaded.state}</p>;
  }
  const { rerender } = render(<Page name="first" />);
  await waitFor(() => expect(answers.has("first")).toBe(true));
  rerender(<Page name="second" />);
  await waitFor(() => expect(answers.has("second")).toBe(true));
  answers.get("second")?.("the second");
  await screen.findByText("the second");
  answers.get("first")?.("the first");
  await Promise.resolve();
  await Promise.resolve();
  expect(screen.queryByText("the first")).toBeNull();
});
