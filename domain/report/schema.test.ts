import { expect, it } from "vitest";
import { OpenReport } from "./schema";

const report = { slug: "2025-h1", name: "2025年上半年报告", year: 2025, half: 1, dueOn: "2025-07-10" };

it.each(["报\0告", "报告\ud842", "\udfb7报告"])(
  "a report's name that the database cannot keep is invalid: %j",
  (name) => {
    expect(OpenReport.safeParse({ ...report, name }).error?.issues).toMatchObject([{ path: ["name"] }]);
    expect(OpenReport.safeParse({ ...report, name: "𠮷县报告" }).success).toBe(true);
  },
);
