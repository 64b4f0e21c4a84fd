import {
  chown,
  chmod,
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Binaries } from "./binaries";
import { diskFull, inTerminalLanguage, OperatorError } from "./operator-error";
import { commandLine, processMark } from "./process-mark";
import type { Way } from "./run-as";

const BYTES_NEEDED = 300 * 1024 * 1024;
const SETTLE_MS = 60_000;

/** Where everything of one embedded database lies inside the data directory. */
export interface ClusterPaths {
  cluster: string;
  settings: string;
  log: string;
  lock: string;
  users: string;
}

export interface Settings {
  port: number;
  password: string;
}

export function clusterPaths(dataDir: string): ClusterPaths {
  return {
    cluster: join(dataDir, "postgres"),
    settings: join(dataDir, "postgres.json"),
    log: join(dataDir, "postgres.log"),
    lock: join(dataDir, "postgres.lock"),
    users: join(dataDir, "postgres-users"),
  };
}

/** Major version of the cluster's files, for example "18"; undefined when there is no cluster yet. */
export async function clusterVersion(paths: ClusterPaths): Promise<string | undefined> {
  return (await readFile(join(paths.cluster, "PG_VERSION"), "utf8").catch(() => undefined))?.trim();
}

export async function clusterOwner(paths: ClusterPaths): Promise<number | undefined> {
  return (await stat(paths.cluster).catch(() => undefined))?.uid;
}

export async function readSettings(paths: ClusterPaths): Promise<Settings> {
  const settings: Partial<Settings> = JSON.parse(await readFile(paths.settings, "utf8").catch(() => "{}"));
  if (typeof settings.port === "number" && typeof settings.password === "string")
    return { port: settings.port, password: settings.password };
  throw new OperatorError(
    inTerminalLanguage(
      `数据库的口令文件 ${paths.settings} 丢失或损坏，无法进入数据库 ${paths.cluster}。请从备份恢复该文件；若其中只有演示数据，删除 ${paths.cluster} 后重新启动即可。`,
      `The database's password file ${paths.settings} is missing or damaged, so ${paths.cluster} cannot be entered. Restore that file from a backup; if it holds only demonstration data, delete ${paths.cluster} and start again.`,
    ),
  );
}

export async function writeSettings(paths: ClusterPaths, settings: Settings): Promise<void> {
  await writeFile(`${paths.settings}.new`, JSON.stringify(settings), { mode: 0o600 });
  await rename(`${paths.settings}.new`, paths.settings);
}

/**
 * Makes a new cluster under another name and renames it when it is whole, so that an interrupted first start
 * leaves nothing half-made. Returns the owner's random password.
 */
export async function createCluster(paths: ClusterPaths, binaries: Binaries, way: Way): Promise<string> {
  const free = await statfs(join(paths.cluster, ".."));
  if (free.bavail * free.bsize < BYTES_NEEDED) throw diskFull(paths.cluster);
  const unfinished = `${paths.cluster}.new`;
  const passwordFile = `${paths.cluster}.password`;
  const password = randomBytes(24).toString("base64url");
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    await giveTo(way, unfinished);
    await giveTo(way, passwordFile);
    await initdb(binaries, way, unfinished, passwordFile);
    await rename(unfinished, paths.cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
  return password;
}

/** Hands an existing cluster to the account that the way runs as, when another way was used before. */
export async function giveTo(way: Way, path: string): Promise<void> {
  if (!way.owner) return;
  const found = await lstat(path);
  if (found.uid !== way.owner.uid) await giveTree(path, way.owner);
}

/** The log must exist beforehand: the account that PostgreSQL runs as may not create files in the data directory. */
export async function prepareLog(paths: ClusterPaths, way: Way): Promise<number> {
  await writeFile(paths.log, "", { flag: "a", mode: 0o600 });
  const { size } = await stat(paths.log);
  if (size > 10_000_000) await rename(paths.log, `${paths.log}.1`);
  if (size > 10_000_000) await writeFile(paths.log, "", { mode: 0o600 });
  if (way.owner) await chown(paths.log, way.owner.uid, way.owner.gid);
  await chmod(paths.log, 0o600);
  return size > 10_000_000 ? 0 : size;
}

/** The running server of this cluster, once it has finished starting; undefined when there is none. */
export async function findPostmaster(paths: ClusterPaths): Promise<{ pid: number; port: number } | undefined> {
  const file = join(paths.cluster, "postmaster.pid");
  const deadline = Date.now() + SETTLE_MS;
  while (Date.now() < deadline) {
    const text = await readFile(file, "utf8").catch(() => "");
    const lines = text.split("\n").map((line) => line.trim());
    const pid = Number(lines[0]);
    if (!pid) return undefined;
    if (!(await isSameDirectory(lines[1] ?? "", paths.cluster))) {
      // The directory was copied while its server ran: the file speaks of that other server.
      await rm(file, { force: true });
      return undefined;
    }
    if (!isPostgres(pid)) {
      await writeFile(file, text.replace(/^\s*\d+/, NO_PROCESS));
      return undefined;
    }
    if (lines[7] === "ready") return { pid, port: Number(lines[3]) };
    await sleep(100);
  }
  return undefined;
}

// PostgreSQL believes a file left by a crash as long as any process has its number, be it a zombie or another
// program (in a container numbers repeat at every start). Its own check, of the shared memory, is left in place.
const NO_PROCESS = "2147483646";

function isPostgres(pid: number): boolean {
  if (processMark(pid) === undefined) return false;
  const command = commandLine(pid);
  return command === undefined || command.includes("postgres");
}

async function isSameDirectory(recorded: string, cluster: string): Promise<boolean> {
  const [left, right] = await Promise.all([realpath(recorded).catch(() => recorded), realpath(cluster)]);
  return left === right;
}

// C.UTF-8 keeps character classes right for Chinese (trigram search needs them); macOS has en_US.UTF-8 instead.
async function initdb(binaries: Binaries, way: Way, cluster: string, passwordFile: string): Promise<void> {
  const files = ["-D", cluster, `--pwfile=${passwordFile}`, "--username=postgres", "--auth=scram-sha-256"];
  const language = ["--encoding=UTF8", "--locale-provider=icu", "--icu-locale=zh-CN", "--lc-messages=C"];
  const rest = ["--set=timezone=UTC", "--no-instructions"];
  const locale = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
  try {
    await way.run(binaries.initdb, [...files, ...language, `--locale=${locale}`, ...rest]).catch((error: unknown) => {
      if (!String(error).includes("invalid locale")) throw error;
      return way.run(binaries.initdb, [...files, ...language, "--locale=C", ...rest]);
    });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    if (output.includes("No space left") || output.includes("quota exceeded")) throw diskFull(cluster);
    throw new OperatorError(
      inTerminalLanguage(
        `建立内置数据库失败（${cluster}）：\n${output}`,
        `Making the built-in database in ${cluster} failed:\n${output}`,
      ),
    );
  }
}

async function giveTree(path: string, owner: { uid: number; gid: number }): Promise<void> {
  await chown(path, owner.uid, owner.gid);
  if (!(await lstat(path)).isDirectory()) return;
  for (const name of await readdir(path)) await giveTree(join(path, name), owner);
}
