import { describe, expect, it, test } from "vitest";
import { addMonths, addWorkingDays, unknownYears, workingDayAt, workingDaysUntil } from "./working-days";

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

/** 国办发明电〔2023〕7号, 国办发明电〔2024〕12号 and the notice for 2026: the make-up days of each year. */
const MADE_UP = {
  2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
  2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
  2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
};
/** Working days off, that is holidays from Monday to Friday. */
const OFF = {
  2024: [
    ["01-01"],
    ["02-12", "02-13", "02-14", "02-15", "02-16"],
    ["04-04", "04-05"],
    ["05-01", "05-02", "05-03"],
    ["06-10"],
    ["09-16", "09-17"],
    ["10-01", "10-02", "10-03", "10-04", "10-07"],
  ],
  2025: [
    ["01-01"],
    ["01-28", "01-29", "01-30", "01-31", "02-03", "02-04"],
    ["04-04"],
    ["05-01", "05-02", "05-05"],
    ["06-02"],
    ["10-01", "10-02", "10-03", "10-06", "10-07", "10-08"],
  ],
  2026: [
    ["01-01", "01-02"],
    ["02-16", "02-17", "02-18", "02-19", "02-20", "02-23"],
    ["04-06"],
    ["05-01", "05-04", "05-05"],
    ["06-19"],
    ["09-25"],
    ["10-01", "10-02", "10-05", "10-06", "10-07"],
  ],
};

describe.each([2024, 2025, 2026] as const)("in %i", (year) => {
  it("a working day is Monday to Friday, but for the holidays and the days made up", () => {
    const off = new Set(OFF[year].flat());
    const madeUp = new Set(MADE_UP[year]);
    const wrong: string[] = [];
    for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10);
      const weekday = new Date(at).getUTCDay();
      const works = madeUp.has(day.slice(5)) || (weekday >= 1 && weekday <= 5 && !off.has(day.slice(5)));
      if ((workingDayAt(day, "after") === day) !== works) wrong.push(day);
    }
    expect(wrong).toEqual([]);
  });
});

test.each([
  ["2024-08-15", -20, "2024-07-18"],
  ["2024-09-13", 1, "2024-09-14"],
  ["2025-09-30", 1, "2025-10-09"],
  ["2025-10-09", -1, "2025-09-30"],
  ["2025-10-05", 0, "2025-10-05"],
])("%s and %i working days is %s", (day, count, expected) => {
  expect(addWorkingDays(day, count)).toBe(expected);
});

test.each([
  ["2024-11-30", 3, "2025-02-28"],
  ["2024-08-01", 3, "2024-11-01"],
  ["2024-03-31", -1, "2024-02-29"],
])("%s and %i months is %s", (day, count, expected) => {
  expect(addMonths(day, count)).toBe(expected);
});

it("a day off gives way to the working day before or after it", () => {
  expect(workingDayAt("2025-10-04", "before")).toBe("2025-09-30");
  expect(workingDayAt("2025-10-04", "after")).toBe("2025-10-09");
  expect(workingDayAt("2025-10-11", "before")).toBe("2025-10-11");
});

it("a year whose holidays are not announced is named", () => {
  expect(unknownYears("2025-12-01", "2026-12-31")).toEqual([]);
  expect(unknownYears("2026-12-31", "2028-01-02")).toEqual([2027, 2028]);
});
