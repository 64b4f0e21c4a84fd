import { and, eq, max, ne } from "drizzle-orm";
import { deliveries, editions, reports } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { announce } from "../notice/announce";
import { compileReport } from "../report/compile-report";
import { authorizeReportAt, loadReportForChange } from "../report/load";
import { authorizeReport } from "../report/policy";
import type { DeliverEdition, SealEdition } from "./schema";

/** 封存: freezes the approved document as the report's next edition. Returns the edition's id and number. */
export async function sealEdition(ctx: Context, input: SealEdition): Promise<{ id: string; number: number }> {
  return transact(ctx, async (tx) => {
    const report = await loadReportForChange(tx, input.reportId);
    authorizeReportAt(ctx, "seal", report, input.version);
    const { document, hash } = await compileReport(tx, report.id);
    if (hash !== report.documentHash) throw new DomainError("document-changed");
    const [last] = await tx
      .select({ number: max(editions.number) })
      .from(editions)
      .where(eq(editions.reportId, report.id));
    const number = (last?.number ?? 0) + 1;
    const id = crypto.randomUUID();
    await tx.insert(editions).values({
      id,
      jurisdictionId: report.jurisdictionId,
      reportId: report.id,
      number,
      kind: input.kind,
      name: report.name,
      document,
      sha256: hash,
      sealedBy: ctx.actor.userId,
      sealedLabel: ctx.actor.label,
      sealedAt: ctx.now(),
    });
    // A second seal posted from the same page must not make a second edition.
    await tx
      .update(reports)
      .set({ version: report.version + 1 })
      .where(and(eq(reports.id, report.id), eq(reports.version, report.version)));
    await record(tx, ctx, {
      action: "edition.seal",
      subject: id,
      reportId: report.id,
      detail: { number, kind: input.kind, sha256: hash },
    });
    return { id, number };
  });
}

/** 送交 to the standing committee: from now on clerk, members and departments may read this edition. */
export async function deliverEdition(ctx: Context, input: DeliverEdition): Promise<void> {
  await transact(ctx, async (tx) => {
    const [edition] = await tx
      .select({ id: editions.id, reportId: editions.reportId, number: editions.number })
      .from(editions)
      .where(eq(editions.id, input.editionId));
    if (!edition) throw new DomainError("not-found");
    // Members see editions but not the report behind them: to them this is not their role, not a missing record.
    if (ctx.actor.role !== "lead") throw new DomainError("not-your-role");
    const report = await loadReportForChange(tx, edition.reportId);
    authorizeReport("deliver", ctx.actor, report);
    const delivered = await tx
      .insert(deliveries)
      .values({
        jurisdictionId: report.jurisdictionId,
        editionId: edition.id,
        deliveredBy: ctx.actor.userId,
        deliveredLabel: ctx.actor.label,
        deliveredAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ id: deliveries.id });
    if (delivered.length === 0) throw new DomainError("edition-delivered");
    await tx
      .update(reports)
      .set({ status: "delivered", version: report.version + 1 })
      .where(and(eq(reports.id, report.id), ne(reports.status, "delivered")));
    await record(tx, ctx, {
      action: "edition.deliver",
      subject: edition.id,
      reportId: report.id,
      detail: { number: edition.number },
    });
    await announce(tx, ctx, { event: "edition.delivered", reportId: report.id, editionId: edition.id });
  });
}
