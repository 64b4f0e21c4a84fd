import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { openDatabase, type Connection } from "../client";
import { ensureLogins } from "../migrate";

export type TestDatabase = {
  ownerUrl: string;
  appUrl: string;
  workerUrl: string;
  /** Past row-level security: to lay out what a test needs and to look at what is there. Never under test itself. */
  owner: Connection;
  /** As the web connects. */
  app: Connection;
  /** As the job worker connects. */
  worker: Connection;
  /** Closes the connections and drops the database. */
  close: () => Promise<void>;
};

/** A database of this test file's own, cloned from the migrated template. */
export async function testDatabase(options: { connections?: number } = {}): Promise<TestDatabase> {
  const template = new URL(inject("templateUrl"));
  const name = `huibao_${randomBytes(6).toString("hex")}`;
  await onServer(template, `create database ${name} template ${template.pathname.slice(1)}`);
  const address = new URL(template);
  address.pathname = `/${name}`;
  const ownerUrl = address.toString();
  const { appUrl, workerUrl } = await ensureLogins(ownerUrl, "a secret for tests");
  const owner = openDatabase(ownerUrl, { max: 4, name: "test-owner" });
  const app = openDatabase(appUrl, { max: options.connections ?? 8, name: "test-app" });
  const worker = openDatabase(workerUrl, { max: 2, name: "test-worker" });
  return {
    ownerUrl,
    appUrl,
    workerUrl,
    owner,
    app,
    worker,
    close: async () => {
      await Promise.all([owner.close(), app.close(), worker.close()]);
      await onServer(template, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(template: URL, command: string): Promise<void> {
  const maintenance = new URL(template);
  maintenance.pathname = "/postgres";
  const sql = postgres(maintenance.toString(), { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(command);
  } finally {
    await sql.end();
  }
}
