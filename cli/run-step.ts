import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectDirectory } from "./environment";
import { signalGroup } from "./part";

const OUTPUT_LIMIT = 200_000;
const running = new Set<number>();

/** One program of a test run: a Node program under node_modules/.bin with its arguments. */
export interface Step {
  name: string;
  program: string;
  args: readonly string[];
  env?: Record<string, string>;
  patienceSeconds: number;
}

/** Runs a step and prints its name and time, and what it said only if it failed. True when it succeeded. */
export async function runStep(step: Step): Promise<boolean> {
  const startedAt = performance.now();
  const { succeeded, output } = await runProgram(step);
  printStep(step.name, succeeded, performance.now() - startedAt, output);
  return succeeded;
}

export function printStep(name: string, succeeded: boolean, milliseconds: number, output: string): void {
  console.log(
    `${succeeded ? "ok    " : "FAILED"}  ${name.padEnd(14)} ${(milliseconds / 1000).toFixed(1).padStart(6)} s`,
  );
  if (!succeeded) console.log(`\n${output.trimEnd()}\n`);
}

/** Lets an interrupted run take its programs, and whatever they started, down with it. */
export function endStepsOnInterrupt(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      for (const pid of running) signalGroup(pid, "SIGTERM");
      process.exit(130);
    });
  }
}

function runProgram(step: Step): Promise<{ succeeded: boolean; output: string }> {
  const child = spawn(process.execPath, [join(projectDirectory, "node_modules/.bin", step.program), ...step.args], {
    cwd: projectDirectory,
    detached: process.platform !== "win32",
    env: plainEnvironment(step.env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid ?? 0;
  running.add(pid);
  let output = "";
  const keep = (chunk: string) => {
    output = (output + chunk).slice(-OUTPUT_LIMIT);
  };
  child.stdout.setEncoding("utf8").on("data", keep);
  child.stderr.setEncoding("utf8").on("data", keep);
  const timer = setTimeout(() => {
    keep(`\nStopped: it took longer than ${step.patienceSeconds} s.\n`);
    signalGroup(pid, "SIGKILL");
  }, step.patienceSeconds * 1000);
  return new Promise((resolve) => {
    const finish = (succeeded: boolean) => {
      clearTimeout(timer);
      running.delete(pid);
      resolve({ succeeded, output });
    };
    child.once("error", (error) => {
      keep(error.message);
      finish(false);
    });
    child.once("close", (code) => finish(code === 0));
  });
}

// Colours would end up in logs, and the caller's settings of a running system in the tests.
function plainEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1", NEXT_TELEMETRY_DISABLED: "1" };
  for (const name of ["FORCE_COLOR", "NODE_ENV", "APP_DATABASE_URL", "WORKER_DATABASE_URL", "HUIBAO_DEMO"])
    Reflect.deleteProperty(environment, name);
  return Object.assign(environment, extra);
}
