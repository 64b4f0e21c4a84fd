import { and, eq, isNull } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicatorRevisions, indicators, reports } from "../../db/schema";
import { getIndicatorsPage } from "../indicator/queries";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { loadRoutes } from "../route/load";
import { changedCells } from "./changes";
import { rowSeenBefore } from "./looks";
import { getNeighbours } from "./queue";
import type { QueueAsked } from "./queue-asked";
import { getSitting } from "./sitting";

export type RowPage = Awaited<ReturnType<typeof getRowPage>>;

/**
 * An indicator's row that is before its reviewers: what it says, what it said when this person saw it last and last
 * period, what the checks find in it, who decides on it beside them. `day` is today in China.
 */
export async function getRowPage(
  tx: Transaction,
  ctx: Context,
  slug: string,
  id: string,
  asked: QueueAsked,
  day: string,
) {
  if (!isUuid(id)) throw new DomainError("not-found");
  const [found] = await tx
    .select({
      indicator: indicators,
      revision: {
        id: indicatorRevisions.id,
        number: indicatorRevisions.number,
        row: indicatorRevisions.row,
        by: indicatorRevisions.authorLabel,
        at: indicatorRevisions.createdAt,
      },
    })
    .from(indicators)
    .innerJoin(reports, eq(reports.id, indicators.reportId))
    .leftJoin(indicatorRevisions, eq(indicatorRevisions.id, indicators.submittedRevisionId))
    .where(and(eq(reports.slug, slug), eq(indicators.id, id), isNull(indicators.removedAt)));
  if (!found) throw new DomainError("not-found");
  const { revision, indicator } = found;
  const [page, queue, sitting, routes, before] = await Promise.all([
    getIndicatorsPage(tx, ctx, slug),
    getNeighbours(tx, ctx, asked, day, id),
    getSitting(tx, "row", id),
    loadRoutes(tx, indicator.reportId, "indicator", [indicator]),
    revision ? rowSeenBefore(tx, ctx, id, revision.id) : null,
  ]);
  const row = page.rows.find((one) => one.id === id);
  const route = routes.get(id);
  if (!row || !route) throw new DomainError("not-found");
  return {
    report: page.report,
    row,
    route,
    revision,
    before,
    changed: revision && before ? changedCells(before.row, revision.row) : [],
    findings: page.findings.filter(({ where }) => where.in === "table" && where.indicator === row.code),
    queue,
    sitting,
  };
}
