import { createHash } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "../../db/client";
import { editionFiles, exportParts, exportRequests } from "../../db/schema";
import { fileRowHash } from "./file-row";
import type { Failure } from "./queries";
import { PAGES_KEPT_MINUTES, type ExportFormat } from "./workflow";

/** The worker's side: it has no actor, and reads and writes what drizzle/0013 gives it. */

export type ExportRequest = typeof exportRequests.$inferSelect;

/** Takes a request in hand, anew if a worker died over it; null when there is nothing to make any more. */
export async function takeUp(db: Database, id: string, steps: number, now: Date): Promise<ExportRequest | null> {
  const [request] = await db
    .update(exportRequests)
    .set({ status: "running", step: 0, steps, startedAt: now })
    .where(and(eq(exportRequests.id, id), inArray(exportRequests.status, ["queued", "running"])))
    .returning();
  return request ?? null;
}

/** Whether the same person has asked for a newer preview of the report: nobody looks at this one any more. */
export async function isSuperseded(db: Database, { id, requestedBy, reportId, createdAt }: ExportRequest) {
  const newer = await db.$count(
    exportRequests,
    and(
      eq(exportRequests.requestedBy, requestedBy),
      eq(exportRequests.reportId, reportId),
      eq(exportRequests.format, "pages"),
      sql`(${exportRequests.createdAt}, ${exportRequests.id}) > (${createdAt.toISOString()}::timestamptz, ${id}::uuid)`,
    ),
  );
  return newer > 0;
}

export async function tellStep(db: Database, id: string, step: number): Promise<void> {
  await db.update(exportRequests).set({ step }).where(eq(exportRequests.id, id));
}

/**
 * The parts and the word that they are there, in one transaction: a worker that dies before it has made nothing. A page
 * that an earlier preview has already is taken from there.
 */
export async function finish(
  db: Database,
  { id, jurisdictionId, steps }: ExportRequest,
  parts: readonly Uint8Array[],
  now: Date,
): Promise<void> {
  const rows = parts.map((bytes, index) => ({
    exportId: id,
    part: index + 1,
    jurisdictionId,
    sha256: sha256(bytes),
    size: bytes.length,
    bytes,
  }));
  await db.transaction(async (tx) => {
    const taken = await tx.execute<{ part: number }>(sql`
      insert into export_parts (export_id, part, jurisdiction_id, sha256, size, bytes)
      select ${id}, w.part, p.jurisdiction_id, p.sha256, p.size, p.bytes
        from jsonb_to_recordset(${JSON.stringify(rows.map(({ part, sha256: hash }) => ({ part, hash })))}::text::jsonb) w (part int, hash text)
       cross join lateral (select * from export_parts k where k.sha256 = w.hash and k.jurisdiction_id = ${jurisdictionId} limit 1) p
      returning part`);
    const there = new Set(taken.map(({ part }) => part));
    const missing = rows.filter(({ part }) => !there.has(part));
    for (const some of inBatches(missing)) await tx.insert(exportParts).values(some);
    await tx
      .update(exportRequests)
      .set({ status: "done", step: steps, finishedAt: now })
      .where(eq(exportRequests.id, id));
  });
}

/** Two hundred pages are sixty megabytes of pictures, and a statement holds all of its own in memory, as text. */
const BATCH_BYTES = 4 * 1024 * 1024;

function inBatches<T extends { size: number }>(rows: readonly T[]): T[][] {
  const batches: T[][] = [];
  let together = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    together += row.size;
    if (together > BATCH_BYTES) {
      batches.push([]);
      together = row.size;
    }
    batches.at(-1)?.push(row);
  }
  return batches;
}

export async function fail(db: Database, id: string, refusal: Failure, now: Date): Promise<void> {
  await db
    .update(exportRequests)
    .set({ status: "failed", refusal, finishedAt: now })
    .where(and(eq(exportRequests.id, id), inArray(exportRequests.status, ["queued", "running"])));
}

/** Keeps an edition's file; one that is there already stays. Returns whether it is new. */
export async function keepEditionFile(
  db: Database,
  file: { editionId: string; format: ExportFormat; jurisdictionId: string; bytes: Uint8Array; maker: string },
  now: Date,
): Promise<boolean> {
  const { bytes, ...rest } = file;
  const row = { ...rest, sha256: sha256(bytes), size: bytes.length, madeAt: now };
  const kept = await db
    .insert(editionFiles)
    .values({ ...row, bytes, rowSha256: fileRowHash(row) })
    .onConflictDoNothing()
    .returning({ format: editionFiles.format });
  return kept.length > 0;
}

/** The formats of an edition that are there, without their bytes. */
export async function formatsThere(db: Database, editionId: string): Promise<Set<ExportFormat>> {
  const rows = await db
    .select({ format: editionFiles.format })
    .from(editionFiles)
    .where(eq(editionFiles.editionId, editionId));
  return new Set(rows.map(({ format }) => format));
}

export async function bytesOfFormat(db: Database, editionId: string, format: ExportFormat): Promise<Uint8Array | null> {
  const [row] = await db
    .select({ bytes: editionFiles.bytes })
    .from(editionFiles)
    .where(and(eq(editionFiles.editionId, editionId), eq(editionFiles.format, format)));
  return row?.bytes ?? null;
}

/** The bytes of a file that the edition's record names; null when they are gone. */
export async function attachmentBytes(db: Database, editionId: string, fileId: string): Promise<Uint8Array | null> {
  const [row] = await db.execute<{ bytes: Uint8Array | null }>(
    sql`select edition_attachment(${editionId}, ${fileId}) as bytes`,
  );
  return row?.bytes ?? null;
}

/** How long finished requests are kept. */
const KEPT = { file: "7 days", pages: `${PAGES_KEPT_MINUTES} minutes` };

/**
 * Removes what is old, and says of what nobody works on any more that it has failed: the queue has given up on it, or the
 * worker died over it again and again. Returns how many went.
 */
export async function clearExports(db: Database, now: Date): Promise<number> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const gone = await db
    .delete(exportRequests)
    .where(
      sql`${exportRequests.finishedAt} < ${at} - case when ${exportRequests.format} = 'pages'
            then ${KEPT.pages}::interval else ${KEPT.file}::interval end`,
    )
    .returning({ id: exportRequests.id });
  await db
    .update(exportRequests)
    .set({ status: "failed", refusal: { key: "gave-up", details: [] }, finishedAt: now })
    .where(
      and(
        inArray(exportRequests.status, ["queued", "running"]),
        sql`not exists (select 1 from graphile_worker._private_jobs j
                         where j.key = 'export-' || export_requests.id and j.attempts < j.max_attempts)
            and not exists (select 1 from graphile_worker._private_jobs j
                             where j.key = 'export-' || export_requests.id and j.locked_at is not null)`,
      ),
    );
  return gone.length;
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
