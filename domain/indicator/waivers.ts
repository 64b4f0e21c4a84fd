import { and, desc, eq, inArray, isNull, ne } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicators, reports, waivers } from "../../db/schema";
import { record } from "../audit/record";
import type { Finding } from "../check/finding";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import type { ExplainFinding } from "./schema";

/** The same findings, with the written explanations that let some of them stand. The latest explanation counts. */
export async function waivedIn(tx: Transaction, reportId: string, findings: readonly Finding[]): Promise<Finding[]> {
  const open = findings.filter((finding) => finding.waivedBy === null);
  if (open.length === 0) return [...findings];
  const rows = await tx
    .select({ key: waivers.key, explanation: waivers.explanation })
    .from(waivers)
    .where(
      and(
        eq(waivers.reportId, reportId),
        inArray(
          waivers.key,
          open.map((finding) => finding.key),
        ),
      ),
    )
    .orderBy(desc(waivers.id));
  const explanations = new Map(rows.toReversed().map((row) => [row.key, row.explanation]));
  return findings.map((finding) => ({
    ...finding,
    waivedBy: finding.waivedBy ?? explanations.get(finding.key) ?? null,
  }));
}

/** A written explanation under which a finding may stand, by the department that it concerns or the lead bureau. */
export async function explainFinding(ctx: Context, input: ExplainFinding): Promise<void> {
  await transact(ctx, async (tx) => {
    const [report] = await tx
      .select({ id: reports.id, status: reports.status })
      .from(reports)
      .where(eq(reports.id, input.reportId));
    if (!report) throw new DomainError("not-found");
    if (ctx.actor.role !== "drafter" && ctx.actor.role !== "lead") throw new DomainError("not-your-role");
    if (ctx.actor.role === "drafter") await concernsThem(tx, ctx, input);
    if (report.status !== "collecting") throw new DomainError("report-not-collecting");
    await tx.insert(waivers).values({
      jurisdictionId: ctx.actor.jurisdictionId,
      reportId: report.id,
      organId: ctx.actor.organId,
      key: input.key,
      explanation: input.explanation,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    });
    await record(tx, ctx, { action: "finding.explain", subject: report.id, reportId: report.id, detail: {} });
  });
}

/** The key of a finding in the table names its indicator (check-table.ts); one in a text names a paragraph. */
async function concernsThem(tx: Transaction, ctx: Context, { reportId, key }: ExplainFinding): Promise<void> {
  const theirs = await tx.$count(
    indicators,
    and(
      eq(indicators.reportId, reportId),
      eq(indicators.code, key.split("|")[1] ?? ""),
      isNull(indicators.removedAt),
      ne(indicators.organId, ctx.actor.organId),
    ),
  );
  if (theirs > 0) throw new DomainError("not-your-department");
}
