import { act, cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Toasts } from "../src/shell/Toasts.tsx";
import { toast, toasts } from "../src/state/toasts.ts";

const LONGEST_MS = 15_000;

beforeEach(() => {
  vi.useFakeTimers();
  toasts.value = [];
  render(<Toasts />);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const passes = (ms: number): Promise<void> => act(() => void vi.advanceTimersByTime(ms));

test("a notice under the pointer leaves as any other: it may lie over what is to be pressed next", async () => {
  await act(() => toast({ tone: "good", text: "Zapisano" }));
  fireEvent.pointerEnter(screen.getByText("Zapisano").closest(".toast")!);
  await passes(LONGEST_MS);
  expect(screen.queryByText("Zapisano")).toBeNull();
});

test("a notice in which the focus is stays until the focus has left it", async () => {
  await act(() => toast({ tone: "info", text: "Nowe zgłoszenie", action: { label: "Otwórz", href: "/tickets/1" } }));
  const link = screen.getByRole("link", { name: "Otwórz" });
  await act(() => link.focus());
  await passes(10 * LONGEST_MS);
  expect(screen.getByText("Nowe zgłoszenie")).toBeTruthy();
  await act(() => link.blur());
  await passes(LONGEST_MS);
  expect(screen.queryByText("Nowe zgłoszenie")).toBeNull();
});
