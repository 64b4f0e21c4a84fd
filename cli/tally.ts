export interface Counts {
  passed: number;
  failed: number;
}

/** Adds up the steps' counts. */
export function addUp(counts: readonly Counts[]): Counts {
  return counts.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  });
}

/** The one line that ends `npm test`. */
export function summaryLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}

/** A run is good when something ran and nothing failed. */
export function exitCodeOf({ passed, failed }: Counts): 0 | 1 {
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** A step without tests of its own (format, types, …) counts as one. */
export function countStep(succeeded: boolean): Counts {
  return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * The counts in the report of Vitest's JSON reporter (undefined when none was written). A test file that could not
 * be loaded has no tests to fail, so it counts as one; so does a run that failed or ran nothing without saying where.
 */
export function countVitest(report: string | undefined, succeeded: boolean): Counts {
  const { numPassedTests: passed = 0, numFailedTests = 0, testResults = [] } = parse<VitestReport>(report);
  const unloaded = testResults.filter(
    ({ status, assertionResults = [] }) => status === "failed" && assertionResults.length === 0,
  );
  return withUnexplainedFailure({ passed, failed: numFailedTests + unloaded.length }, succeeded);
}

/** The same for Playwright's JSON reporter; a story that passed on a retry has passed. */
export function countPlaywright(report: string | undefined, succeeded: boolean): Counts {
  const { expected = 0, flaky = 0, unexpected = 0 } = parse<PlaywrightReport>(report).stats ?? {};
  return withUnexplainedFailure({ passed: expected + flaky, failed: unexpected }, succeeded);
}

interface VitestReport {
  numPassedTests?: number;
  numFailedTests?: number;
  testResults?: { status?: string; assertionResults?: unknown[] }[];
}

interface PlaywrightReport {
  stats?: { expected?: number; flaky?: number; unexpected?: number };
}

function withUnexplainedFailure({ passed, failed }: Counts, succeeded: boolean): Counts {
  const unexplained = failed === 0 && (!succeeded || passed === 0);
  return { passed, failed: unexplained ? 1 : failed };
}

// A reporter that was killed while writing leaves half a report, which says no more than none.
function parse<Report extends object>(report: string | undefined): Partial<Report> {
  try {
    return JSON.parse(report ?? "{}");
  } catch {
    return {};
  }
}
