import { expect, test } from "vitest";
import { workingDaysUntil } from "./working-days";

test.each([
  ["2025-07-14", "2025-07-18", 4],
  ["2025-07-18", "2025-07-18", 0],
  ["2025-07-18", "2025-07-21", 1],
  ["2025-07-21", "2025-07-18", -1],
  // National Day 2025: 1–8 October off, Sunday 28 September and Saturday 11 October made up.
  ["2025-09-26", "2025-10-11", 6],
])("from %s to %s there are %i working days", (from, to, days) => {
  expect(workingDaysUntil(from, to)).toBe(days);
});
