import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { prepareDatabase, projectDirectory } from "../cli/environment";
import { type Part, startPart } from "../cli/part";
import { firstFreePort } from "../cli/port";
import { buildForProduction, isBuildCurrent } from "../cli/production-build";
import { awaitHealth, startWeb, startWorker } from "../cli/system";
import { type Connection, openDatabase } from "../db/client";
import { tokenHash } from "../domain/user/session";
import { say } from "./say";

/** The product as `npm start` runs it, on a database of its own with the demonstration in it. */
export interface System {
  origin: string;
  appUrl: string;
  webPid: number;
  workerPid: number;
  /** Past row-level security: to lay out what is measured and to look at what is there. */
  owner: Connection;
  /** Starts a floor, whose /bytes answers with what is in `file`, if that is not empty; gives its origin. */
  startFloor(file: string): Promise<string>;
  directory: string;
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";
const FIRST_PORT = 3900;
const FLOOR = join(projectDirectory, "bench/floor");
const NEXT = join(projectDirectory, "node_modules/next/dist/bin/next");

export async function startSystem(): Promise<System> {
  const directory = await mkdtemp(join(tmpdir(), "huibao-bench-"));
  // Root's server runs as an unprivileged account, which must be able to pass.
  await chmod(directory, 0o711);
  useOnly(directory);
  await build(directory);
  const database = await prepareDatabase(say);
  const parts: Part[] = [];
  const owner = openDatabase(database.ownerUrl, { max: 2, name: "bench" });
  const stop = async () => {
    for (const part of parts) await part.stop(5_000);
    await owner.close();
    await database.release();
    await rm(directory, { recursive: true, force: true });
  };
  const signal = new AbortController().signal;
  try {
    const web = startWeb({
      host: HOST,
      port: await firstFreePort(HOST, FIRST_PORT),
      database,
      log: join(directory, "web.log"),
    });
    const worker = startWorker({ database, address: web.address, log: join(directory, "worker.log") });
    parts.push(web.part, worker);
    await awaitHealth(web.healthUrl, signal);
    await emptyQueue(owner);
    return {
      origin: new URL(web.healthUrl).origin,
      appUrl: database.appUrl,
      webPid: web.part.pid,
      workerPid: worker.pid,
      owner,
      directory,
      stop,
      startFloor: async (file) => {
        const port = await firstFreePort(HOST, FIRST_PORT + 50);
        const env = {
          ...process.env,
          NODE_ENV: "production",
          NEXT_TELEMETRY_DISABLED: "1",
          FLOOR_FILE: file,
          FLOOR_DATABASE_URL: database.appUrl,
        } as const;
        parts.push(
          startPart("web", [NEXT, "start", "-p", String(port), "-H", HOST], {
            cwd: FLOOR,
            env,
            log: join(directory, "floor.log"),
          }),
        );
        await awaitHealth(`http://${HOST}:${port}/rows/1`, signal);
        return `http://${HOST}:${port}`;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Signs somebody in past the sign-in page; gives the cookie. */
export async function signInAs(system: System, login: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await system.owner.sql`select open_session(id, ${tokenHash(token)}, '12 hours') from users where login = ${login}`;
  return `huibao-session=${token}`;
}

/** The operator's settings are about another system: this one has its own directory, database and address. */
function useOnly(directory: string): void {
  for (const name of [
    "DATABASE_URL",
    "NEXTAUTH_URL",
    "NEXTAUTH_SECRET",
    "NODE_OPTIONS",
    "APP_DATABASE_POOL",
    "SMTP_URL",
  ])
    delete process.env[name];
  process.env["HUIBAO_DATA"] = directory;
}

async function build(directory: string): Promise<void> {
  if (!(await isBuildCurrent(projectDirectory))) {
    say("Building the product …");
    await buildForProduction(projectDirectory, join(directory, "build.log"));
  }
  say("Building the floor …");
  const built = spawn(process.execPath, [NEXT, "build"], {
    cwd: FLOOR,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", 2],
  });
  const code = await new Promise((resolve) => built.once("exit", resolve));
  if (code !== 0) throw new Error("the floor could not be built");
}

/** The demonstration's notices are delivered before anything is measured. */
async function emptyQueue(owner: Connection): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const [row] = await owner.sql<{ waiting: number }[]>`select count(*)::int as waiting from graphile_worker.jobs`;
    if (row?.waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the worker does not empty its queue");
}
