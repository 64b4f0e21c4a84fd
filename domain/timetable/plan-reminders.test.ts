import { describe, expect, it, test } from "vitest";
import { addDays, type Day } from "../kernel/working-days";
import { dayToRemind, planReminders, type Owed } from "./plan-reminders";

/** What the worker sends of a leaf due that day, when it runs on these days and no others. */
function sentOn(days: readonly Day[], dueOn: Day): [Day, ...string[]][] {
  const owed: Owed = { item: "leaf", dueOn, soonOn: null, escalatedOn: null };
  return days.map((day) => {
    const kinds = planReminders([owed], day).map(({ kind }) => kind);
    if (kinds.includes("soon")) owed.soonOn = day;
    if (kinds.includes("escalate")) owed.escalatedOn = day;
    return [day, ...kinds];
  });
}

const daysFrom = (first: Day, count: number) => Array.from({ length: count }, (_, index) => addDays(first, index));
const notEmpty = (sent: [Day, ...string[]][]) => sent.filter(([, ...kinds]) => kinds.length > 0);

it("of what is due on Friday 10 October 2025, a department is reminded around the holidays", () => {
  // Make-up Sunday 28 September and the two days after it are working days; 1 to 8 October are not. The make-up
  // Saturday 11 October is the first day late.
  expect(notEmpty(sentOn(daysFrom("2025-09-20", 32), "2025-10-10"))).toEqual([
    ["2025-09-24", "soon"],
    ["2025-09-29", "soon"],
    ["2025-10-09", "soon"],
    ["2025-10-11", "late"],
    ["2025-10-13", "late"],
    ["2025-10-14", "late", "escalate"],
    ["2025-10-15", "late"],
    ["2025-10-16", "late"],
    ["2025-10-17", "late"],
    ["2025-10-20", "late"],
    ["2025-10-21", "late", "escalate"],
  ]);
});

it("of what is due on Friday 17 July 2026 it is 7, 3 and 1 working days before, and on no other", () => {
  expect(notEmpty(sentOn(daysFrom("2026-07-01", 17), "2026-07-17"))).toEqual([
    ["2026-07-08", "soon"],
    ["2026-07-14", "soon"],
    ["2026-07-16", "soon"],
  ]);
});

describe("when nothing ran for two days", () => {
  test.each([
    ["7 days before", ["2026-07-07", "2026-07-10", "2026-07-13"], ["2026-07-10", "soon"]],
    ["3 days before", ["2026-07-08", "2026-07-13", "2026-07-15"], ["2026-07-15", "soon"]],
    ["1 day before, it is on the day itself", ["2026-07-14", "2026-07-15", "2026-07-17"], ["2026-07-17", "soon"]],
    ["both 3 days and 1 day before, it is one", ["2026-07-13", "2026-07-16", "2026-07-17"], ["2026-07-16", "soon"]],
    [
      "3 days late, it is on the fourth",
      ["2026-07-17", "2026-07-23", "2026-07-24"],
      ["2026-07-23", "late", "escalate"],
    ],
    ["8 days late, it is on the ninth", ["2026-07-22", "2026-07-28", "2026-07-30"], ["2026-07-30", "late", "escalate"]],
  ])("what was for %s comes with the next run", (_, days, expected) => {
    expect(sentOn(days, "2026-07-17").at(days.indexOf(String(expected[0])))).toEqual(expected);
  });

  it("and comes but once", () => {
    expect(sentOn(["2026-07-23", "2026-07-24", "2026-07-27"], "2026-07-17")).toEqual([
      ["2026-07-23", "late", "escalate"],
      ["2026-07-24", "late"],
      ["2026-07-27", "late"],
    ]);
  });
});

it("counts anew from a later day: what was sent for the first one is no reminder of the other", () => {
  const at = (day: Day, soonOn: Day) =>
    planReminders([{ item: "leaf", dueOn: "2026-07-22", soonOn, escalatedOn: null }], day).map(({ kind }) => kind);
  expect(at("2026-07-16", "2026-07-16")).toEqual([]);
  expect(at("2026-07-17", "2026-07-16")).toEqual(["soon"]);
});

it("a due day on a weekend is late from the working day after it", () => {
  expect(sentOn(["2026-07-16", "2026-07-17", "2026-07-19", "2026-07-20"], "2026-07-18")).toEqual([
    ["2026-07-16", "soon"],
    ["2026-07-17"],
    ["2026-07-19"],
    ["2026-07-20", "late"],
  ]);
});

test.each([
  ["2026-07-17T00:29:59Z", null],
  ["2026-07-17T00:30:00Z", "2026-07-17"],
  ["2026-07-17T09:59:00Z", "2026-07-17"],
  ["2026-07-17T10:00:00Z", null],
  // Half past midnight in China is still yesterday in Greenwich.
  ["2026-07-16T16:30:00Z", null],
])("at %s reminders go out for %s", (now, day) => {
  expect(dayToRemind(new Date(now))).toBe(day);
});
