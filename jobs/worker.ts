/**
 * The worker: `tsx jobs/worker.ts` with WORKER_DATABASE_URL. Takes jobs from the queue until SIGTERM, SIGINT or the
 * end of whoever started it, and outlives a restart of the database.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, run, type Runner } from "graphile-worker";
import pino from "pino";
import { openDatabase, type Connection } from "../db/client";
import { outage } from "../domain/kernel/errors";
import { runDeliverEvent } from "./deliver-event";
import { freeAbandonedJobs } from "./free-abandoned-jobs";

const CONCURRENCY = 2;
const RETRY_MS = 1_000;

const log = pino(
  { level: process.env["LOG_LEVEL"] ?? "error", base: { part: "worker" } },
  pino.destination({ fd: 2, sync: true }),
);
const stop = stopRequest();

process.exitCode = await main();

async function main(): Promise<number> {
  const url = process.env["WORKER_DATABASE_URL"];
  if (!url) {
    log.fatal("WORKER_DATABASE_URL is not set: the worker is started by npm start");
    return 1;
  }
  const connection = openDatabase(url, { max: CONCURRENCY, name: "huibao-worker" });
  try {
    while (!stop.aborted) await workUntilLost(url, connection);
    return 0;
  } catch (error) {
    log.fatal({ error: describe(error) }, "the worker cannot go on");
    return 1;
  } finally {
    await connection.close();
  }
}

/** Works until asked to stop, or until the database went away under a job; then the caller begins anew. */
async function workUntilLost(url: string, { db }: Connection): Promise<void> {
  let runner: Runner;
  try {
    await freeAbandonedJobs(db);
    runner = await run({
      connectionString: url,
      taskList: { "deliver-event": (payload) => runDeliverEvent(db, payload).catch(plainly) },
      parsedCronItems: [],
      concurrency: CONCURRENCY,
      maxPoolSize: CONCURRENCY + 1,
      noHandleSignals: true,
      logger: new Logger(() => (level, message) => {
        if (level === "error") log.error(message.split("\n")[0]);
      }),
    });
  } catch (error) {
    if (!outage(error)) throw error;
    log.error({ error: describe(error) }, "the database is away");
    await sleep(RETRY_MS, undefined, { signal: stop }).catch(() => {});
    return;
  }
  await lossOrStop(runner);
  await runner.stop();
  if (!stop.aborted) await sleep(RETRY_MS, undefined, { signal: stop }).catch(() => {});
}

// graphile-worker's workers end for good when a job's outcome cannot be written down, and are not replaced.
function lossOrStop(runner: Runner): Promise<void> {
  return new Promise((resolve) => {
    runner.events.once("worker:fatalError", () => resolve());
    runner.promise.then(
      () => resolve(),
      () => resolve(),
    );
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** SIGTERM, SIGINT, and the end of the process that started this one, when there is a channel to it. */
function stopRequest(): AbortSignal {
  const controller = new AbortController();
  for (const event of ["SIGTERM", "SIGINT", "disconnect"] as const) process.on(event, () => controller.abort());
  return controller.signal;
}

/** The queue keeps and logs a job's error: the database's own words, without the statement and its parameters. */
function plainly(error: unknown): never {
  throw causeOf(error);
}

function describe(error: unknown): { name: string; message: string } {
  const cause = causeOf(error);
  return cause instanceof Error
    ? { name: cause.name, message: cause.message }
    : { name: "Error", message: String(cause) };
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}
