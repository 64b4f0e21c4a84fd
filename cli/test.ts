/** `npm test`: everything, in order of patience; goes on after a failure and ends with one line of counts. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runChecks, runVitest, withReportFile } from "./checks";
import { dataDirectory, projectDirectory } from "./environment";
import { buildForProduction, isBuildCurrent } from "./production-build";
import { endStepsOnInterrupt, printStep, runStep } from "./run-step";
import { addUp, type Counts, countPlaywright, countStep, exitCodeOf, summaryLine } from "./tally";

const PATIENCE_SECONDS = { property: 600, database: 900, stories: 1800 };

endStepsOnInterrupt();
const counts: Counts[] = [];
try {
  counts.push(...(await runChecks()));
  counts.push(await runVitest("property tests", "property", PATIENCE_SECONDS.property));
  counts.push(await runVitest("database tests", "database", PATIENCE_SECONDS.database));
  const built = await buildPages();
  counts.push(countStep(built));
  if (built) counts.push(await runStories());
  else console.log("The stories need the pages and were left out.");
} catch (error) {
  console.error(error);
  counts.push(countStep(false));
}
const total = addUp(counts);
console.log(`\n${summaryLine(total)}`);
process.exit(exitCodeOf(total));

async function buildPages(): Promise<boolean> {
  const startedAt = performance.now();
  const outcome = await makeCurrentBuild().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  printStep("build", outcome === undefined, performance.now() - startedAt, outcome ?? "");
  return outcome === undefined;
}

async function makeCurrentBuild(): Promise<void> {
  if (await isBuildCurrent(projectDirectory)) return;
  await buildForProduction(projectDirectory, join(dataDirectory(), "build.log"));
}

function runStories(): Promise<Counts> {
  return withReportFile(async (file) => {
    const args = ["test", "--config", "e2e/playwright.config.ts", "--reporter=list,json"];
    const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const succeeded = await runStep({
      name: "stories",
      program: "playwright",
      args,
      env,
      patienceSeconds: PATIENCE_SECONDS.stories,
    });
    return countPlaywright(await readFile(file, "utf8").catch(() => undefined), succeeded);
  });
}
