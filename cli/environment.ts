import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";
import { ensureEmbedded } from "../db/embedded/embedded-postgres";
import { explainSystemFailure, inTerminalLanguage, OperatorError } from "../db/embedded/operator-error";
import { keptSecret, secretProblem } from "./secret";
import { wantedPort } from "./port";

const OLDEST_SERVER = 15;

export const projectDirectory = fileURLToPath(new URL("..", import.meta.url));

export interface PreparedDatabase {
  ownerUrl: string;
  appUrl: string;
  workerUrl: string;
  /** True when this is the built-in database with the demonstration district in it. */
  demo: boolean;
  secret: string;
  /** The built-in server's process and log, for whoever watches over it; undefined for a server of the operator's own. */
  server: { pid: number; log: string } | undefined;
  /** Leaves the database; the built-in server stops with its last user. */
  release(): Promise<void>;
}

/** Where the built-in database, the secret and the logs lie: HUIBAO_DATA, or .data in the project. */
export function dataDirectory(): string {
  return resolve(process.env["HUIBAO_DATA"] || join(projectDirectory, ".data"));
}

/**
 * A migrated database ready for use. Without DATABASE_URL: the built-in PostgreSQL under the data directory, with
 * demonstration data unless `demo` is false. With it: that server (15 or later), which needs NEXTAUTH_SECRET. `log` gets
 * progress for the operator. Throws an OperatorError for everything that an operator can put right.
 */
export async function prepareDatabase(
  log: (message: string) => void,
  { demo = true }: { demo?: boolean } = {},
): Promise<PreparedDatabase> {
  const given = process.env["DATABASE_URL"];
  return given ? prepareGiven(given) : prepareBuiltIn(log, demo);
}

async function prepareBuiltIn(log: (message: string) => void, demo: boolean): Promise<PreparedDatabase> {
  const dataDir = dataDirectory();
  const [server, { ensureLogins, migrate }, { loadDemo }] = await Promise.all([
    ensureEmbedded({ dataDir }),
    import("../db/migrate"),
    import("../db/demo/load"),
  ]);
  try {
    const secret = await keptSecret(dataDir);
    if (server.startedByUs)
      log(inTerminalLanguage(`内置数据库已启动（${dataDir}）。`, `The built-in database runs (${dataDir}).`));
    await migrate(server.url);
    const urls = await ensureLogins(server.url, secret);
    if (demo) await loadDemo(server.url, { ...urls, origin: expectedOrigin() });
    return {
      ownerUrl: server.url,
      ...urls,
      demo,
      secret,
      server: { pid: server.pid, log: server.log },
      release: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw explainSystemFailure(error, dataDir) ?? error;
  }
}

/** Where the demonstration's printed codes lead: the address that this deployment is going to have. */
function expectedOrigin(): string {
  return process.env["NEXTAUTH_URL"] || `http://localhost:${wantedPort(process.env["PORT"])}`;
}

async function prepareGiven(ownerUrl: string): Promise<PreparedDatabase> {
  const secret = process.env["NEXTAUTH_SECRET"];
  const problem = secretProblem(secret);
  if (problem !== undefined || secret === undefined) {
    throw new OperatorError(
      inTerminalLanguage(
        `${problem ?? ""}使用自备数据库（DATABASE_URL）时须自备密钥，可用 openssl rand -base64 48 生成，并妥善保存。`,
        `${problem ?? ""} A database of your own (DATABASE_URL) needs a secret of your own: make one with openssl rand -base64 48 and keep it safe.`,
      ),
    );
  }
  await refuseUnusable(ownerUrl);
  const { ensureLogins, migrate } = await import("../db/migrate");
  await migrate(ownerUrl);
  const urls = await ensureLogins(ownerUrl, secret);
  return { ownerUrl, ...urls, demo: false, secret, server: undefined, release: async () => {} };
}

async function refuseUnusable(ownerUrl: string): Promise<void> {
  const version = await serverVersion(ownerUrl);
  if (version >= OLDEST_SERVER) return;
  throw new OperatorError(
    inTerminalLanguage(
      `DATABASE_URL 所指的是 PostgreSQL ${version}，需要 ${OLDEST_SERVER} 以上的版本。请升级后再启动。`,
      `DATABASE_URL names a PostgreSQL ${version}; version ${OLDEST_SERVER} or later is needed. Upgrade it, then start again.`,
    ),
  );
}

async function serverVersion(ownerUrl: string): Promise<number> {
  const { default: postgres } = await import("postgres");
  try {
    const sql = postgres(ownerUrl, { max: 1, connect_timeout: 10, onnotice: () => {} });
    try {
      const [row] = await sql<{ number: number }[]>`select current_setting('server_version_num')::int as number`;
      return Math.floor((row?.number ?? 0) / 10_000);
    } finally {
      await sql.end({ timeout: 5 });
    }
  } catch (error) {
    throw new OperatorError(
      inTerminalLanguage(
        `连接不上 DATABASE_URL 所指的数据库：${reasonOf(error)}。请检查地址、口令和数据库名，并确认数据库正在运行。`,
        `The database named in DATABASE_URL cannot be reached: ${reasonOf(error)}. Check its address, password and database name, and that it runs.`,
      ),
    );
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ("code" in error ? String(error.code) : error.name);
}
