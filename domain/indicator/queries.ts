import { and, asc, desc, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "../../db/client";
import {
  evidence,
  figureChanges,
  indicatorRevisions,
  indicators,
  organs,
  reports,
  reviews,
  sections,
  type FigureSource,
} from "../../db/schema";
import { checkTable } from "../check/check-table";
import type { Finding } from "../check/finding";
import type { Context } from "../kernel/context";
import { readRowReasons } from "../review/read-reasons";
import { roundsOf, type GivenReason } from "../review/reasons";
import { loadRoutes } from "../route/load";
import { earlierSteps, type RouteFacts } from "../route/route";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import type { Abilities } from "../section/policy";
import type { ReportStatus } from "../report/workflow";
import { fromColumns, sourceOf } from "./cell";
import { FIGURE_FIELDS, sameFigure, type Figure, type FigureField, type Figures, type Indicator } from "./figure";
import { isRowStale } from "./load";
import { catalogueRefusal, indicatorAbilities, maySeeFigures, type IndicatorAbility } from "./policy";
import { catalogueOf, cellsOf, rowOf } from "./read-rows";
import { waivedIn } from "./waivers";
import type { IndicatorStatus } from "./workflow";

export type GridCell = {
  figure: Figure | null;
  version: number;
  reason: string | null;
  source: FigureSource | null;
  by: string;
  at: Date;
  evidence: number;
};

export type RowReason = GivenReason & { field: FigureField };

export type GridRow = Indicator & {
  id: string;
  position: number;
  organId: string;
  organ: string;
  confirmOrganId: string | null;
  confirmOrgan: string | null;
  status: IndicatorStatus;
  version: number;
  dueOn: string;
  cells: Partial<Record<FigureField, GridCell>>;
  sees: "cells" | "submitted" | "nothing";
  /** Approved, and worked on again. */
  stale: boolean;
  can: Abilities<IndicatorAbility>;
  /** What its department has to work off. */
  reasons: RowReason[];
  /** What the last return said, with the answers, for whoever decides on the corrected row. */
  answered: RowReason[];
  /** The steps that a return may name, nearest the author first. */
  earlier: { id: string; name: string }[];
  /** Since this desk last judged it; `before` is what it said then. */
  changed: FigureField[];
  before: Figures | null;
  /** The last period's figures, where the actor may see them. */
  last: Figures | null;
};

export type IndicatorsPage = {
  report: {
    id: string;
    slug: string;
    name: string;
    year: number;
    half: 1 | 2;
    status: ReportStatus;
    dueOn: string;
  };
  rows: GridRow[];
  findings: Finding[];
  mayEditCatalogue: boolean;
};

const submitted = alias(indicatorRevisions, "submitted");
const earlier = alias(indicators, "earlier");
const last = alias(indicatorRevisions, "last");
const confirmer = alias(organs, "confirmer");

/** The table of a report as the actor may see it. Seven queries, however many rows. */
export async function getIndicatorsPage(tx: Transaction, ctx: Context, slug: string): Promise<IndicatorsPage> {
  const [report] = await tx
    .select({
      id: reports.id,
      slug: reports.slug,
      name: reports.name,
      year: reports.year,
      half: reports.half,
      status: reports.status,
      dueOn: reports.dueOn,
      jurisdictionId: reports.jurisdictionId,
    })
    .from(reports)
    .where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  const found = await rowsOf(tx, report.id);
  const ids = found.map(({ indicator }) => indicator.id);
  const judged = await lastJudged(tx, ctx, ids);
  const reasons = await readRowReasons(tx, ids);
  const routes = await loadRoutes(
    tx,
    report.id,
    "indicator",
    found.map(({ indicator }) => indicator),
  );
  const rows = found.flatMap((row) => {
    const route = routes.get(row.indicator.id);
    const said = reasons.get(row.indicator.id) ?? [];
    return route ? [gridRow(ctx, report.status, row, route, said, judged.get(row.indicator.id))] : [];
  });
  const half = report.half === 2 ? 2 : 1;
  const seen = rows.filter((row) => row.sees !== "nothing");
  const findings = await waivedIn(
    tx,
    report.id,
    checkTable(
      seen.map((row) => rowOfGrid(row)),
      { half },
    ),
  );
  const { jurisdictionId, ...shown } = report;
  return {
    report: { ...shown, half },
    rows,
    findings,
    mayEditCatalogue: catalogueRefusal(ctx.actor, { jurisdictionId, status: report.status }) === null,
  };
}

/** A grid's row as the pure rules read it. */
export function rowOfGrid(row: Pick<GridRow, keyof Indicator | "cells">) {
  const figuresByField: Figures = {};
  for (const field of FIGURE_FIELDS) {
    const figure = row.cells[field]?.figure;
    if (figure) figuresByField[field] = figure;
  }
  return {
    ...catalogueOf(withOwnArrays(row)),
    figures: figuresByField,
    completionReason: row.cells.completion?.reason ?? null,
  };
}

const withOwnArrays = (row: Indicator) => ({ ...row, aliases: [...row.aliases] });

function rowsOf(tx: Transaction, reportId: string) {
  return tx
    .select({
      indicator: indicators,
      organ: organs.shortName,
      confirmOrgan: confirmer.shortName,
      submitted: {
        id: submitted.id,
        row: submitted.row,
        writers: submitted.writers,
        by: submitted.authorLabel,
        at: submitted.createdAt,
      },
      last: last.row,
      stale: isRowStale,
      cells: cellsOf,
      evidence: sql<{ field: FigureField; count: number }[]>`coalesce((
        select json_agg(json_build_object('field', e.field, 'count', e.n)) from (
          select x.field, count(*)::int as n from ${evidence} x
           where x.indicator_id = indicators.id and x.removed_at is null group by x.field) e), '[]')`,
    })
    .from(indicators)
    .innerJoin(organs, eq(organs.id, indicators.organId))
    .leftJoin(confirmer, eq(confirmer.id, indicators.confirmOrganId))
    .leftJoin(submitted, eq(submitted.id, indicators.submittedRevisionId))
    .leftJoin(earlier, eq(earlier.id, indicators.previousId))
    .leftJoin(last, eq(last.id, earlier.approvedRevisionId))
    .where(and(eq(indicators.reportId, reportId), isNull(indicators.removedAt)))
    .orderBy(asc(indicators.position), asc(indicators.code));
}

type Found = Awaited<ReturnType<typeof rowsOf>>[number];

function gridRow(
  ctx: Context,
  reportStatus: ReportStatus,
  found: Found,
  route: RouteFacts,
  said: readonly GivenReason[],
  before: Figures | undefined,
): GridRow {
  const { indicator } = found;
  const own = maySeeFigures(ctx.actor, indicator);
  const sees = own ? "cells" : found.submitted ? "submitted" : "nothing";
  const evidenceOf = (field: FigureField) => found.evidence.find((one) => one.field === field)?.count ?? 0;
  const cells = own ? ownCells(found, evidenceOf) : submittedCells(found, evidenceOf);
  const facts = { ...indicator, reportStatus, stale: found.stale, route, writers: found.submitted?.writers ?? [] };
  return {
    ...catalogueOf(indicator),
    id: indicator.id,
    position: indicator.position,
    organId: indicator.organId,
    organ: found.organ,
    confirmOrganId: indicator.confirmOrganId,
    confirmOrgan: found.confirmOrgan,
    status: indicator.status,
    version: indicator.version,
    dueOn: indicator.dueOn,
    cells,
    sees,
    stale: found.stale,
    can: indicatorAbilities(ctx.actor, facts),
    ...reasonsOf(said, indicator.status),
    earlier: earlierSteps(route),
    changed: before ? FIGURE_FIELDS.filter((field) => !sameFigure(before[field], cells[field]?.figure)) : [],
    before: before ?? null,
    last: found.last?.figures ?? null,
  };
}

/** Those to be worked off while its department has the row; once it is up, those of the last return. */
function reasonsOf(said: readonly GivenReason[], status: IndicatorStatus): Pick<GridRow, "reasons" | "answered"> {
  const all = said.flatMap((reason) =>
    reason.target.is === "cell" ? [{ ...reason, field: reason.target.field }] : [],
  );
  if (status === "drafting" || status === "returned") {
    return { reasons: all.filter(({ isOpen }) => isOpen), answered: [] };
  }
  return { reasons: [], answered: roundsOf(all)[0]?.reasons ?? [] };
}

function ownCells(found: Found, evidenceOf: (field: FigureField) => number): GridRow["cells"] {
  const { sources } = rowOf(found.indicator, found.cells);
  return Object.fromEntries(
    found.cells.map((cell): [FigureField, GridCell] => [
      cell.field,
      {
        figure: fromColumns(cell),
        version: cell.version,
        reason: cell.reason,
        source: sources[cell.field] ?? null,
        by: cell.by,
        at: new Date(cell.at),
        evidence: evidenceOf(cell.field),
      },
    ]),
  );
}

function submittedCells(found: Found, evidenceOf: (field: FigureField) => number): GridRow["cells"] {
  if (!found.submitted) return {};
  const { row, by, at } = found.submitted;
  return Object.fromEntries(
    FIGURE_FIELDS.flatMap((field): [FigureField, GridCell][] => {
      const figure = row.figures[field];
      if (!figure) return [];
      const reason = field === "completion" ? row.completionReason : null;
      return [
        [
          field,
          { figure, version: 0, reason, source: row.sources[field] ?? null, by, at, evidence: evidenceOf(field) },
        ],
      ];
    }),
  );
}

/** By row, the figures that this desk last judged: what has changed since is marked. */
async function lastJudged(tx: Transaction, ctx: Context, ids: readonly string[]): Promise<Map<string, Figures>> {
  const { role } = ctx.actor;
  if (ids.length === 0 || (role !== "lead" && role !== "signer")) return new Map();
  const rows = await tx
    .selectDistinctOn([reviews.indicatorId], { indicatorId: reviews.indicatorId, row: indicatorRevisions.row })
    .from(reviews)
    .innerJoin(indicatorRevisions, eq(indicatorRevisions.id, reviews.indicatorRevisionId))
    .innerJoin(indicators, eq(indicators.id, reviews.indicatorId))
    .where(and(inArray(reviews.indicatorId, [...ids]), role === "lead" ? byLeadBureau : bySigner(ctx.actor.organId)))
    .orderBy(reviews.indicatorId, desc(reviews.createdAt));
  return new Map(rows.map((row) => [row.indicatorId ?? "", row.row.figures]));
}

/** A return does not say from which desk it came: one that the row had reached, every desk before it having let it through. */
const letThrough = (verdict: SQL): SQL => sql`exists (
  select 1 from ${reviews} e where e.indicator_revision_id = ${reviews.indicatorRevisionId} and e.verdict = ${verdict})`;

const bySigner = (organId: string): SQL => sql`case when ${indicators.organId} = ${organId}
  then ${reviews.verdict} in ('sign', 'return')
  else ${reviews.verdict} = 'confirm' or (${reviews.verdict} = 'return' and ${letThrough(sql`'sign'`)}) end`;

const byLeadBureau: SQL = sql`(${reviews.verdict} = 'pass' or (${reviews.verdict} = 'return' and
  case when ${indicators.confirmOrganId} is null then ${letThrough(sql`'sign'`)} else ${letThrough(sql`'confirm'`)} end))`;

export type CellDetail = Awaited<ReturnType<typeof getCellDetail>>;

/** What is known of one cell: every change with its author, newest first, and the files that prove it. */
export async function getCellDetail(tx: Transaction, indicatorId: string, field: FigureField) {
  if (!isUuid(indicatorId)) throw new DomainError("not-found");
  const [indicator] = await tx.select({ id: indicators.id }).from(indicators).where(eq(indicators.id, indicatorId));
  if (!indicator) throw new DomainError("not-found");
  const [changes, files] = await Promise.all([
    tx
      .select()
      .from(figureChanges)
      .where(and(eq(figureChanges.indicatorId, indicatorId), eq(figureChanges.field, field)))
      .orderBy(desc(figureChanges.version))
      .limit(50),
    tx
      .select({
        id: evidence.id,
        name: evidence.name,
        mediaType: evidence.mediaType,
        size: evidence.size,
        by: evidence.authorLabel,
        at: evidence.createdAt,
      })
      .from(evidence)
      .where(and(eq(evidence.indicatorId, indicatorId), eq(evidence.field, field), isNull(evidence.removedAt)))
      .orderBy(asc(evidence.createdAt), asc(evidence.id)),
  ]);
  if (changes.length === 0) {
    return { history: await submittedHistory(tx, indicatorId, field), evidence: files };
  }
  return {
    history: changes.map((change) => ({
      figure: fromColumns(change),
      reason: change.reason,
      source: sourceOf(change),
      carried: change.carried,
      by: change.authorLabel,
      at: change.createdAt,
    })),
    evidence: files,
  };
}

/** For those who do not see the working cells: what each row that went up said. */
async function submittedHistory(tx: Transaction, indicatorId: string, field: FigureField) {
  const rows = await tx
    .select({ row: indicatorRevisions.row, by: indicatorRevisions.authorLabel, at: indicatorRevisions.createdAt })
    .from(indicatorRevisions)
    .where(eq(indicatorRevisions.indicatorId, indicatorId))
    .orderBy(desc(indicatorRevisions.number))
    .limit(50);
  return rows.map(({ row, by, at }) => ({
    figure: row.figures[field] ?? null,
    reason: field === "completion" ? row.completionReason : null,
    source: row.sources[field] ?? null,
    carried: false,
    by,
    at,
  }));
}

/** The table for a workbook, under the name that its annex has: every row, or those that are the actor's to fill in. */
export async function getAnnex(tx: Transaction, ctx: Context, slug: string, which: "all" | "mine" = "all") {
  const { report, rows } = await getIndicatorsPage(tx, ctx, slug);
  const [node] = await tx
    .select({ title: sections.title })
    .from(sections)
    .where(and(eq(sections.reportId, report.id), eq(sections.kind, "indicators")));
  return {
    slug: report.slug,
    title: node?.title ?? report.name,
    year: report.year,
    half: report.half,
    rows: rows
      .map((row) => ({ ...rowOfGrid(row), id: row.id, mayFill: row.can.fill === null }))
      .filter((row) => which === "all" || row.mayFill),
  };
}
