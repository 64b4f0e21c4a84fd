import { and, desc, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { editions, exportRequests, reports } from "../../db/schema";
import type { ReportDocument } from "../../render/report-document";
import { record } from "../audit/record";
import { readAsked } from "../edition/compare-editions";
import { editionName, PRINTED_KINDS } from "../edition/mark";
import type { EditionKind } from "../edition/workflow";
import { canonicalJson, sha256Hex } from "../kernel/canonical-json";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { compileReport } from "../report/compile-report";
import { mayReadDraft } from "../report/policy";
import { askRefusal } from "./policy";
import type { AskExport } from "./schema";
import { PAGES_KEPT_MINUTES, type ExportFormat, type ExportSource } from "./workflow";

/** A preview so near its end is made anew, or it would go while it is being read. */
const NEAR_ITS_END_MINUTES = 10;
const PAGES_AFRESH_MS = (PAGES_KEPT_MINUTES - NEAR_ITS_END_MINUTES) * 60_000;

export type Asked = { id: string; status: "queued" | "running" | "done" };

/**
 * Asks for a file; the worker makes it. The same file of the same person is not made twice while it is there. Throws
 * not-found for what the actor may not read, nothing-to-export and exports-full.
 */
export async function askForExport(ctx: Context, input: AskExport): Promise<Asked> {
  return transact(ctx, async (tx) => {
    const what = await materialOf(tx, ctx, input);
    // One at a time for each person: two requests at once could both be the last one.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`exports:${ctx.actor.userId}`}, 0))`);
    const key = sha256Hex(canonicalJson([what.source, what.format, what.options, what.reportId, what.made]));
    const [same] = await tx
      .select({ id: exportRequests.id, status: exportRequests.status })
      .from(exportRequests)
      .where(
        and(
          eq(exportRequests.requestedBy, ctx.actor.userId),
          eq(exportRequests.membershipId, ctx.actor.membershipId),
          eq(exportRequests.key, key),
          ne(exportRequests.status, "failed"),
          or(
            ne(exportRequests.format, "pages"),
            isNull(exportRequests.finishedAt),
            gt(exportRequests.finishedAt, new Date(ctx.now().getTime() - PAGES_AFRESH_MS)),
          ),
        ),
      )
      .orderBy(desc(exportRequests.createdAt))
      .limit(1);
    if (same && same.status !== "failed") return { id: same.id, status: same.status };
    // Previews do not count: a newer one takes an older one's place.
    const unfinished = await tx.$count(
      exportRequests,
      and(
        eq(exportRequests.requestedBy, ctx.actor.userId),
        inArray(exportRequests.status, ["queued", "running"]),
        ne(exportRequests.format, "pages"),
      ),
    );
    const refusal = askRefusal({ unfinished, isEmpty: what.isEmpty });
    if (refusal) throw new DomainError(refusal, { count: unfinished });
    const id = crypto.randomUUID();
    await tx.insert(exportRequests).values({
      id,
      jurisdictionId: ctx.actor.jurisdictionId,
      requestedBy: ctx.actor.userId,
      membershipId: ctx.actor.membershipId,
      source: what.source,
      format: what.format,
      reportId: what.reportId,
      editionId: what.editionId ?? null,
      earlierId: what.earlierId ?? null,
      document: what.document ?? null,
      options: what.options,
      name: what.name,
      key,
      createdAt: ctx.now(),
    });
    if (what.format !== "pages") {
      await record(tx, ctx, {
        action: "export.ask",
        subject: id,
        reportId: what.reportId,
        detail: { source: what.source, format: what.format },
      });
    }
    return { id, status: "queued" };
  });
}

type Material = {
  source: ExportSource;
  format: ExportFormat;
  reportId: string;
  editionId?: string;
  earlierId?: string;
  document?: ReportDocument;
  options: Record<string, string>;
  name: string;
  /** The hashes of what the bytes depend on. */
  made: readonly string[];
  isEmpty: boolean;
};

async function materialOf(tx: Transaction, ctx: Context, input: AskExport): Promise<Material> {
  switch (input.source) {
    case "draft":
      return draftMaterial(tx, ctx, input);
    case "edition": {
      const edition = await findEdition(tx, input.editionId);
      return {
        source: "edition",
        format: input.format,
        reportId: edition.reportId,
        editionId: edition.id,
        options: { numbering: input.numbering },
        name: `${nameOf(edition)}（自动编号）.docx`,
        made: [edition.seal],
        isEmpty: false,
      };
    }
    case "comparison":
      return comparisonMaterial(tx, ctx, input);
  }
}

async function draftMaterial(
  tx: Transaction,
  ctx: Context,
  { report: slug, format, numbering }: Extract<AskExport, { source: "draft" }>,
): Promise<Material> {
  const [report] = await tx
    .select({ id: reports.id, name: reports.name, status: reports.status, jurisdictionId: reports.jurisdictionId })
    .from(reports)
    .where(eq(reports.slug, slug));
  if (!report || !mayReadDraft(ctx.actor, report)) throw new DomainError("not-found");
  const { document, hash } = await compileReport(tx, report.id);
  return {
    source: "draft",
    format,
    reportId: report.id,
    document,
    options: format === "docx" && numbering ? { numbering } : {},
    name: `${report.name}（未封存）.${format}`,
    made: [hash],
    isEmpty: document.blocks.length === 0 && document.annexes.length === 0,
  };
}

/** Who asked for the changes is written down with the request, as far as the asker may know it. */
async function comparisonMaterial(
  tx: Transaction,
  ctx: Context,
  { editionId, earlierId, format }: Extract<AskExport, { source: "comparison" }>,
): Promise<Material> {
  const [first, second] = [await findEdition(tx, earlierId), await findEdition(tx, editionId)];
  if (first.reportId !== second.reportId || first.id === second.id) throw new DomainError("not-found");
  const [earlier, later] = first.number < second.number ? [first, second] : [second, first];
  const asked = await readAsked(tx, ctx, earlier.id, later.id);
  return {
    source: "comparison",
    format,
    reportId: later.reportId,
    editionId: later.id,
    earlierId: earlier.id,
    options: asked.length > 0 ? { asked: canonicalJson(asked) } : {},
    name: `${later.name}（第${earlier.number}号与第${later.number}号对比）.${format}`,
    made: [earlier.seal, later.seal],
    isEmpty: false,
  };
}

async function findEdition(tx: Transaction, id: string) {
  const [edition] = await tx
    .select({
      id: editions.id,
      reportId: editions.reportId,
      number: editions.number,
      kind: editions.kind,
      name: editions.name,
      seal: editions.sealSha256,
    })
    .from(editions)
    .where(eq(editions.id, id));
  if (!edition) throw new DomainError("not-found");
  return edition;
}

/** As an edition's file is called. */
export const nameOf = (edition: { name: string; kind: EditionKind; number: number }): string =>
  editionName({ ...edition, kind: PRINTED_KINDS[edition.kind] });
