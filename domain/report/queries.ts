import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { deliveries, editions, reports, reviews, routes, routeSteps, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { loadWholeRoute } from "../route/load";
import { getSitting } from "../review/sitting";
import { headingKinds } from "../section/heading-kinds";
import { compileReport } from "./compile-report";
import { reportFacts } from "./load";
import { reportAbilities } from "./policy";

export async function listReports(tx: Transaction) {
  return tx
    .select({
      id: reports.id,
      slug: reports.slug,
      name: reports.name,
      year: reports.year,
      half: reports.half,
      status: reports.status,
      dueOn: reports.dueOn,
      leaves: sql<number>`(select count(*)::int from ${sections} s where s.report_id = reports.id
                            and s.kind not in ${headingKinds})`,
      approved: sql<number>`(select count(*)::int from ${sections} s where s.report_id = reports.id
                              and s.status = 'approved' and s.kind not in ${headingKinds})`,
    })
    .from(reports)
    .orderBy(desc(reports.year), desc(reports.half));
}

/** A report's id by its slug, for whoever may see it; "not-found" for all others. */
export async function readReportId(tx: Transaction, slug: string): Promise<string> {
  const [report] = await tx.select({ id: reports.id }).from(reports).where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  return report.id;
}

/** The editions page: the compiled whole as it stands, its route, what has been sealed, and what may be done now. */
export async function getEditionsPage(tx: Transaction, ctx: Context, slug: string) {
  const [report] = await tx.select(reportFacts).from(reports).where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  const [sealed, verdicts, steps] = await Promise.all([
    tx
      .select({
        id: editions.id,
        number: editions.number,
        kind: editions.kind,
        sha256: editions.sha256,
        sealedLabel: editions.sealedLabel,
        sealedAt: editions.sealedAt,
        deliveredAt: deliveries.deliveredAt,
        deliveredLabel: deliveries.deliveredLabel,
      })
      .from(editions)
      .leftJoin(deliveries, eq(deliveries.editionId, editions.id))
      .where(eq(editions.reportId, report.id))
      .orderBy(desc(editions.number)),
    tx
      .select({ id: reviews.id, verdict: reviews.verdict, by: reviews.actorLabel, at: reviews.createdAt })
      .from(reviews)
      .where(and(eq(reviews.reportId, report.id), sql`${reviews.sectionId} is null and ${reviews.indicatorId} is null`))
      .orderBy(desc(reviews.createdAt))
      .limit(20),
    tx
      .select({ id: routeSteps.id, position: routeSteps.position, name: routeSteps.name, action: routeSteps.action })
      .from(routeSteps)
      .innerJoin(routes, eq(routes.id, routeSteps.routeId))
      .where(eq(routes.reportId, report.id))
      .orderBy(asc(routeSteps.position)),
  ]);
  const mayCompile = ctx.actor.role === "lead" || (ctx.actor.role === "approver" && report.status !== "collecting");
  const compiled = mayCompile ? await compileReport(tx, report.id) : null;
  const route = await loadWholeRoute(tx, report);
  const can = reportAbilities(ctx.actor, { ...report, route });
  // Who decides on the whole, and who already has, is read by those who read its verdicts.
  const sitting = mayCompile ? await getSitting(tx, "whole", report.id) : null;
  const step = steps.find(({ id }) => id === report.stepId)?.name ?? null;
  return { ...report, editions: sealed, verdicts, steps, compiled, step, sitting, can };
}
