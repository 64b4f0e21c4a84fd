import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { asc } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { editionFiles, exportParts, exportRequests } from "../db/schema";
import { testDatabase, type TestDatabase } from "../db/testing/database";
import { aDistrict } from "../db/testing/factories";
import { aSealedEdition } from "../db/testing/sealed";
import { realDocument } from "../domain/report/real-document.testing";
import { FORMATS } from "../render/formats";

const REQUESTS = 6;

let database: TestDatabase;
const workers: ChildProcess[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await database.close();
});

it("a worker killed in the midst of a file leaves the queue to the next, which makes every file once and whole", async () => {
  const district = await aDistrict(database);
  const edition = await aSealedEdition(district, { document: realDocument() });
  const document = realDocument();
  const { userId, membershipId, jurisdictionId } = district.bureau.lead;
  await database.owner.db.insert(exportRequests).values(
    Array.from({ length: REQUESTS }, (_, index) => ({
      jurisdictionId,
      requestedBy: userId,
      membershipId,
      source: "draft" as const,
      format: "pdf" as const,
      reportId: edition.reportId,
      document: { ...document, report: { ...document.report, name: `第${index}份` } },
      key: String(index),
      name: String(index),
      createdAt: new Date(),
    })),
  );
  const first = startWorker();
  while ((await statuses()).done < 2) await sleep(5);
  // Held up where it is about to keep what it has made: there it is killed.
  await database.owner.sql.begin(async (tx) => {
    await tx`lock table export_parts in access exclusive mode`;
    while (!(await isHeldUp())) await sleep(5);
    const ended = once(first, "exit");
    first.kill("SIGKILL");
    expect(await ended).toEqual([null, "SIGKILL"]);
  });
  expect(await statuses()).toMatchObject({ running: 1, failed: 0 });

  const last = startWorker();
  while ((await unfinished()) > 0) await sleep(20);
  const stopped = once(last, "exit");
  last.kill("SIGTERM");
  expect(await stopped).toEqual([0, null]);

  expect(await statuses()).toEqual({ queued: 0, running: 0, done: REQUESTS, failed: 0 });
  const parts = await database.owner.db.select().from(exportParts).orderBy(asc(exportParts.exportId));
  expect(parts).toHaveLength(REQUESTS);
  const files = await database.owner.db.select().from(editionFiles);
  expect(files.map(({ format }) => format).toSorted()).toEqual(
    ["docx", "html", "json", "md", "pdf", "txt", "xlsx", "zip"].toSorted(),
  );
  for (const { bytes, sha256 } of [...parts, ...files]) {
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
  }
  // What the second worker made is what this process makes.
  const one = { ...document, report: { ...document.report, name: "第0份" } };
  const here = Buffer.from(await FORMATS.pdf.make({ document: one }, { draft: true }));
  expect(parts.some(({ bytes }) => here.equals(bytes))).toBe(true);
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ["--import", "tsx", fileURLToPath(new URL("worker.ts", import.meta.url))], {
    env: { ...process.env, WORKER_DATABASE_URL: database.workerUrl, SMTP_URL: "" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  workers.push(worker);
  return worker;
}

async function statuses(): Promise<Record<"queued" | "running" | "done" | "failed", number>> {
  const rows = await database.owner.sql<{ status: string; n: number }[]>`
    select status, count(*)::int as n from export_requests group by 1`;
  const of = (status: string) => rows.find((row) => row.status === status)?.n ?? 0;
  return { queued: of("queued"), running: of("running"), done: of("done"), failed: of("failed") };
}

async function isHeldUp(): Promise<boolean> {
  const rows = await database.owner.sql`
    select 1 from pg_locks where relation = 'export_parts'::regclass and not granted`;
  return rows.length > 0;
}

async function unfinished(): Promise<number> {
  const { queued, running } = await statuses();
  const [jobs] = await database.owner.sql<
    { n: number }[]
  >`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'make-file'`;
  return queued + running + (jobs?.n ?? 0);
}
