import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { writeReadingCss } from "./reading-css";

/** Makes the production build: the reading page's stylesheet, then Next's own. Resolves to the exit code. */
export async function buildWeb(project: string): Promise<number> {
  await writeReadingCss(project);
  const next = fileURLToPath(new URL("../node_modules/next/dist/bin/next", import.meta.url));
  const build = spawn(process.execPath, [next, "build"], {
    cwd: project,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  return new Promise((resolve) => build.on("exit", (code) => resolve(code ?? 1)));
}
