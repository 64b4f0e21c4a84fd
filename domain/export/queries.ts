import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { editionFiles, editions, exportParts, exportRequests, reports } from "../../db/schema";
import { record } from "../audit/record";
import { noteOpenings } from "../edition/openings";
import { recordDownload } from "../edition/record-download";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { mayReadDraft } from "../report/policy";
import { nameOf } from "./mutations";
import { mayHaveFile } from "./policy";
import { EXPORT_FORMATS, type ExportFormat, type ExportStatus } from "./workflow";

export type FileFormat = Exclude<ExportFormat, "pages">;
export const FILE_FORMATS = EXPORT_FORMATS.filter((format): format is FileFormat => format !== "pages");

/** What was the matter when a file was tried last: a key of messages/<locale>/export.json, `failure`, and its details. */
export type Failure = { key: string; details: string[] };

export type EditionFile =
  | { state: "there"; name: string; plain: string; sha256: string; bytes: Uint8Array | null }
  | { state: "waiting"; place: number | null; failure: Failure | null };

/**
 * An edition's file, if the actor may see the edition: its bytes (null when `known` is its hash already; else the download
 * is in the audit log), or how it stands with the making of it. Throws not-found, and no-table for a workbook of none.
 */
export async function readEditionFile(
  ctx: Context,
  editionId: string,
  format: FileFormat,
  known: string | null,
): Promise<EditionFile> {
  if (!isUuid(editionId) || !mayHaveFile(ctx.actor, format)) throw new DomainError("not-found");
  return transact(ctx, async (tx) => {
    const [found] = await tx
      .select({
        reportId: editions.reportId,
        name: editions.name,
        kind: editions.kind,
        number: editions.number,
        slug: sql<string | null>`${editions.document} -> 'report' ->> 'slug'`,
        hasTable: sql<boolean>`${editions.document} ? 'indicators'`,
        sha256: editionFiles.sha256,
      })
      .from(editions)
      .leftJoin(editionFiles, and(eq(editionFiles.editionId, editions.id), eq(editionFiles.format, format)))
      .where(eq(editions.id, editionId));
    if (!found) throw new DomainError("not-found");
    if (format === "xlsx" && !found.hasTable) throw new DomainError("no-table");
    if (found.sha256 === null) return { state: "waiting", ...(await placeOf(tx, `edition-${editionId}-${format}`)) };
    const file = {
      state: "there" as const,
      name: `${nameOf(found)}.${format}`,
      plain: `${found.slug ?? "report"}-${found.number}.${format}`,
      sha256: found.sha256,
    };
    if (found.sha256 === known) return { ...file, bytes: null };
    const [row] = await tx
      .select({ bytes: editionFiles.bytes })
      .from(editionFiles)
      .where(and(eq(editionFiles.editionId, editionId), eq(editionFiles.format, format)));
    await recordDownload(tx, ctx, { editionId, reportId: found.reportId, format });
    return { ...file, bytes: row?.bytes ?? null };
  });
}

/**
 * Makes sure that a file which is not there is being made, before what nobody waits for. What failed is tried anew for the
 * lead bureau alone (somebody has mended the faces): readers who come back do not start it again and again.
 */
export async function wantEditionFile(ctx: Context, editionId: string, format: FileFormat): Promise<void> {
  if (!mayHaveFile(ctx.actor, format)) throw new DomainError("not-found");
  await transact(ctx, async (tx) => {
    await tx.execute(
      sql`select enqueue_file(e.id, ${format}, true) from ${editions} e where e.id = ${editionId}
             and not exists (select 1 from ${editionFiles} f where f.edition_id = e.id and f.format = ${format})
             and (${ctx.actor.role === "lead"} or not exists (
               select 1 from render_queue() q where q.key = 'edition-' || e.id || '-' || ${format}::text and q.failure is not null))`,
    );
  });
}

/** How many files are before this one in the queue (0: it is being made), and what was the matter with the last try. */
async function placeOf(tx: Transaction, key: string): Promise<{ place: number | null; failure: Failure | null }> {
  const [row] = await tx.execute<{ place: number; running: boolean; failure: string | null }>(
    sql`select place, running, failure from render_queue() where key = ${key}`,
  );
  return { place: row?.place ?? null, failure: row && !row.running ? failureOf(row.failure) : null };
}

/** What jobs/make-file.ts says of a text that cannot be printed; other errors are none of the reader's. */
function failureOf(said: string | null): Failure | null {
  const found = /render-refused (\{.*\})$/.exec(said ?? "")?.[1];
  if (found === undefined) return null;
  try {
    const { key, details } = JSON.parse(found) as Failure;
    return { key: String(key), details: Array.isArray(details) ? details.map(String) : [] };
  } catch {
    return null;
  }
}

const shown = {
  id: exportRequests.id,
  source: exportRequests.source,
  format: exportRequests.format,
  name: exportRequests.name,
  status: exportRequests.status,
  step: exportRequests.step,
  steps: exportRequests.steps,
  refusal: exportRequests.refusal,
  createdAt: exportRequests.createdAt,
  finishedAt: exportRequests.finishedAt,
  size: sql<number | null>`(select p.size from ${exportParts} p where p.export_id = export_requests.id and p.part = 1)`,
};

/** By the person for its index, and in the post that they are in. */
const mine = ({ actor }: Context) =>
  and(eq(exportRequests.requestedBy, actor.userId), eq(exportRequests.membershipId, actor.membershipId));

