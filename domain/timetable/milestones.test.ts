import { describe, expect, it, test } from "vitest";
import { DEFAULT_OFFSETS, milestonesFor } from "./milestones";
import { MILESTONES } from "./workflow";

const on = (sitting: string) => new Map(milestonesFor(sitting).map((one) => [one.milestone, one.on]));

describe("the law's terms", () => {
  test.each([
    // Thursday 29 August 2024: the tenth day before is a Monday, all terms on working days.
    ["2024-08-29", { committee: "2024-08-09", office: "2024-08-19", members: "2024-08-22" }],
    // Tuesday 30 September 2025: the tenth day before is a Saturday, so the draft is there on Friday.
    ["2025-09-30", { committee: "2025-09-10", office: "2025-09-19", members: "2025-09-23" }],
    // 27 October 2026: the twentieth day before is the last of the holidays.
    ["2026-10-27", { committee: "2026-09-30", office: "2026-10-16", members: "2026-10-20" }],
  ])("for a sitting on %s end on a working day, never later than 20, 10 and 7 days before", (sitting, expected) => {
    expect(Object.fromEntries([...on(sitting)].filter(([name]) => name in expected))).toEqual(expected);
  });

  test.each([
    ["2024-08-29", "2024-09-09", "2024-11-29"],
    // Ten days after is 1 October, in the holidays; three months later is a Sunday.
    ["2025-09-21", "2025-10-09", "2025-12-22"],
  ])("opinions of %s are handed over by %s and answered by %s", (sitting, opinions, reply) => {
    const days = on(sitting);
    expect(days.get("opinions")).toBe(opinions);
    expect(days.get("reply")).toBe(reply);
  });
});

it("every milestone has its day, in the calendar's order, whatever the offsets", () => {
  const early = { ...DEFAULT_OFFSETS, approval: { amount: -5, unit: "working-days" as const } };
  const dated = milestonesFor("2026-08-27", early);
  expect(dated.map(({ milestone }) => milestone).toSorted()).toEqual([...MILESTONES].toSorted());
  expect(dated.map((one) => one.on)).toEqual(dated.map((one) => one.on).toSorted());
});

it("the sitting stays on its day, though it be a day off", () => {
  expect(on("2025-10-04").get("sitting")).toBe("2025-10-04");
});

it("a term that reaches into a year whose holidays are not announced says so", () => {
  const unknown = milestonesFor("2026-12-20").filter((one) => one.unknown.length > 0);
  expect(unknown.map(({ milestone, unknown: years }) => [milestone, years])).toEqual([["reply", [2027]]]);
});

it("working days counted through such a year are uncertain, calendar days only when they end in one", () => {
  const dated = milestonesFor("2027-01-15");
  const uncertain = dated.filter((one) => one.unknown.length > 0).map(({ milestone }) => milestone);
  expect(dated.find(({ milestone }) => milestone === "committee")).toMatchObject({ on: "2026-12-25", unknown: [] });
  expect(uncertain).toEqual(expect.arrayContaining(["submit", "approval", "members", "sitting", "reply"]));
});
