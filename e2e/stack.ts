import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prepareDatabase, type PreparedDatabase } from "../cli/environment";
import { firstFreePort } from "../cli/port";
import type { Part } from "../cli/part";
import { awaitHealth, startWeb, startWorker } from "../cli/system";
import { type EmbeddedPostgres, ensureEmbedded } from "../db/embedded/embedded-postgres";
import { processMark } from "../db/embedded/process-mark";

const HOST = "127.0.0.1";
const FIRST_PORT = 3700;
const FIRST_SMTP_PORT = 6300;
/** A part that has not ended by itself after this long is killed. */
const PATIENCE_MS = 5_000;

/** A whole system of the tests' own: database, web and worker under a temporary folder. */
export interface Stack {
  address: string;
  ownerUrl: string;
  appUrl: string;
  workerUrl: string;
  /** Where the system sends its mails: nobody listens there until a story does. */
  smtpPort: number;
  /** Stops the database server as an operator does; the web stays. */
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  /** Ends the web with SIGKILL, in the middle of whatever it does. */
  killWeb(): Promise<void>;
  startWeb(): Promise<void>;
  /** One more web process on the same database; `stop` asks it to stop and tells how it ended. */
  addWeb(): Promise<{ address: string; stop: () => Promise<string> }>;
  stop(): Promise<void>;
}

/** Without `demo` it has no accounts but those that a story makes, and is there sooner. */
export async function startStack(options: { demo?: boolean } = {}): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), "huibao-stories-"));
  // Root's server runs as an unprivileged account, which must be able to pass.
  await chmod(dataDir, 0o711);
  const database = await prepareIn(dataDir, options);
  try {
    return await startParts(dataDir, database);
  } catch (error) {
    await database.release();
    throw error;
  }
}

/** Each of the processes that play stories has ports of its own: one takes none that another's killed web comes back to. */
function ownPort(first: number): number {
  const player = Number(process.env["TEST_PARALLEL_INDEX"] ?? -1) + 1;
  return first + player * 600 + (process.pid % 500);
}

async function startParts(dataDir: string, database: PreparedDatabase): Promise<Stack> {
  const port = await firstFreePort(HOST, ownPort(FIRST_PORT));
  const smtpPort = await firstFreePort(HOST, ownPort(FIRST_SMTP_PORT));
  process.env["SMTP_URL"] = `smtp://${HOST}:${smtpPort}`;
  const open = async () => {
    const started = startWeb({ host: HOST, port, database, log: join(dataDir, "web.log") });
    await awaitHealth(started.healthUrl, new AbortController().signal);
    return started;
  };
  let web: { part: Part; address: string } = await open();
  const worker = startWorker({ database, address: web.address, log: join(dataDir, "worker.log") });
  let server: Pick<EmbeddedPostgres, "pid"> = database.server ?? { pid: 0 };
  const { ownerUrl, appUrl, workerUrl } = database;
  return {
    address: web.address,
    ownerUrl,
    appUrl,
    workerUrl,
    smtpPort,
    async stopDatabase() {
      const mark = processMark(server.pid);
      // PostgreSQL's fast shutdown, as pg_ctl stop does it.
      process.kill(server.pid, "SIGINT");
      const runs = () => mark !== undefined && processMark(server.pid) === mark;
      while (runs()) await sleep(50);
    },
    async startDatabase() {
      server = await ensureEmbedded({ dataDir });
    },
    async killWeb() {
      web.part.kill();
      await web.part.ended;
    },
    async startWeb() {
      web = await open();
    },
    async addWeb() {
      const free = await firstFreePort(HOST, port + 1);
      const more = startWeb({ host: HOST, port: free, database, log: join(dataDir, "web-2.log") });
      await awaitHealth(more.healthUrl, new AbortController().signal);
      return {
        address: more.address,
        stop: async () => {
          await more.part.stop(PATIENCE_MS);
          return more.part.ended;
        },
      };
    },
    async stop() {
      const crashed = [web.part, worker].filter((part) => processMark(part.pid) !== part.mark);
      for (const part of crashed)
        console.error(`The ${part.name} ended by itself (${await part.ended}):\n${await readFile(part.log, "utf8")}`);
      await Promise.all([web.part.stop(PATIENCE_MS), worker.stop(PATIENCE_MS)]);
      await database.release();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The command's own preparation; only where the files lie is ours. */
async function prepareIn(dataDir: string, options: { demo?: boolean }): Promise<PreparedDatabase> {
  process.env["HUIBAO_DATA"] = dataDir;
  for (const name of ["DATABASE_URL", "NEXTAUTH_URL"]) Reflect.deleteProperty(process.env, name);
  return prepareDatabase(() => {}, options);
}
