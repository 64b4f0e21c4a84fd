import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { figureChanges, figures, indicatorRevisions, indicators, reports } from "../../db/schema";
import { organsExist } from "../report/organs-exist";
import type { Context } from "../kernel/context";
import { toColumns } from "./cell";
import type { Figure } from "./figure";
import type { CatalogueEntry } from "./schema";

type Entry = CatalogueEntry & { previousId: string | null };

/** Writes a new report's catalogue in the given order. Owners and confirming offices must be organs the actor sees. */
export async function layOutCatalogue(
  tx: Transaction,
  ctx: Context,
  report: { id: string; dueOn: string },
  entries: readonly Entry[],
): Promise<Map<string, string>> {
  if (entries.length === 0) return new Map();
  await ownersExist(tx, entries);
  const rows = entries.map((entry, index) => ({
    ...entry,
    id: crypto.randomUUID(),
    jurisdictionId: ctx.actor.jurisdictionId,
    reportId: report.id,
    position: index + 1,
    dueOn: report.dueOn,
    movedAt: ctx.now(),
  }));
  await tx.insert(indicators).values(rows);
  return new Map(rows.map((row) => [row.code, row.id]));
}

/**
 * The catalogue of an earlier report for a new one, and last year's actual where it is known: what the report on the
 * whole of last year says was achieved, else, within one year, what the earlier report says of the year before.
 */
export async function carryCatalogue(
  tx: Transaction,
  ctx: Context,
  from: { id: string; year: number },
  to: { id: string; year: number; dueOn: string },
): Promise<void> {
  const rows = await tx
    .select()
    .from(indicators)
    .where(and(eq(indicators.reportId, from.id), isNull(indicators.removedAt)))
    .orderBy(asc(indicators.position), asc(indicators.code));
  const ids = await layOutCatalogue(
    tx,
    ctx,
    to,
    rows.map(
      ({ id, code, officialName, shortName, aliases, unit, kind, basis, decimals, organId, confirmOrganId }) => ({
        code,
        officialName,
        shortName,
        aliases,
        unit,
        kind,
        basis,
        decimals,
        organId,
        confirmOrganId,
        previousId: id,
      }),
    ),
  );
  const known = from.year === to.year ? await lastActualsOf(tx, from.id) : await actualsOfYear(tx, to.year - 1);
  const cells = rows.flatMap(({ code, unit }) => {
    const indicatorId = ids.get(code);
    const last = known.get(code);
    // A figure in another unit would be off by a factor: nothing is converted.
    if (!indicatorId || !last || last.unit !== unit) return [];
    const { jurisdictionId, label: authorLabel } = ctx.actor;
    return [
      { jurisdictionId, indicatorId, field: "lastActual" as const, ...toColumns(last.figure), version: 1, authorLabel },
    ];
  });
  if (cells.length === 0) return;
  await tx.insert(figures).values(cells.map((cell) => ({ ...cell, updatedAt: ctx.now() })));
  await tx
    .insert(figureChanges)
    .values(cells.map((cell) => ({ ...cell, carried: true, authorId: ctx.actor.userId, createdAt: ctx.now() })));
}

/** By code, what the passed rows of the report on that whole year say was achieved. An estimate is no actual yet. */
async function actualsOfYear(tx: Transaction, year: number): Promise<Map<string, Known>> {
  const rows = await tx
    .select({ code: indicators.code, row: indicatorRevisions.row })
    .from(indicators)
    .innerJoin(reports, eq(reports.id, indicators.reportId))
    .innerJoin(indicatorRevisions, eq(indicatorRevisions.id, indicators.approvedRevisionId))
    .where(and(eq(reports.year, year), eq(reports.half, 2), isNotNull(indicators.approvedRevisionId)));
  return figuresBy(rows, "actual");
}

async function lastActualsOf(tx: Transaction, reportId: string): Promise<Map<string, Known>> {
  const rows = await tx
    .select({ code: indicators.code, row: indicatorRevisions.row })
    .from(indicators)
    .innerJoin(indicatorRevisions, eq(indicatorRevisions.id, indicators.approvedRevisionId))
    .where(eq(indicators.reportId, reportId));
  return figuresBy(rows, "lastActual");
}

type Known = { figure: Figure; unit: string };

function figuresBy(
  rows: readonly { code: string; row: { unit: string; figures: Partial<Record<string, Figure>> } }[],
  field: "actual" | "lastActual",
): Map<string, Known> {
  return new Map(
    rows.flatMap(({ code, row: { unit, figures: said } }) => {
      const figure = said[field];
      const isKnown = figure && figure.state !== "estimate" && figure.state !== "pending";
      return isKnown ? [[code, { figure, unit }] as const] : [];
    }),
  );
}

/** Only where figures can be filled in and signed is an owner, or an office that confirms. */
export function ownersExist(
  tx: Transaction,
  entries: readonly { organId: string; confirmOrganId: string | null }[],
): Promise<void> {
  const ids = entries.flatMap(({ organId, confirmOrganId }) =>
    confirmOrganId ? [organId, confirmOrganId] : [organId],
  );
  return organsExist(tx, ids, ["department", "lead"]);
}
