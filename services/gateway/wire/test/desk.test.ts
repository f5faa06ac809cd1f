import { describe, expect, it } from "vitest";
import { NewestDesk } from "../src/desk.ts";
import type { Desk } from "../src/index.ts";

const version = (version: number): Desk => ({ version }) as Desk;

describe("an agent's desk", () => {
  it("is the newest, however versions overtake one another", () => {
    const desk = new NewestDesk();
    expect([desk.take(version(2), false), desk.take(version(1), false), desk.take(version(2), false)]).toEqual([true, false, false]);
    expect(desk.current?.version).toBe(2);
  });

  it("is taken from a welcome also where its version is known, and never where that is older", () => {
    const desk = new NewestDesk();
    expect([desk.take(version(2), true), desk.take(version(2), true), desk.take(version(1), true)]).toEqual([true, true, false]);
  });

  it("is missed when two beats in a row tell of a newer one, and before the first welcome never", () => {
    const desk = new NewestDesk();
    expect([desk.misses(9), desk.misses(9)]).toEqual([false, false]);
    desk.take(version(1), true);
    expect([desk.misses(2), desk.misses(1), desk.misses(2), desk.misses(3)]).toEqual([false, false, false, true]);
    desk.take(version(3), true);
    expect([desk.misses(4), desk.misses(null), desk.misses(4)]).toEqual([false, false, false]);
  });
});
