import { execFile, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright";

const run = promisify(execFile);

/** Names on the PATH, then the places where installers put Chrome, Chromium and Edge on Linux and macOS. */
const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "microsoft-edge-stable",
];
const PLACES = [
  "/usr/lib/chromium/chromium",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/**
 * A browser for the stories: HUIBAO_BROWSER, else Playwright's own Chromium, else one of the system, else one that
 * is installed now. Throws with what to do when none can be had.
 */
export async function findBrowser(): Promise<{ executablePath: string }> {
  const named = process.env["HUIBAO_BROWSER"];
  if (named) {
    if (await starts(named)) return { executablePath: named };
    throw new Error(`HUIBAO_BROWSER names ${named}, which does not start.`);
  }
  const found = (await findInstalled()) ?? (await install());
  if (found) return { executablePath: found };
  throw new Error(
    "No browser for the stories. Install Chrome or Chromium (Debian and Ubuntu: apt-get install chromium), " +
      "or run npx playwright install --with-deps chromium, or name a browser's program in HUIBAO_BROWSER.",
  );
}

async function findInstalled(): Promise<string | undefined> {
  const directories = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => directories.map((directory) => join(directory, name)));
  for (const candidate of [chromium.executablePath(), ...onPath, ...PLACES]) {
    if (isProgram(candidate) && (await starts(candidate))) return candidate;
  }
  return undefined;
}

// --with-deps asks for sudo's password when it is not root, which nobody answers in a test run.
async function install(): Promise<string | undefined> {
  const isRoot = process.getuid?.() === 0;
  const own = ["playwright", "install", ...(isRoot ? ["--with-deps"] : []), "chromium"];
  const downloaded = (await succeeds("npx", own)) ? await findInstalled() : undefined;
  if (downloaded || !isRoot || process.platform !== "linux") return downloaded;
  const installed =
    (await succeeds("apt-get", ["update"])) && (await succeeds("apt-get", ["install", "-y", "chromium"]));
  return installed ? findInstalled() : undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Ubuntu's chromium-browser is a script that only asks for a snap, and a download can lack system libraries.
async function starts(path: string): Promise<boolean> {
  return run(path, ["--version"], { timeout: 20_000 }).then(
    ({ stdout }) => /\d+\.\d+/.test(stdout),
    () => false,
  );
}

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: environment, stdio: ["ignore", 2, 2] });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
