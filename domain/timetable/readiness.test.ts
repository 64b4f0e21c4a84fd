import { expect, it, test } from "vitest";
import { readinessOf, type ReadinessItem } from "./readiness";
import { timelinessOf } from "./timeliness";

const leaf = (dueOn: string, isApproved = false): ReadinessItem => ({ is: "section", isApproved, dueOn });
const row = (dueOn: string, isApproved = false): ReadinessItem => ({ is: "indicator", isApproved, dueOn });

test.each([
  ["nothing", [], { sections: 0, indicators: 0, late: 0, next: null }],
  [
    "what is approved",
    [leaf("2026-07-01", true), row("2026-07-01", true)],
    { sections: 0, indicators: 0, late: 0, next: null },
  ],
  [
    "late and coming ones",
    [leaf("2026-07-16"), leaf("2026-07-21"), row("2026-07-20"), row("2026-07-17"), leaf("2026-07-30", true)],
    { sections: 2, indicators: 2, late: 1, next: "2026-07-17" },
  ],
  ["late ones alone", [leaf("2026-07-16")], { sections: 1, indicators: 0, late: 1, next: null }],
])("readiness counts %s", (_, items, expected) => {
  expect(readinessOf(items, "2026-07-17")).toEqual(expected);
});

it("a department is late by working days: over a holiday it is not", () => {
  const found = timelinessOf([
    { organId: "on time", dueOn: "2025-09-30", handedOn: "2025-09-30", count: 2 },
    { organId: "on time", dueOn: "2025-09-30", handedOn: "2025-10-08", count: 1 },
    { organId: "late", dueOn: "2025-09-30", handedOn: "2025-10-09", count: 1 },
    { organId: "late", dueOn: "2025-09-30", handedOn: "2025-10-11", count: 2 },
    { organId: "late", dueOn: "2025-09-30", handedOn: "2025-09-01", count: 1 },
  ]);
  expect(found.get("on time")).toEqual({ items: 3, onTime: 3, late: 0, days: 0, worst: 0 });
  expect(found.get("late")).toEqual({ items: 4, onTime: 1, late: 3, days: 7, worst: 3 });
});
