import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { signalGroup, typeScript } from "./part";

const SOURCE_FOLDERS = ["app", "db", "domain", "jobs", "messages", "public", "render", "ui"];
const SOURCE_FILES = [
  "cli/build-web.ts",
  "cli/reading-css.ts",
  "next.config.js",
  "package-lock.json",
  "postcss.config.js",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];
/** Tests, data read while running, and the stylesheet that the build itself writes. */
const NOT_BUILT = /\.test\.tsx?$|\.(md|csv)$|^public\/reading-.*\.css$/;
const STAMP = ".next/huibao-build";

/** True when `.next` was built from the sources as they are now (by content, not by date). */
export async function isBuildCurrent(project: string): Promise<boolean> {
  const [stamp, finished, sources] = await Promise.all([
    readFile(join(project, STAMP), "utf8").catch(() => undefined),
    readFile(join(project, ".next/BUILD_ID"), "utf8").catch(() => undefined),
    hashSources(project),
  ]);
  return finished !== undefined && stamp === `${sources}\n`;
}

/**
 * Does what `npm run build` does, with its output in `log`. Throws an OperatorError with the end of that output when
 * it fails; `signal` ends the build early.
 */
export async function buildForProduction(project: string, log: string, signal?: AbortSignal): Promise<void> {
  await mkdir(dirname(log), { recursive: true });
  const code = await runBuild(project, log, signal);
  if (code !== 0 && !signal?.aborted) {
    const said = (await readFile(log, "utf8")).trim().split("\n").slice(-15).join("\n");
    throw new OperatorError(
      inTerminalLanguage(
        `页面构建失败（日志：${log}）：\n${said}`,
        `Building the pages failed (log: ${log}):\n${said}`,
      ),
    );
  }
}

/** Notes that `.next` was just built from the sources with this hash, taken before the build. */
export async function stampBuild(project: string, sources: string): Promise<void> {
  await writeFile(join(project, STAMP), `${sources}\n`);
}

/** SHA-256 over the names and contents of everything that a build reads; fonts count by name, being large and fixed. */
export async function hashSources(project: string): Promise<string> {
  const listed = await Promise.all([...SOURCE_FOLDERS, "fonts"].map((folder) => listFiles(project, folder)));
  const fonts = listed.pop() ?? [];
  const names = [...listed.flat().filter((name) => !NOT_BUILT.test(name)), ...SOURCE_FILES].sort();
  const contents = await Promise.all(names.map((name) => readFile(join(project, name)).catch(() => undefined)));
  const hash = createHash("sha256");
  for (const [index, name] of names.entries()) {
    const content = contents[index];
    if (content) hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.update(fonts.sort().join("\0")).digest("hex");
}

async function listFiles(project: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(project, folder), { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(project, join(entry.parentPath, entry.name)));
}

function runBuild(project: string, log: string, signal: AbortSignal | undefined): Promise<number | null> {
  const output = openSync(log, "w", 0o600);
  const child = spawn(process.execPath, typeScript("cli/build.ts"), {
    cwd: project,
    detached: process.platform !== "win32",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const end = () => signalGroup(child.pid ?? 0, "SIGTERM");
  signal?.addEventListener("abort", end, { once: true });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      signal?.removeEventListener("abort", end);
      resolve(code);
    });
  });
}
