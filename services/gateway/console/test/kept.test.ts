import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetForms, idFor, keepForm, keptForm } from "../src/admin/kept.ts";
import { session } from "../src/state/session.ts";
import { me } from "./made.ts";

const enter = (agent_id: string): void => void (session.value = { state: "in", me: me({ agent_id }) });
const out = (expired: boolean): void => void (session.value = { state: "out", expired });

beforeEach(() => {
  out(false);
  enter("ewa");
  keepForm("customer c", { base: { name: "Anna" }, draft: { name: "Anna Nowak" } });
});
afterEach(() => {
  forgetForms();
  session.value = { state: "checking" };
});

test("what was typed is still there for the agent who signs in again after their session ran out", () => {
  const id = idFor("customer new");
  out(true);
  enter("ewa");
  expect(keptForm("customer c")).toEqual({ base: { name: "Anna" }, draft: { name: "Anna Nowak" } });
  expect(idFor("customer new")).toBe(id);
});

test("who signs in after somebody else's session ran out finds nothing of theirs", () => {
  const id = idFor("customer new");
  out(true);
  enter("jan");
  expect(keptForm("customer c")).toBeUndefined();
  expect(idFor("customer new")).not.toBe(id);
});

test("signing out forgets what was typed, also for the same agent", () => {
  const id = idFor("customer new");
  out(false);
  enter("ewa");
  expect(keptForm("customer c")).toBeUndefined();
  expect(idFor("customer new")).not.toBe(id);
});
