import type { Desk } from "@dymek/wire";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StatusSwitch } from "../src/shell/StatusSwitch.tsx";
import * as live from "../src/state/live.ts";
import { desk } from "./made.ts";

const attempt = vi.spyOn(live, "attempt");
const ask = vi.spyOn(live, "ask");
const done = vi.fn();
const asked = (): unknown[] => ask.mock.calls.map(([action]) => action);
const form = (): HTMLElement | null => screen.queryByLabelText("Powód przerwy");
const press = (name: string) => act(async () => void fireEvent.click(screen.getByRole("button", { name })));
let version = 1;
const now = (fields: Partial<Desk>) => act(() => void (live.desk.value = desk({ version: ++version, ...fields })));

beforeEach(() => {
  attempt.mockReset().mockResolvedValue(null);
  ask.mockReset().mockResolvedValue(true);
  done.mockReset();
  live.desk.value = desk();
  render(<StatusSwitch onDone={done} />);
});

afterEach(() => {
  cleanup();
  live.desk.value = null;
});

test("a break begins with the click, and its reason is added afterwards", async () => {
  await press("Przerwa");
  expect(asked()).toEqual([{ do: "status", status: "break" }]);
  await now({ status: "break" });
  fireEvent.input(form()!, { target: { value: " Obiad " } });
  await press("Zapisz powód");
  expect(asked()[1]).toEqual({ do: "status", status: "break", reason: "Obiad" });
  expect(form()).toBeNull();
  expect(done).toHaveBeenCalledTimes(1);
});

test("a break without a reason is asked for once", async () => {
  await press("Przerwa");
  await now({ status: "break" });
  await press("Zapisz powód");
  expect(asked()).toHaveLength(1);
  expect(form()).toBeNull();
});

test.each([
  ["available", { status: "available" }],
  ["offline", { status: "offline" }],
  ["an automatic break", { status: "break", status_cause: "missed_offer" }],
  ["a lost connection", { status: "offline", status_cause: "connection_lost" }],
] as const)("the form for the reason closes when the status becomes another: %s", async (_name, fields) => {
  await press("Przerwa");
  await now({ status: "break" });
  expect(form()).not.toBeNull();
  await now(fields);
  expect(form()).toBeNull();
  await now({ status: "break" });
  expect(form()).toBeNull();
});

test("a change of the desk that leaves the break as it is keeps the form and what is typed in it", async () => {
  await press("Przerwa");
  await now({ load: 1 });
  await now({ status: "break", load: 1 });
  fireEvent.input(form()!, { target: { value: "Szkol" } });
  await now({ status: "break", load: 0 });
  expect(form()).toHaveProperty("value", "Szkol");
});

test("a break that was refused asks for no reason", async () => {
  ask.mockResolvedValue(false);
  await press("Przerwa");
  await waitFor(() => expect(form()).toBeNull());
});

test("the automatic break becomes a chosen one with the click", async () => {
  await now({ status: "break", status_cause: "missed_offer" });
  await press("Przerwa");
  expect(asked()).toEqual([{ do: "status", status: "break" }]);
  await now({ status: "break" });
  expect(form()).not.toBeNull();
});

test("on a break the click only asks for its reason", async () => {
  await now({ status: "break", status_reason: "Obiad" });
  await press("Przerwa");
  expect(asked()).toEqual([]);
  expect(form()).toHaveProperty("value", "Obiad");
});
