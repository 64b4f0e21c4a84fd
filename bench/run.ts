/**
 * `npm run bench [-- --json] [a b c d e f g h]`: speed against floors that run beside it, as ratios. Never a test: a missed goal is
 * reported with its reason, and only what could not be measured ends with an error.
 */
import { measureReading, measureWork } from "./cases/pages";
import { measureChecks } from "./cases/checks";
import { measureCompare } from "./cases/compare";
import { measureExports } from "./cases/exports";
import { measurePrint } from "./cases/print";
import { measureSaves } from "./cases/saves";
import { measureSection } from "./cases/section";
import { REASONS } from "./reasons";
import type { Result } from "./result";
import { say } from "./say";
import { startSystem, type System } from "./system";

const PARTS: Record<string, (system: System, reasons: Record<string, string>) => Promise<Result[]>> = {
  a: measureReading,
  b: measureWork,
  c: measureSaves,
  d: measurePrint,
  e: measureChecks,
  f: measureSection,
  g: measureCompare,
  h: measureExports,
};

const startedAt = performance.now();
const named = process.argv.slice(2).filter((word) => word in PARTS);
const system = await startSystem();
const results: Result[] = [];
const interrupted = () => void system.stop().then(() => process.exit(130));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupted);
try {
  for (const [name, measure] of Object.entries(PARTS)) {
    if (named.length === 0 || named.includes(name)) results.push(...(await measure(system, REASONS)));
  }
} finally {
  await system.stop();
}
say(`Took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
if (process.argv.includes("--json"))
  console.log(JSON.stringify(Object.fromEntries(results.map(({ id, ...rest }) => [id, rest]))));
else printTable(results);
process.exit(0);

function printTable(rows: readonly Result[]): void {
  for (const { id, what, unit, floor, product, ratio, goal, met, notes, reason } of rows) {
    const sides = floor === null ? `${product} ${unit}` : `${product} against ${floor} ${unit}`;
    console.log(
      `${met ? "met   " : "MISSED"}  ${id.padEnd(9)} ${what.padEnd(26)} ${ratio === null ? "" : `ratio ${ratio}, `}${sides} (goal: ${goal})`,
    );
    console.log(`        ${notes}`);
    if (reason) console.log(`        Why: ${reason}`);
  }
}
