import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { ensureEmbedded } from "../embedded/embedded-postgres";
import { migrate } from "../migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** The owner's address of the migrated template; every test file clones it. */
    templateUrl: string;
  }
}

const TEMPLATE = "huibao_template";

/** One private server for the whole run and one migrated template. Nothing of it outlives the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "huibao-tests-"));
  // Root's server runs as an unprivileged account, which must be able to pass.
  await chmod(dataDir, 0o711);
  const server = await ensureEmbedded({ dataDir });
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    project.provide("templateUrl", await makeTemplate(server.url));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function makeTemplate(serverUrl: string): Promise<string> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    // Nothing here has to survive a power cut.
    for (const setting of ["fsync", "synchronous_commit", "full_page_writes"]) {
      await sql.unsafe(`alter system set ${setting} = off`);
    }
    await sql`select pg_reload_conf()`;
    await sql.unsafe(`create database ${TEMPLATE}`);
    const url = new URL(serverUrl);
    url.pathname = `/${TEMPLATE}`;
    await migrate(url.toString());
    await sql.unsafe(`alter database ${TEMPLATE} is_template true allow_connections false`);
    return url.toString();
  } finally {
    await sql.end();
  }
}
