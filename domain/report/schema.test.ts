import { expect, it } from "vitest";
import { MoveReport, OpenReport } from "./schema";

const report = { slug: "2025-h1", name: "2025年上半年报告", year: 2025, half: 1, dueOn: "2025-07-10" };

it.each(["报\0告", "报告\ud842", "\udfb7报告"])(
  "a report's name that the database cannot keep is invalid: %j",
  (name) => {
    expect(OpenReport.safeParse({ ...report, name }).error?.issues).toMatchObject([{ path: ["name"] }]);
    expect(OpenReport.safeParse({ ...report, name: "𠮷县报告" }).success).toBe(true);
  },
);

it.each([
  [2_000_000_000, true],
  [2_147_483_648, false],
])("a report's version that no row can have is malformed: %d", (version, expected) => {
  const moved = { reportId: "11111111-1111-4111-8111-111111111111", version };
  expect(MoveReport.safeParse(moved).success).toBe(expected);
});
