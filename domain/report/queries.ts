import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import {
  deliveries,
  editions,
  indicators,
  organs,
  reports,
  reviews,
  routes,
  routeSteps,
  sections,
} from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { headingKinds } from "../section/heading-kinds";
import { officialNumbers } from "../section/official-numbers";
import { isHeading } from "../section/workflow";
import { compileReport } from "./compile-report";
import { reportFacts } from "./load";
import { reportAbilities, reportRefusal } from "./policy";

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

export type Board = Awaited<ReturnType<typeof getBoard>>;

/** The outline in reading order with every leaf's owner, state and date. One query for the report, one for its leaves, one
 * that counts its indicators. */
export async function getBoard(tx: Transaction, ctx: Context, slug: string) {
  const [[report], rows, [figures]] = await Promise.all([
    tx
      .select({
        id: reports.id,
        slug: reports.slug,
        name: reports.name,
        status: reports.status,
        version: reports.version,
        dueOn: reports.dueOn,
        jurisdictionId: reports.jurisdictionId,
      })
      .from(reports)
      .where(eq(reports.slug, slug)),
    tx
      .select({
        id: sections.id,
        parentId: sections.parentId,
        position: sections.position,
        kind: sections.kind,
        title: sections.title,
        status: sections.status,
        dueOn: sections.dueOn,
        organId: sections.organId,
        organ: organs.shortName,
      })
      .from(sections)
      .innerJoin(reports, eq(reports.id, sections.reportId))
      .innerJoin(organs, eq(organs.id, sections.organId))
      .where(eq(reports.slug, slug)),
    tx
      .select({
        all: sql<number>`count(*)::int`,
        approved: sql<number>`(count(*) filter (where ${indicators.status} = 'approved'))::int`,
      })
      .from(indicators)
      .innerJoin(reports, eq(reports.id, indicators.reportId))
      .where(and(eq(reports.slug, slug), isNull(indicators.removedAt))),
  ]);
  if (!report) throw new DomainError("not-found");
  const nodes = officialNumbers(rows);
  const leaves = nodes.filter((node) => !isHeading(node.kind));
  const count = (status: string) => leaves.filter((leaf) => leaf.status === status).length;
  return {
    ...report,
    nodes,
    counts: {
      leaves: leaves.length,
      drafting: count("drafting"),
      signing: count("signing"),
      reviewing: count("reviewing"),
      returned: count("returned"),
      approved: count("approved"),
    },
    indicators: figures ?? { all: 0, approved: 0 },
    mayOpenNext: reportRefusal("open", ctx.actor, { ...report, writers: [] }) === null,
    mayImport: reportRefusal("import", ctx.actor, { ...report, writers: [] }) === null,
  };
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
      .select({ position: routeSteps.position, action: routeSteps.action, role: routeSteps.role })
      .from(routeSteps)
      .innerJoin(routes, eq(routes.id, routeSteps.routeId))
      .where(eq(routes.reportId, report.id))
      .orderBy(asc(routeSteps.position)),
  ]);
  const mayCompile = ctx.actor.role === "lead" || (ctx.actor.role === "approver" && report.status !== "collecting");
  const compiled = mayCompile ? await compileReport(tx, report.id) : null;
  return { ...report, editions: sealed, verdicts, steps, compiled, can: reportAbilities(ctx.actor, report) };
}
