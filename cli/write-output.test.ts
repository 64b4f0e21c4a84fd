import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OperatorError } from "../db/embedded/operator-error";
import { writeOutput } from "./write-output";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "huibao-output-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

test("a file is written over whole, and nothing else is left beside it", async () => {
  const file = join(directory, "report.md");
  await writeFile(file, "旧");
  await writeOutput(file, "新");
  expect(await readFile(file, "utf8")).toBe("新");
  expect(await readdir(directory)).toEqual(["report.md"]);
});

test("a file that cannot be written is named in a sentence, and what was there stays", async () => {
  await mkdir(join(directory, "taken"));
  for (const file of [join(directory, "taken"), join(directory, "nowhere", "report.md")]) {
    const failure = await writeOutput(file, "新").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OperatorError);
    expect(String(failure)).toContain(file);
  }
  expect(await readdir(directory)).toEqual(["taken"]);
});
