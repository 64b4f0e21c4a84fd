import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, renameSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { processMark } from "../db/embedded/process-mark";

const LOG_LIMIT_BYTES = 10_000_000;
const FOLLOW = new URL("follow-supervisor.mjs", import.meta.url).href;

/** One running program of the system: the web or the worker. */
export interface Part {
  name: "web" | "worker";
  pid: number;
  mark: string;
  log: string;
  /** Settles when the program has ended, with how it ended in words for a log. */
  ended: Promise<string>;
  /** Asks it to stop, and ends it after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
  kill(): void;
}

/**
 * Starts a Node program with its output appended to `log`. It gets a process group of its own, so that a Ctrl-C in
 * the terminal reaches the supervisor alone, and ends itself when the supervisor is gone.
 */
export function startPart(
  name: Part["name"],
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; log: string },
): Part {
  const output = openLog(options.log);
  const child = spawn(process.execPath, ["--import", FOLLOW, ...args], {
    cwd: options.cwd,
    env: options.env,
    detached: process.platform !== "win32",
    stdio: ["pipe", output, output],
  });
  closeSync(output);
  child.stdin?.on("error", () => {});
  const ended = howItEnds(child);
  const pid = child.pid ?? 0;
  return {
    name,
    pid,
    mark: processMark(pid) ?? "",
    log: options.log,
    ended,
    stop: async (patienceMs) => {
      signalGroup(pid, "SIGTERM");
      const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), patienceMs);
      await ended;
      clearTimeout(timer);
    },
    kill: () => signalGroup(pid, "SIGKILL"),
  };
}

/** The arguments that run a TypeScript file of the project under Node. */
export function typeScript(file: string): string[] {
  return ["--import", import.meta.resolve("tsx"), fileURLToPath(new URL(`../${file}`, import.meta.url))];
}

/** Sends a signal to a part and to whatever it started; a part that has ended already is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 0) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

function howItEnds(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit ${code}`));
  });
}
