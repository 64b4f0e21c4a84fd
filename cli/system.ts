import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { processMark } from "../db/embedded/process-mark";
import { type PreparedDatabase, projectDirectory } from "./environment";
import { type Part, startPart, typeScript } from "./part";

const HEALTH_PATIENCE_MS = 60_000;
const HEALTH_INTERVAL_MS = 50;
const SERVER_WATCH_MS = 1_000;
const ANYWHERE = new Set(["0.0.0.0", "::", "127.0.0.1", "::1", "localhost"]);

/** Starts the web. `address` is what people type; `healthUrl` answers 200 once the web serves and reaches the database. */
/** Many times what the pages need; a heap that may grow without end is collected without haste. */
const WEB_HEAP_MB = process.env["HUIBAO_WEB_HEAP_MB"] || "256";

export function startWeb(options: { host: string; port: number; database: PreparedDatabase; log: string }): {
  part: Part;
  address: string;
  healthUrl: string;
} {
  const { host, port, database, log } = options;
  const named = host.includes(":") ? `[${host}]` : host;
  const address = process.env["NEXTAUTH_URL"] || `http://${ANYWHERE.has(host) ? "localhost" : named}:${port}`;
  const probed = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : named;
  const next = join(projectDirectory, "node_modules/next/dist/bin/next");
  const env = {
    ...environmentOfParts(),
    APP_DATABASE_URL: database.appUrl,
    NEXTAUTH_SECRET: database.secret,
    NEXTAUTH_URL: address,
    ...(database.demo ? { HUIBAO_DEMO: "1" } : {}),
    ...(process.env["SMTP_URL"] ? { HUIBAO_MAIL: "1" } : {}),
    // The PDF engine's threads would each keep an arena of freed memory for themselves.
    MALLOC_ARENA_MAX: process.env["MALLOC_ARENA_MAX"] || "2",
  };
  const part = startPart(
    "web",
    [`--max-old-space-size=${WEB_HEAP_MB}`, next, "start", "-p", String(port), "-H", host],
    { cwd: projectDirectory, env, log },
  );
  return { part, address, healthUrl: `http://${probed}:${port}/api/health` };
}

/** Starts the worker. `address` is what people type: every link in a mail begins with it. */
export function startWorker(options: { database: PreparedDatabase; address: string; log: string }): Part {
  const env = {
    ...environmentOfParts(),
    WORKER_DATABASE_URL: options.database.workerUrl,
    NEXTAUTH_URL: options.address,
    // The worker alone sends mails: the mail server's password goes nowhere else.
    ...(process.env["SMTP_URL"] ? { SMTP_URL: process.env["SMTP_URL"] } : {}),
  };
  return startPart("worker", typeScript("jobs/worker.ts"), { cwd: projectDirectory, env, log: options.log });
}

/** Waits until the web answers; throws an OperatorError after a minute without an answer. */
export async function awaitHealth(url: string, signal: AbortSignal): Promise<undefined> {
  const deadline = Date.now() + HEALTH_PATIENCE_MS;
  let last = "";
  while (Date.now() < deadline && !signal.aborted) {
    last = await ask(url);
    if (last === "HTTP 200") return undefined;
    await sleep(HEALTH_INTERVAL_MS);
  }
  if (signal.aborted) return undefined;
  throw new OperatorError(
    inTerminalLanguage(
      `页面服务一分钟内没有就绪（${url}：${last}）。`,
      `The web did not become ready within a minute (${url}: ${last}).`,
    ),
  );
}

/** Settles with a sentence for the operator when a part ends by itself; with undefined when `signal` is aborted. */
export function firstBreakdown(
  parts: readonly Part[],
  database: PreparedDatabase,
  signal: AbortSignal,
): Promise<string | undefined> {
  const gone = watchServer(database);
  const ends = parts.map(async (part) => {
    const how = await part.ended;
    // A part may fall because its database did: then that is what the operator must hear.
    if (gone.isGone()) return gone.sentence;
    const zh = part.name === "web" ? "页面服务" : "后台任务";
    return inTerminalLanguage(
      `${zh}（${part.name}）意外停止（${how}），日志：${part.log}`,
      `The ${part.name} stopped unexpectedly (${how}); its log: ${part.log}`,
    );
  });
  const asked = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  return Promise.race([...ends, gone.promise, asked]);
}

// The database server is no child of ours, so its end is seen by looking.
function watchServer({ server }: PreparedDatabase): {
  promise: Promise<string>;
  sentence: string;
  isGone: () => boolean;
} {
  const mark = server && processMark(server.pid);
  const isGone = () => server !== undefined && (mark === undefined || processMark(server.pid) !== mark);
  const sentence = inTerminalLanguage(
    `内置数据库意外停止，日志：${server?.log}`,
    `The built-in database stopped unexpectedly; its log: ${server?.log}`,
  );
  const promise = new Promise<string>((resolve) => {
    const timer = setInterval(() => {
      if (!isGone()) return;
      clearInterval(timer);
      resolve(sentence);
    }, SERVER_WATCH_MS);
    timer.unref();
  });
  return { promise, sentence, isGone };
}

// Without an agent: a connection kept open would make the web wait for it when it is asked to stop.
function ask(url: string): Promise<string> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 5_000 }, (response) => {
      response.resume();
      response.once("end", () => resolve(`HTTP ${response.statusCode}`));
      response.once("error", (error) => resolve(error.message));
    });
    request.once("timeout", () => request.destroy(new Error("timeout")));
    request.once("error", (error) => resolve(error.message));
  });
}

// The owner's address can read and change everything: neither part may have it.
function environmentOfParts(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  for (const name of ["DATABASE_URL", "HUIBAO_DEMO", "NEXTAUTH_SECRET", "NODE_OPTIONS", "SMTP_URL", "HUIBAO_MAIL"])
    delete environment[name];
  return environment;
}
