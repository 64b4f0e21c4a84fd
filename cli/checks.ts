import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectDirectory } from "./environment";
import { runStep, type Step } from "./run-step";
import { type Counts, countStep, countVitest } from "./tally";

const AT_ONCE = 2;
const CODE_FOLDERS = ["app", "db", "domain", "render", "jobs", "cli", "ui", "messages", "e2e", "bench"].filter(
  (folder) => existsSync(join(projectDirectory, folder)),
);

/** Everything that needs no database: format, lint, dependency rules, types, unused code, unit tests. */
export async function runChecks(): Promise<Counts[]> {
  const counts: Counts[] = [];
  const waiting = [unitTests, types, ...SIMPLE.map((step) => async () => countStep(await runStep(step)))];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) counts.push(await check());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return counts;
}

/** Runs one of vitest.config.ts's projects and counts its tests. */
export async function runVitest(name: string, project: string, patienceSeconds: number): Promise<Counts> {
  return withReportFile(async (file) => {
    const args = ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const succeeded = await runStep({ name, program: "vitest", args, patienceSeconds });
    return countVitest(await readFile(file, "utf8").catch(() => undefined), succeeded);
  });
}

/** Lends a path for a report to `work` and removes it afterwards. */
export async function withReportFile<T>(work: (file: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "huibao-test-"));
  try {
    return await work(join(directory, "report.json"));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const SIMPLE: readonly Step[] = [
  {
    name: "dependencies",
    program: "depcruise",
    args: ["--config", ".dependency-cruiser.cjs", ...CODE_FOLDERS],
    patienceSeconds: 120,
  },
  { name: "unused code", program: "knip", args: [], patienceSeconds: 120 },
  { name: "lint", program: "oxlint", args: [], patienceSeconds: 120 },
  { name: "format", program: "oxfmt", args: ["--check"], patienceSeconds: 120 },
];

function unitTests(): Promise<Counts> {
  return runVitest("unit tests", "unit*", 300);
}

// Next writes the types of routes and stylesheets; without them, or with those of pages since moved, tsc complains.
async function types(): Promise<Counts> {
  const generated = await runStep({ name: "route types", program: "next", args: ["typegen"], patienceSeconds: 120 });
  if (!generated) return countStep(false);
  return countStep(await runStep({ name: "types", program: "tsc", args: ["--noEmit"], patienceSeconds: 180 }));
}
