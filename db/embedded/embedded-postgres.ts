import { chmod, mkdir, open } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import postgres from "postgres";
import { type Binaries, findBinaries } from "./binaries";
import {
  clusterOwner,
  type ClusterPaths,
  clusterPaths,
  clusterVersion,
  createCluster,
  findPostmaster,
  giveTo,
  prepareLog,
  readSettings,
  type Settings,
  writeSettings,
} from "./cluster-files";
import { diskFull, explainSystemFailure, inTerminalLanguage, OperatorError } from "./operator-error";
import { findWay, type Way } from "./run-as";
import { enterUser, leaveUser, withLockFile } from "./users";

const DATABASE = "huibao";

export interface EmbeddedPostgres {
  /** The owner's address (a superuser of this private server): postgres://postgres:…@127.0.0.1:PORT/huibao */
  url: string;
  /** False when a server of this data directory ran already and was adopted. */
  startedByUs: boolean;
  /** The server's own process, to watch; it is no child of ours. */
  pid: number;
  log: string;
  /** Leaves the database: the last process that uses it stops it, cleanly. */
  stop(): Promise<void>;
}

/**
 * A private PostgreSQL server whose files lie under `dataDir` (absolute): made on the first call, started when it
 * does not run, adopted when it does. Listens on 127.0.0.1 alone. Throws an OperatorError that says what to do.
 */
export async function ensureEmbedded({ dataDir }: { dataDir: string }): Promise<EmbeddedPostgres> {
  try {
    await makeDataDirectory(dataDir);
    const paths = clusterPaths(dataDir);
    return await withLockFile(paths.lock, async () => {
      const adopted = (await clusterVersion(paths)) ? await findPostmaster(paths) : undefined;
      const running = adopted ? { ...adopted, settings: await readSettings(paths) } : await start(paths);
      const url = `postgres://postgres:${running.settings.password}@127.0.0.1:${running.port}/${DATABASE}`;
      await ensureDatabase(url, paths);
      await enterUser(paths.users);
      return { url, startedByUs: !adopted, pid: running.pid, log: paths.log, stop: () => leave(paths) };
    });
  } catch (error) {
    throw explainSystemFailure(error, dataDir) ?? error;
  }
}

// Root's directory is passable (not readable) so that the unprivileged account reaches its own subdirectory;
// every file in it is 0600.
async function makeDataDirectory(dataDir: string): Promise<void> {
  const made = await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (made && process.getuid?.() === 0) await chmod(dataDir, 0o711);
}

async function start(paths: ClusterPaths): Promise<{ pid: number; port: number; settings: Settings }> {
  const binaries = await findBinaries();
  const { way, version } = await findWay(binaries, dirname(paths.cluster), await clusterOwner(paths));
  await refuseOtherVersion(paths, version);
  if (!(await clusterVersion(paths))) {
    const password = await createCluster(paths, binaries, way);
    await writeSettings(paths, { password, port: await freePort() });
  }
  await giveTo(way, paths.cluster);
  let settings = await readSettings(paths);
  if (!(await isFree(settings.port))) {
    settings = { ...settings, port: await freePort() };
    await writeSettings(paths, settings);
  }
  await startServer(paths, binaries, way, settings.port);
  const found = await findPostmaster(paths);
  if (!found) throw await startFailure(paths, 0);
  return { ...found, settings };
}

async function refuseOtherVersion(paths: ClusterPaths, programVersion: string): Promise<void> {
  const files = await clusterVersion(paths);
  const program = /\) (\d+)/.exec(programVersion)?.[1];
  if (!files || !program || files === program) return;
  throw new OperatorError(
    inTerminalLanguage(
      `数据目录 ${paths.cluster} 属于 PostgreSQL ${files}，而内置的是 PostgreSQL ${program}，不能直接打开。请用 PostgreSQL ${files} 的 pg_dump 导出后导入新库，或把该目录移走后重新启动（将得到一个空库）。`,
      `The files in ${paths.cluster} belong to PostgreSQL ${files}; the built-in server is PostgreSQL ${program} and cannot open them. Export them with pg_dump of version ${files}, or move the directory away and start again with an empty database.`,
    ),
  );
}

// pg_ctl puts the server into a session of its own, so a Ctrl-C in our terminal never reaches it.
async function startServer(paths: ClusterPaths, binaries: Binaries, way: Way, port: number): Promise<void> {
  const logStart = await prepareLog(paths, way);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c logging_collector=off -c log_checkpoints=off`;
  try {
    await way.run(binaries.pgCtl, [
      "start",
      "-w",
      "-s",
      "-t",
      "60",
      "-D",
      paths.cluster,
      "-l",
      paths.log,
      "-o",
      options,
    ]);
  } catch {
    throw await startFailure(paths, logStart);
  }
}

async function startFailure(paths: ClusterPaths, logStart: number): Promise<OperatorError> {
  const said = await readFrom(paths.log, logStart);
  if (said.includes("No space left on device")) return diskFull(paths.cluster);
  const lines = said.trim().split("\n").slice(-5).join("\n");
  return new OperatorError(
    inTerminalLanguage(
      `内置数据库没有启动成功（日志：${paths.log}）：\n${lines}`,
      `The built-in database did not start (log: ${paths.log}):\n${lines}`,
    ),
  );
}

async function readFrom(file: string, offset: number): Promise<string> {
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(64 * 1024);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function ensureDatabase(url: string, paths: ClusterPaths): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select 1`;
  } catch (error) {
    if (codeOf(error) === "28P01") {
      throw new OperatorError(
        inTerminalLanguage(
          `${paths.settings} 中的口令与数据库 ${paths.cluster} 不符。请从同一份备份恢复这两者。`,
          `The password in ${paths.settings} is not that of ${paths.cluster}. Restore both from the same backup.`,
        ),
      );
    }
    if (codeOf(error) !== "3D000") throw error;
    await createDatabase(url);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function createDatabase(url: string): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  const sql = postgres(maintenance.toString(), { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql.unsafe(`create database ${DATABASE}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function leave(paths: ClusterPaths): Promise<void> {
  await withLockFile(paths.lock, async () => {
    if (!(await leaveUser(paths.users))) return;
    if (!(await findPostmaster(paths))) return;
    const binaries = await findBinaries();
    const { way } = await findWay(binaries, dirname(paths.cluster), await clusterOwner(paths));
    await way.run(binaries.pgCtl, ["stop", "-w", "-s", "-m", "fast", "-t", "60", "-D", paths.cluster]);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
