import { mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processMark } from "./process-mark";
import { inTerminalLanguage, OperatorError } from "./operator-error";

const LOCK_PATIENCE_MS = 120_000;

/** Runs `work` while no other process runs one under the same file; a lock left by a dead process is taken over. */
export async function withLockFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  while (!(await tryLock(file))) {
    if (Date.now() > deadline) {
      throw new OperatorError(
        inTerminalLanguage(
          `另一个进程一直占用 ${file}。确认没有其他汇报进程后，删除该文件再试。`,
          `Another process keeps holding ${file}. If no other Huibao process runs, delete that file and try again.`,
        ),
      );
    }
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Notes that this process uses the database, so that whoever leaves last stops it. */
export async function enterUser(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, String(process.pid)), processMark(process.pid) ?? "", { mode: 0o600 });
}

/** Takes this process off the list; true when no other living process is on it. */
export async function leaveUser(directory: string): Promise<boolean> {
  await rm(join(directory, String(process.pid)), { force: true });
  let othersLive = false;
  for (const name of await readdir(directory).catch(() => [])) {
    const mark = await readFile(join(directory, name), "utf8").catch(() => undefined);
    if (mark !== undefined && processMark(Number(name)) === mark) othersLive = true;
    else await rm(join(directory, name), { force: true });
  }
  return !othersLive;
}

async function tryLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(`${process.pid} ${processMark(process.pid) ?? ""}`);
    await handle.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const [pid, mark] = (await readFile(file, "utf8").catch(() => "")).split(" ");
  // An empty file is a lock being written this moment, unless it stays empty.
  if (!pid) await sleep(500);
  const [laterPid, laterMark] = (await readFile(file, "utf8").catch(() => "")).split(" ");
  if (laterPid === pid && laterMark === mark && processMark(Number(pid)) !== mark) await rm(file, { force: true });
  return false;
}
