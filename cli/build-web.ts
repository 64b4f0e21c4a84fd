import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { writeReadingCss } from "./reading-css";

/** Makes the production build: the reading page's stylesheet, then Next's own. Resolves to the exit code. */
export async function buildWeb(project: string, stdio: "inherit" | "pipe" = "inherit"): Promise<{ code: number; output: string }> {
  await writeReadingCss(project);
  const next = fileURLToPath(new URL("../node_modules/next/dist/bin/next", import.meta.url));
  const build = spawn(process.execPath, [next, "build"], {
    cwd: project,
    stdio: ["ignore", stdio, stdio],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  let output = "";
  build.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  build.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number>((resolve) => build.on("exit", (ended) => resolve(ended ?? 1)));
  return { code, output };
}
