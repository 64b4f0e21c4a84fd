import { expect, it } from "vitest";
import { Waiters } from "./waiters";

it("holds so many requests of a person and no more, until one of them has ended; others have their own", () => {
  const waiters = new Waiters(2);
  const [first, second] = [waiters.begin("one"), waiters.begin("one")];
  expect([typeof first, typeof second]).toEqual(["function", "function"]);
  expect(waiters.begin("one")).toBeNull();
  expect(waiters.begin("other")).not.toBeNull();
  first?.();
  expect(waiters.begin("one")).not.toBeNull();
  expect(waiters.begin("one")).toBeNull();
});
