import { expect, it } from "vitest";
import { MOST_ATTEMPTS, nextAttempt } from "./back-off";

const NOW = new Date("2026-07-15T08:00:00Z");
const minutes = (attempts: number) => {
  const next = nextAttempt(attempts, NOW);
  return next && (next.getTime() - NOW.getTime()) / 60_000;
};

it("each attempt waits longer than the one before, over a night at least, and the last is not repeated", () => {
  const pauses = Array.from({ length: MOST_ATTEMPTS }, (_, index) => minutes(index + 1));
  expect(pauses).toEqual([1, 5, 15, 60, 240, 720, null]);
  const rising = pauses.filter((pause) => pause !== null);
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
  expect(rising.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(12 * 60);
});
