import { createHmac } from "node:crypto";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations as applyWorkerMigrations } from "graphile-worker";
import postgres, { type Sql } from "postgres";

const GROUPS = ["huibao_app", "huibao_worker"] as const;
type Group = (typeof GROUPS)[number];

/**
 * Brings the database at `ownerUrl` up to date: group roles, the job queue's schema, our migrations. Idempotent, and
 * safe when two processes start at once. The owner needs CREATEROLE and must own the database.
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(72100911)`;
    await ensureGroups(sql);
    await applyWorkerMigrations({ connectionString: ownerUrl, logger: quiet });
    await applyMigrations(drizzle(sql), { migrationsFolder: fileURLToPath(new URL("../drizzle", import.meta.url)) });
    await openQueueToWorker(sql);
  } finally {
    await sql.end();
  }
}

/**
 * The two logins that the web and the worker use; their passwords follow from the secret, so nothing more has to be
 * kept. Names carry the database's name: roles are shared by all databases of a server.
 */
export async function ensureLogins(ownerUrl: string, secret: string): Promise<{ appUrl: string; workerUrl: string }> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ name: string }[]>`select current_database() as name`;
    const database = row?.name ?? "huibao";
    const login = async (suffix: string, group: Group) => {
      const user = `${database}_${suffix}`.slice(0, 60);
      const password = createHmac("sha256", secret).update(`login:${user}`).digest("base64url");
      await sql.unsafe(`do $$ begin create role "${user}" login; exception when duplicate_object then null; end $$`);
      await sql.unsafe(`alter role "${user}" login password '${password}'`);
      await sql.unsafe(`grant ${group} to "${user}"`);
      const url = new URL(ownerUrl);
      url.username = encodeURIComponent(user);
      url.password = encodeURIComponent(password);
      return url.toString();
    };
    return { appUrl: await login("web", "huibao_app"), workerUrl: await login("jobs", "huibao_worker") };
  } finally {
    await sql.end();
  }
}

const quiet = new Logger(() => () => {});

async function ensureGroups(sql: Sql): Promise<void> {
  for (const group of GROUPS) {
    await sql.unsafe(`do $$ begin create role ${group} nologin; exception when duplicate_object then null; end $$`);
  }
}

/** The queue's own tables have row-level security without policies; the worker's group gets the whole queue. */
async function openQueueToWorker(sql: Sql): Promise<void> {
  await sql.unsafe(`
    grant usage on schema graphile_worker to huibao_worker;
    grant select, insert, update, delete on all tables in schema graphile_worker to huibao_worker;
    grant usage, select on all sequences in schema graphile_worker to huibao_worker;
    grant execute on all functions in schema graphile_worker to huibao_worker;
    do $$ declare t record; begin
      for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'graphile_worker' and c.relrowsecurity loop
        execute format('drop policy if exists huibao_worker on graphile_worker.%I', t.relname);
        execute format('create policy huibao_worker on graphile_worker.%I to huibao_worker using (true) with check (true)', t.relname);
      end loop;
    end $$;`);
}
