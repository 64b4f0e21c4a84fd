/**
 * The worker: `tsx jobs/worker.ts` with WORKER_DATABASE_URL. Takes jobs from the queue until SIGTERM, SIGINT or the
 * end of whoever started it, and outlives a restart of the database.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { Logger, parseCronItems, run, type Runner } from "graphile-worker";
import pino from "pino";
import { openDatabase, type Connection } from "../db/client";
import { outage } from "../domain/kernel/errors";
import { runCallWebhook } from "./call-webhook";
import { CLEARING, runClearExports } from "./clear-exports";
import { runDeliverEvent } from "./deliver-event";
import { freeAbandonedJobs } from "./free-abandoned-jobs";
import { runMakeFile } from "./make-file";
import { type Mailer, openMailer } from "./open-mailer";
import { remind } from "./remind";
import { DIGEST_TIME, runSendDigests } from "./send-digests";
import { runSendMail } from "./send-mail";

/** One for mails, one for calls, one for files (each has a queue of its own), one that is always free for the desks. */
const CONCURRENCY = 4;
/** What was missed while no worker ran is made up for when it is not older than this. */
const MAKE_UP_MS = 12 * 3_600_000;
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
  // What people type to reach us: every link in a mail begins with it.
  const origin = (process.env["NEXTAUTH_URL"] || "http://localhost:3000").replace(/\/+$/, "");
  const connection = openDatabase(url, { max: CONCURRENCY, name: "huibao-worker" });
  const mailer = mailerFor(process.env["SMTP_URL"], origin);
  try {
    while (!stop.aborted) await workUntilLost(url, connection, { origin, mailer });
    return 0;
  } catch (error) {
    log.fatal({ error: describe(error) }, "the worker cannot go on");
    return 1;
  } finally {
    mailer?.close();
    await connection.close();
  }
}

/** Undefined without a server, or with an address that is none: then people are told on their desks alone. */
function mailerFor(smtpUrl: string | undefined, origin: string): Mailer | undefined {
  if (!smtpUrl) return undefined;
  try {
    return openMailer(smtpUrl, origin, process.env["MAIL_FROM"]);
  } catch {
    // Without its words: the address has a password in it.
    log.error("SMTP_URL is not an address of a mail server (smtp://user:password@host:port): no mails are sent");
    return undefined;
  }
}

/** Works until asked to stop, or until the database went away under a job; then the caller begins anew. */
async function workUntilLost(
  url: string,
  { db }: Connection,
  { origin, mailer }: { origin: string; mailer: Mailer | undefined },
): Promise<void> {
  let runner: Runner;
  const outside = { origin, mails: mailer !== undefined };
  try {
    await freeAbandonedJobs(db);
    runner = await run({
      connectionString: url,
      taskList: {
        "deliver-event": (payload) => runDeliverEvent(db, payload, outside).catch(plainly),
        "send-mail": (payload) => runSendMail(db, payload, mailer).catch(plainly),
        "call-webhook": (payload) => runCallWebhook(db, payload, origin).catch(plainly),
        remind: () => remind(db, new Date()).then(() => {}, plainly),
        "make-file": (payload, { job }) =>
          runMakeFile(db, payload, { attempt: { number: job.attempts, most: job.max_attempts } }).catch(plainly),
        "clear-exports": () => runClearExports(db, new Date()).then(() => {}, plainly),
        "send-digests": () => runSendDigests(db, outside, new Date()).then(() => {}, plainly),
      },
      parsedCronItems: parseCronItems([
        // Each hour: the job itself knows which hours of which days are for it.
        { task: "remind", match: "30 * * * *" },
        { task: "clear-exports", match: CLEARING },
        { task: "send-digests", match: DIGEST_TIME, options: { backfillPeriod: MAKE_UP_MS } },
      ]),
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
