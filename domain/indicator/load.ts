import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicatorRevisions, indicators, reports, staleApprovals } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { lockReport } from "../report/lock";
import { loadRoutes } from "../route/load";
import { authorizeIndicator, type IndicatorAbility, type IndicatorFacts } from "./policy";

export type LoadedIndicator = IndicatorFacts & typeof indicators.$inferSelect & { half: 1 | 2 };

/** Whether the approved row is being worked on again. */
export const isRowStale = sql<boolean>`exists (select 1 from ${staleApprovals} x
  where x.indicator_revision_id = indicators.approved_revision_id)`;

/**
 * Loads indicators of one report for a change, in the order of their ids, each row locked; takes the report's shared
 * lock. Not readable is not found; readable but not one's own to lock is another department's.
 */
export async function loadIndicators(tx: Transaction, ids: readonly string[]): Promise<LoadedIndicator[]> {
  const wanted = [...new Set(ids)];
  const seen = await tx
    .select({ reportId: indicators.reportId })
    .from(indicators)
    .where(and(inArray(indicators.id, wanted), isNull(indicators.removedAt)));
  const reportId = seen[0]?.reportId;
  if (!reportId || seen.length !== wanted.length || seen.some((row) => row.reportId !== reportId)) {
    throw new DomainError("not-found");
  }
  await lockReport(tx, reportId, "shared");
  const rows = await tx
    .select({ indicator: indicators, reportStatus: reports.status, half: reports.half })
    .from(indicators)
    .innerJoin(reports, eq(reports.id, indicators.reportId))
    .where(inArray(indicators.id, wanted))
    .orderBy(asc(indicators.id))
    .for("update", { of: indicators });
  if (rows.length !== wanted.length) throw new DomainError("not-your-department");
  // Taken out of the catalogue while this waited for the lock.
  if (rows.some(({ indicator }) => indicator.removedAt)) throw new DomainError("not-found");
  const hands = await handsOn(
    tx,
    rows.flatMap(({ indicator }) => indicator.submittedRevisionId ?? []),
  );
  const routes = await loadRoutes(
    tx,
    reportId,
    "indicator",
    rows.map(({ indicator }) => indicator),
  );
  return rows.map(({ indicator, reportStatus, half }) => {
    const route = routes.get(indicator.id);
    if (!route) throw new DomainError("not-found");
    return {
      ...indicator,
      reportStatus,
      route,
      half: half === 2 ? 2 : 1,
      ...(hands.get(indicator.submittedRevisionId ?? "") ?? { writers: [], stale: false }),
    };
  });
}

type Hands = { writers: string[]; stale: boolean };

/** A statement of its own: one that waited for the row lock would not see what was written meanwhile. */
async function handsOn(tx: Transaction, revisionIds: string[]): Promise<Map<string, Hands>> {
  if (revisionIds.length === 0) return new Map();
  const rows = await tx
    .select({
      id: indicatorRevisions.id,
      writers: indicatorRevisions.writers,
      stale: sql<boolean>`exists (select 1 from ${staleApprovals} x where x.indicator_revision_id = indicator_revisions.id)`,
    })
    .from(indicatorRevisions)
    .where(inArray(indicatorRevisions.id, revisionIds));
  return new Map(rows.map(({ id, ...hands }) => [id, hands]));
}

/** As authorizeAt for leaves: refusals of who and when first, then of an older state than the present one. */
export function authorizeIndicatorsAt(
  ctx: Context,
  ability: IndicatorAbility,
  rows: readonly LoadedIndicator[],
  versions: readonly { indicatorId: string; version: number }[],
): void {
  const wanted = new Map(versions.map((row) => [row.indicatorId, row.version]));
  for (const row of rows) authorizeIndicator(ability, ctx.actor, row);
  if (rows.some((row) => wanted.get(row.id) !== row.version)) throw new DomainError("stale-version");
}
