import { expect, it } from "vitest";
import { ArrangeTimetable, SetStepDays } from "./schema";

const id = "11111111-1111-4111-8111-111111111111";

it.each([
  [0, true],
  [2_000_000_000, true],
  [2_147_483_648, false],
  [1e21, false],
])("a version that no row can have is malformed, and never reaches the database: %d", (version, expected) => {
  const arranged = { reportId: id, version, sittingOn: "2026-08-27", sittingName: "" };
  expect(ArrangeTimetable.safeParse(arranged).success).toBe(expected);
});

it("days of steps come with the day that was shown, which may be none", () => {
  const parsed = (step: object) => SetStepDays.safeParse({ reportId: id, steps: [{ stepId: id, ...step }] }).success;
  expect(parsed({ dueOn: "2026-07-21", was: "" })).toBe(true);
  expect(parsed({ dueOn: "", was: "2026-07-21" })).toBe(true);
  expect(parsed({ dueOn: "2026-07-21" })).toBe(false);
});
