import { describe, expect, it } from "vitest";
import { addUp, countPlaywright, countStep, countVitest, exitCodeOf, summaryLine } from "./tally";

const vitest = (passed: number, failed: number, testResults: object[] = []) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults });
const playwright = (expected: number, unexpected: number, flaky = 0) =>
  JSON.stringify({ stats: { expected, unexpected, flaky, skipped: 4 } });

describe("the summary of a whole test run", () => {
  it("adds the checks, the unit and database tests and the stories into one plain line", () => {
    const counts = [
      countStep(true),
      countStep(false),
      countVitest(vitest(120, 1), false),
      countPlaywright(playwright(9, 2, 1), false),
    ];
    expect(summaryLine(addUp(counts))).toBe("131 passed, 4 failed");
  });

  it("counts a test file that could not be loaded as a failure", () => {
    const unloaded = [
      { status: "failed", assertionResults: [] },
      { status: "passed", assertionResults: [{}] },
    ];
    expect(countVitest(vitest(5, 0, unloaded), false)).toEqual({ passed: 5, failed: 1 });
  });

  it("counts a failing step without a report, or with half of one, as one failure", () => {
    expect(countVitest(undefined, false)).toEqual({ passed: 0, failed: 1 });
    expect(countPlaywright('{"stats":{"exp', false)).toEqual({ passed: 0, failed: 1 });
  });

  it("does not hide a failure behind tests that all passed, such as a broken teardown", () => {
    expect(countVitest(vitest(7, 0), false)).toEqual({ passed: 7, failed: 1 });
    expect(countPlaywright(playwright(3, 0), false)).toEqual({ passed: 3, failed: 1 });
  });

  it("takes a suite in which nothing ran for a failure", () => {
    expect(countVitest(vitest(0, 0), true)).toEqual({ passed: 0, failed: 1 });
    expect(countPlaywright(playwright(0, 0), true)).toEqual({ passed: 0, failed: 1 });
  });

  it("ends well only when something passed and nothing failed", () => {
    expect(exitCodeOf({ passed: 12, failed: 0 })).toBe(0);
    expect(exitCodeOf({ passed: 12, failed: 1 })).toBe(1);
    expect(exitCodeOf(addUp([]))).toBe(1);
  });
});
