import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicators, organs, reports, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { catalogueOf, readRows } from "../indicator/read-rows";
import { statusRefusal } from "../report/policy";
import { officialNumbers } from "../section/official-numbers";
import { partTitle } from "../section/part-title";
import { writingColumns } from "../section/load";
import { authorizeWriting } from "../section/policy";
import { isHeading } from "../section/workflow";
import type { EarlierReport } from "./plan-import";

export type ReportImport = Awaited<ReturnType<typeof getReportImport>>;

/**
 * What the lead bureau needs to lay a file into a report: its outline with owners and states, which leaves nobody has
 * written in, the indicators as it may see them. Whoever may never import does not find it. Three queries.
 */
export async function getReportImport(tx: Transaction, ctx: Context, slug: string) {
  const [report] = await tx
    .select({
      id: reports.id,
      slug: reports.slug,
      name: reports.name,
      year: reports.year,
      half: reports.half,
      status: reports.status,
      jurisdictionId: reports.jurisdictionId,
    })
    .from(reports)
    .where(eq(reports.slug, slug));
  const refusal = report && statusRefusal("import", ctx.actor, report);
  if (!report || refusal === "not-your-role" || refusal === "not-found") throw new DomainError("not-found");
  const rows = await tx
    .select({
      id: sections.id,
      parentId: sections.parentId,
      position: sections.position,
      kind: sections.kind,
      title: sections.title,
      status: sections.status,
      organ: organs.shortName,
      isUntouched: sql<boolean>`sections.id in (select u.section_id from untouched_leaves(${report.id}) u)`,
    })
    .from(sections)
    .innerJoin(organs, eq(organs.id, sections.organId))
    .where(eq(sections.reportId, report.id));
  return {
    ...report,
    half: report.half === 2 ? (2 as const) : (1 as const),
    refusal: refusal ?? null,
    nodes: officialNumbers(rows),
    indicators: await readRows(tx, ctx, report.id),
  };
}

/** What a drafter needs to take a file into their leaf. Refuses whoever may not write in it now. Three queries. */
export async function getSectionImport(tx: Transaction, ctx: Context, sectionId: string) {
  if (!isUuid(sectionId)) throw new DomainError("not-found");
  const [section] = await tx
    .select({
      id: sections.id,
      ...writingColumns,
      title: sections.title,
      reportId: sections.reportId,
      year: reports.year,
      half: reports.half,
      part: partTitle,
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(sections.id, sectionId));
  if (!section || isHeading(section.kind)) throw new DomainError("not-found");
  authorizeWriting("save", ctx.actor, section);
  const [places, rows] = await Promise.all([
    tx
      .select({
        id: sections.id,
        parentId: sections.parentId,
        position: sections.position,
        kind: sections.kind,
        title: sections.title,
      })
      .from(sections)
      .where(eq(sections.reportId, section.reportId)),
    readRows(tx, ctx, section.reportId),
  ]);
  return { ...section, half: section.half === 2 ? (2 as const) : (1 as const), places, indicators: rows };
}

/** What the lead bureau needs to make a report of a file: the offices that can write, and who wrote what before. */
export async function getNewReport(tx: Transaction, ctx: Context) {
  const { jurisdictionId } = ctx.actor;
  if (statusRefusal("open", ctx.actor, { status: "collecting", jurisdictionId })) {
    throw new DomainError("not-found");
  }
  const offices = await tx
    .select({ id: organs.id, name: organs.shortName })
    .from(organs)
    .where(and(eq(organs.jurisdictionId, jurisdictionId), inArray(organs.kind, ["department", "lead"])))
    .orderBy(asc(organs.code));
  return { offices, earlier: await readEarlier(tx, jurisdictionId) };
}

/** The latest report of the district, and the latest catalogue; null for a district without any. Three queries. */
export async function readEarlier(
  db: Pick<Transaction, "select">,
  jurisdictionId: string,
): Promise<EarlierReport | null> {
  const newest = [desc(reports.year), desc(reports.half), desc(reports.createdAt)];
  const own = await db
    .select({ id: reports.id })
    .from(reports)
    .where(eq(reports.jurisdictionId, jurisdictionId))
    .orderBy(...newest);
  const [latest] = own;
  if (!latest) return null;
  const places = await db
    .select({
      id: sections.id,
      parentId: sections.parentId,
      position: sections.position,
      kind: sections.kind,
      title: sections.title,
      organId: sections.organId,
    })
    .from(sections)
    .where(eq(sections.reportId, latest.id));
  const rows = await db
    .select()
    .from(indicators)
    .where(
      and(
        inArray(
          indicators.reportId,
          own.map(({ id }) => id),
        ),
        isNull(indicators.removedAt),
      ),
    )
    .orderBy(asc(indicators.position));
  const withRows = own.find(({ id }) => rows.some((row) => row.reportId === id));
  return {
    places,
    catalogue: rows
      .filter((row) => row.reportId === withRows?.id)
      .map((row) => ({ ...catalogueOf(row), organId: row.organId, confirmOrganId: row.confirmOrganId })),
  };
}
