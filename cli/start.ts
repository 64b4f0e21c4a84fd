/**
 * `npm start`: the whole system in one command. Builds when the sources changed, prepares the database, starts the
 * web and the worker, and stops everything in order at Ctrl-C, SIGTERM or SIGHUP, or when one part breaks.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { explainSystemFailure, inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { processMark } from "../db/embedded/process-mark";
import { withLockFile } from "../db/embedded/users";
import { announce } from "./announce";
import { buildForProduction, isBuildCurrent } from "./production-build";
import { dataDirectory, prepareDatabase, type PreparedDatabase, projectDirectory } from "./environment";
import { endLeftovers, findInstance, type InstanceRecord, removeInstance, writeInstance } from "./instance";
import type { Part } from "./part";
import { firstFreePort, wantedPort } from "./port";
import { listenForStop, type StopRequest } from "./stop-request";
import { awaitHealth, firstBreakdown, startWeb, startWorker } from "./system";

// A browser's idle connections keep the web from ending by itself, so it gets less time than a job that finishes.
const PATIENCE_MS = { web: 3_000, worker: 15_000 };

const dataDir = dataDirectory();
const pidFile = join(dataDir, "huibao.pid");
const startedAt = performance.now();
const self: InstanceRecord = { pid: process.pid, mark: processMark(process.pid) ?? "", address: undefined, parts: [] };
const parts: Part[] = [];
let database: PreparedDatabase | undefined;

process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
process.exit(await main());

async function main(): Promise<number> {
  try {
    await claimInstance();
  } catch (error) {
    return report(explainSystemFailure(error, dataDir) ?? error);
  }
  const stop = listenForStop(killEverything);
  let code = 0;
  try {
    code = await run(stop);
  } catch (error) {
    if (!stop.signal.aborted) code = report(explainSystemFailure(error, dataDir) ?? error);
  }
  if (stop.signal.aborted) say("正在停止……", "Stopping …");
  return (await stopEverything()) ? code : 1;
}

async function run(stop: StopRequest): Promise<number> {
  const wanted = wantedPort(process.env["PORT"]);
  const host = process.env["HOST"] || "127.0.0.1";
  await prepare(stop);
  if (stop.signal.aborted || !database) return 0;

  const port = await firstFreePort(host, wanted);
  if (port !== wanted)
    say(`端口 ${wanted} 已被占用，改用 ${port}。`, `Port ${wanted} is taken; using ${port} instead.`);
  const web = startWeb({ host, port, database, log: join(dataDir, "web.log") });
  parts.push(web.part, startWorker({ database, address: web.address, log: join(dataDir, "worker.log") }));
  self.parts = parts.map(({ pid, mark }) => ({ pid, mark }));
  self.address = web.address;
  await writeInstance(pidFile, self);

  const breakdown = firstBreakdown(parts, database, stop.signal);
  const early = await Promise.race([awaitHealth(web.healthUrl, stop.signal), breakdown]);
  if (!early && !stop.signal.aborted)
    await announce({ address: web.address, demo: database.demo, milliseconds: performance.now() - startedAt });
  const broken = early ?? (await breakdown);
  if (!broken || stop.signal.aborted) return 0;
  return report(new OperatorError(broken));
}

// The build needs no database, so both go at once; when one fails, the other is waited for before anything stops.
async function prepare(stop: StopRequest): Promise<void> {
  const abandon = new AbortController();
  const signal = AbortSignal.any([stop.signal, abandon.signal]);
  const abandonOnFailure = (error: unknown): never => {
    abandon.abort();
    throw error;
  };
  const outcomes = await Promise.allSettled([
    prepareDatabase(console.log).then((prepared) => {
      database = prepared;
    }, abandonOnFailure),
    buildIfStale(signal).catch(abandonOnFailure),
  ]);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

async function buildIfStale(signal: AbortSignal): Promise<void> {
  if (await isBuildCurrent(projectDirectory)) return;
  say(
    "正在构建页面，首次启动或程序有改动时需要约半分钟……",
    "Building the pages: half a minute, at the first start and after a change …",
  );
  await buildForProduction(projectDirectory, join(dataDir, "build.log"), signal);
}

async function claimInstance(): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  await withLockFile(join(dataDir, "huibao.lock"), async () => {
    const found = findInstance(pidFile);
    if (found.state === "running") throw alreadyRuns(found.record);
    if (found.state === "stale") {
      const ended = found.record ? await endLeftovers(found.record) : 0;
      say(
        `上次没有正常停止，已清理遗留的 ${pidFile}${ended > 0 ? `，并结束了 ${ended} 个遗留进程` : ""}。`,
        `The last run did not stop properly: replaced ${pidFile}${ended > 0 ? ` and ended ${ended} processes it left behind` : ""}.`,
      );
    }
    await writeInstance(pidFile, self);
  });
}

function alreadyRuns(record: InstanceRecord): OperatorError {
  const zh = record.address ? `，地址是 ${record.address}` : "，正在启动";
  const en = record.address ? ` at ${record.address}` : " and is starting";
  return new OperatorError(
    inTerminalLanguage(
      `汇报已在运行（进程 ${record.pid}）${zh}。`,
      `Huibao runs already (process ${record.pid})${en}.`,
    ),
  );
}

/** Web first, so that nothing new arrives; then the worker; the database last. False when something would not stop. */
async function stopEverything(): Promise<boolean> {
  for (const part of parts) await part.stop(PATIENCE_MS[part.name]);
  let clean = true;
  try {
    await database?.release();
  } catch (error) {
    clean = false;
    report(error);
  }
  await removeInstance(pidFile);
  return clean;
}

function killEverything(): void {
  say("立即终止。", "Killed.");
  for (const part of parts) part.kill();
  // SIGQUIT is PostgreSQL's immediate shutdown: nothing committed is lost, the next start recovers.
  if (database?.server) process.kill(database.server.pid, "SIGQUIT");
  process.exit(130);
}

function report(error: unknown): number {
  console.error(error instanceof OperatorError ? error.message : error);
  return 1;
}

function say(zh: string, en: string): void {
  console.log(inTerminalLanguage(zh, en));
}
