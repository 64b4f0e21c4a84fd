import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { figures, indicatorRevisions, indicators, organs, type FigureSource, type SubmittedRow } from "../../db/schema";
import type { Context } from "../kernel/context";
import { fromColumns, sourceOf, type CellColumns, type SourceColumns } from "./cell";
import type { FigureField, Figures, IndicatorRow } from "./figure";

/** One working cell as `cellsOf` gives it; `at` is an ISO date. */
type Cell = CellColumns &
  SourceColumns & { field: FigureField; reason: string | null; version: number; by: string; at: string };

/** A row as the actor sees it: their own department's working figures, else what has gone up, else nothing. */
export type SeenRow = {
  id: string;
  organId: string;
  /** The department that fills it in, by its short name. */
  organ: string;
  row: SubmittedRow;
  /** The immutable row behind it, where that is what is seen. */
  revision: { id: string; number: number } | null;
  sees: "cells" | "submitted" | "nothing";
};

/** Every indicator of a report in its order, with the figures that the actor may see. One query. */
export async function readRows(tx: Transaction, ctx: Context, reportId: string): Promise<SeenRow[]> {
  const rows = await tx
    .select({
      indicator: indicators,
      organ: organs.shortName,
      revision: { id: indicatorRevisions.id, number: indicatorRevisions.number, row: indicatorRevisions.row },
      cells: cellsOf,
    })
    .from(indicators)
    .innerJoin(organs, eq(organs.id, indicators.organId))
    .leftJoin(indicatorRevisions, eq(indicatorRevisions.id, indicators.submittedRevisionId))
    .where(and(eq(indicators.reportId, reportId), isNull(indicators.removedAt)))
    .orderBy(asc(indicators.position), asc(indicators.code));
  return rows.map(({ indicator, organ, revision, cells }): SeenRow => {
    const whose = { id: indicator.id, organId: indicator.organId, organ };
    const isOwn =
      ctx.actor.organId === indicator.organId && (ctx.actor.role === "drafter" || ctx.actor.role === "signer");
    if (isOwn) return { ...whose, row: rowOf(indicator, cells), revision: null, sees: "cells" };
    if (!revision) return { ...whose, row: rowOf(indicator, []), revision: null, sees: "nothing" };
    return {
      ...whose,
      row: { ...revision.row, ...catalogueOf(indicator) },
      revision: { id: revision.id, number: revision.number },
      sees: "submitted",
    };
  });
}

/** A row's working cells as one JSON value, under the actor's row-level security. Values as text keep their decimals. */
export const cellsOf = sql<Cell[]>`coalesce((
  select json_agg(json_build_object('field', f.field, 'state', f.state, 'value', f.value::text, 'words', f.words,
           'reason', f.reason, 'sourceDepartment', f.source_department, 'sourceDocument', f.source_document,
           'sourceDate', f.source_date, 'version', f.version, 'by', f.author_label, 'at', f.updated_at) order by f.field)
    from ${figures} f where f.indicator_id = indicators.id), '[]')`;

export function rowOf(indicator: CatalogueColumns, cells: readonly Cell[]): SubmittedRow {
  const figuresByField: Figures = {};
  const sources: Record<string, FigureSource> = {};
  let completionReason: string | null = null;
  for (const cell of cells) {
    const figure = fromColumns(cell);
    if (figure) figuresByField[cell.field] = figure;
    if (figure && cell.field === "completion") completionReason = cell.reason;
    const source = sourceOf(cell);
    if (figure && source) sources[cell.field] = source;
  }
  return { ...catalogueOf(indicator), figures: figuresByField, completionReason, sources };
}

type CatalogueColumns = Pick<
  typeof indicators.$inferSelect,
  "code" | "officialName" | "shortName" | "aliases" | "unit" | "kind" | "basis" | "decimals"
>;

export function catalogueOf(row: CatalogueColumns): Omit<IndicatorRow, "figures" | "completionReason"> {
  const { code, officialName, shortName, aliases, unit, kind, basis, decimals } = row;
  return { code, officialName, shortName, aliases, unit, kind, basis, decimals };
}