/** What the actor has asked for, the latest first, with the place in the queue of what waits. */
export async function listExports(tx: Transaction, ctx: Context) {
  const [rows, places] = await Promise.all([
    tx
      .select({ ...shown, report: reports.name })
      .from(exportRequests)
      .leftJoin(reports, eq(reports.id, exportRequests.reportId))
      .where(and(mine(ctx), ne(exportRequests.format, "pages")))
      .orderBy(desc(exportRequests.createdAt), asc(exportRequests.id))
      .limit(LISTED),
    queuePlaces(tx),
  ]);
  return rows.map((row) => ({ ...row, place: places.get(`export-${row.id}`) ?? null }));
}

const LISTED = 50;

/** Sealed editions whose files are still being made, as far as the actor sees them: which are there, what is before the next. */
export async function listEditionsInMaking(tx: Transaction) {
  const [rows, places] = await Promise.all([
    tx
      .select({
        id: editions.id,
        name: editions.name,
        kind: editions.kind,
        number: editions.number,
        formats: sql<
          FileFormat[]
        >`coalesce((select array_agg(f.format::text) from ${editionFiles} f where f.edition_id = editions.id), '{}')`,
      })
      .from(editions)
      .where(
        sql`exists (select 1 from render_queue() q where q.key like 'edition-' || editions.id || '-%' and q.failure is null)`,
      )
      .orderBy(desc(editions.sealedAt))
      .limit(20),
    queuePlaces(tx),
  ]);
  return rows.map(({ formats, ...edition }) => ({
    ...edition,
    files: FILE_FORMATS.flatMap((format) => {
      const place = places.get(`edition-${edition.id}-${format}`);
      return formats.includes(format) || place !== undefined
        ? [{ format, done: formats.includes(format), place: place ?? null }]
        : [];
    }),
  }));
}

async function queuePlaces(tx: Transaction): Promise<Map<string, number>> {
  const rows = await tx.execute<{ key: string; place: number }>(sql`select key, place from render_queue()`);
  return new Map(rows.map(({ key, place }) => [key, place]));
}

/** One request and its place in the queue; of a preview also its pages, by hash and whether they lie. Throws not-found. */
export async function readExport(tx: Transaction, id: string) {
  const [row] = await tx.select(shown).from(exportRequests).where(eq(exportRequests.id, id));
  if (!row) throw new DomainError("not-found");
  const isPages = row.format === "pages" && row.status === "done";
  const [{ place }, pages] = await Promise.all([
    row.status === "queued" || row.status === "running" ? placeOf(tx, `export-${id}`) : { place: null },
    isPages
      ? tx
          .select({
            sha256: exportParts.sha256,
            // A picture begins with its size.
            head: sql<string>`convert_from(substring(${exportParts.bytes} from 1 for ${HEAD}), 'SQL_ASCII')`,
          })
          .from(exportParts)
          .where(eq(exportParts.exportId, id))
          .orderBy(asc(exportParts.part))
      : [],
  ]);
  return { ...row, place, pages: pages.map(({ sha256, head }) => ({ sha256, wide: isWide(head) })) };
}

const HEAD = 160;

function isWide(head: string): boolean {
  const [, width = "0", height = "0"] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(head) ?? [];
  return Number(width) > Number(height);
}

/** The file that was made for a request; the download is in the audit log, and its editions are opened. Throws not-found. */
export async function readExportFile(ctx: Context, id: string) {
  if (!isUuid(id)) throw new DomainError("not-found");
  return transact(ctx, async (tx) => {
    const [file] = await tx
      .select({
        reportId: exportRequests.reportId,
        editionId: exportRequests.editionId,
        earlierId: exportRequests.earlierId,
        source: exportRequests.source,
        format: exportRequests.format,
        name: exportRequests.name,
        bytes: exportParts.bytes,
        sha256: exportParts.sha256,
      })
      .from(exportRequests)
      .innerJoin(exportParts, and(eq(exportParts.exportId, exportRequests.id), eq(exportParts.part, 1)))
      .where(and(eq(exportRequests.id, id), ne(exportRequests.format, "pages")));
    if (!file) throw new DomainError("not-found");
    const { source, format, reportId } = file;
    const ids = [file.editionId, file.earlierId].filter((one) => one !== null);
    await noteOpenings(tx, ctx, { ids, reportId });
    await record(tx, ctx, {
      action: "export.download",
      subject: id,
      reportId,
      detail: { source, format },
    });
    return file;
  });
}

/** The report that is previewed, for those who may read it as it stands. Throws not-found. */
export async function getPreviewed(tx: Transaction, ctx: Context, slug: string): Promise<{ name: string }> {
  const [report] = await tx
    .select({ name: reports.name, status: reports.status, jurisdictionId: reports.jurisdictionId })
    .from(reports)
    .where(eq(reports.slug, slug));
  if (!report || !mayReadDraft(ctx.actor, report)) throw new DomainError("not-found");
  return { name: report.name };
}

/** A page of one of the actor's previews, by the hash of its picture. Throws not-found. */
export async function readPreviewPage(ctx: Context, sha256: string): Promise<Uint8Array> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new DomainError("not-found");
  return transact(ctx, async (tx) => {
    const [page] = await tx
      .select({ bytes: exportParts.bytes })
      .from(exportParts)
      .where(eq(exportParts.sha256, sha256))
      .limit(1);
    if (!page) throw new DomainError("not-found");
    return page.bytes;
  });
}

/** What waits on a desk: how many files were made in the last days, how many are on the way or have failed. */
export async function countExports(tx: Transaction, ctx: Context) {
  const count = (...statuses: ExportStatus[]) =>
    sql<number>`(count(*) filter (where ${inArray(exportRequests.status, statuses)}))::int`;
  const [row] = await tx
    .select({ done: count("done"), unfinished: count("queued", "running"), failed: count("failed") })
    .from(exportRequests)
    .where(and(mine(ctx), ne(exportRequests.format, "pages")));
  return row ?? { done: 0, unfinished: 0, failed: 0 };
}
