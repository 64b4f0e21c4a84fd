import { expect, test } from "vitest";
import { Pace } from "./pace";

test("a burst may go on at once, then one after another; others have their own", () => {
  let now = 1_000_000;
  const pace = new Pace({ burst: 3, everyMs: 100, most: 10 }, () => now);
  expect([1, 2, 3, 4].map(() => pace.mayGoOn("a"))).toEqual([true, true, true, false]);
  expect(pace.mayGoOn("b")).toBe(true);
  now += 100;
  expect([1, 2].map(() => pace.mayGoOn("a"))).toEqual([true, false]);
  now += 1_000;
  expect([1, 2, 3, 4].map(() => pace.mayGoOn("a"))).toEqual([true, true, true, false]);
});

test("no more are remembered than it has room for: the one that was silent the longest is forgotten", () => {
  const pace = new Pace({ burst: 1, everyMs: 1_000, most: 2 }, () => 0);
  expect(["a", "b", "c"].map((who) => pace.mayGoOn(who))).toEqual([true, true, true]);
  expect(["c", "b", "a"].map((who) => pace.mayGoOn(who))).toEqual([false, false, true]);
});
