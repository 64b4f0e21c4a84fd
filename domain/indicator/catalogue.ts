import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { indicatorRevisions, indicators, organs, reports } from "../../db/schema";
import type { Transaction } from "../../db/client";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { lockReport } from "../report/lock";
import { layOutCatalogue, ownersExist } from "./carry-forward";
import { loadIndicators } from "./load";
import { catalogueRefusal } from "./policy";
import type { CatalogueEntry, MoveEntry } from "./schema";

/** Adds an indicator at the end of a report's catalogue. */
export async function addCatalogueEntry(ctx: Context, input: CatalogueEntry & { reportId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { reportId, ...entry } = input;
    const report = await openCatalogue(tx, ctx, reportId);
    const catalogue = await entriesOf(tx, reportId);
    if (catalogue.some(({ code }) => code === entry.code)) {
      throw new DomainError("indicator-code-taken", { code: entry.code });
    }
    const added = await layOutCatalogue(tx, ctx, report, [{ ...entry, ...ownConfirmer(entry), previousId: null }]);
    const id = added.get(entry.code) ?? "";
    await tx
      .update(indicators)
      .set({ position: (catalogue.at(-1)?.position ?? 0) + 1 })
      .where(eq(indicators.id, id));
    await record(tx, ctx, { action: "indicator.add", subject: id, reportId, detail: { code: entry.code } });
  });
}

/**
 * Changes an entry. Names, aliases and the basis at any time while the report collects; what the figures mean (code,
 * unit, kind) and whose they are, only while they are not before the reviewers.
 */
export async function editCatalogueEntry(
  ctx: Context,
  input: CatalogueEntry & { indicatorId: string; version: number },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { indicatorId, version, ...entry } = input;
    const row = await openEntry(tx, ctx, indicatorId);
    if (row.version !== version) throw new DomainError("stale-version");
    const to = { ...entry, ...ownConfirmer(entry) };
    const isFixed = row.status !== "drafting" && row.status !== "returned";
    const moved =
      row.code !== to.code ||
      row.unit !== to.unit ||
      row.kind !== to.kind ||
      row.organId !== to.organId ||
      row.confirmOrganId !== to.confirmOrganId;
    if (isFixed && moved) throw new DomainError("indicator-in-use");
    const [taken] = await tx
      .select({ id: indicators.id })
      .from(indicators)
      .where(
        and(
          eq(indicators.reportId, row.reportId),
          eq(indicators.code, to.code),
          ne(indicators.id, row.id),
          isNull(indicators.removedAt),
        ),
      );
    if (taken) throw new DomainError("indicator-code-taken", { code: to.code });
    await ownersExist(tx, [to]);
    await tx
      .update(indicators)
      .set({ ...to, version: sql`${indicators.version} + 1` })
      .where(eq(indicators.id, row.id));
    await record(tx, ctx, {
      action: "indicator.edit",
      subject: row.id,
      reportId: row.reportId,
      detail: { code: to.code },
    });
  });
}

/** One place up or down in the order of the table. At its end nothing happens. */
export async function moveCatalogueEntry(ctx: Context, input: MoveEntry): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await openEntry(tx, ctx, input.indicatorId);
    const order = (await entriesOf(tx, row.reportId)).map(({ id }) => id);
    const at = order.indexOf(row.id);
    const to = at + (input.direction === "up" ? -1 : 1);
    const other = order[to];
    if (!other) return;
    order[at] = other;
    order[to] = row.id;
    await tx.execute(sql`
      update ${indicators} i set position = x.position
        from json_to_recordset(${JSON.stringify(order.map((id, index) => ({ id, position: index + 1 })))}::json)
          as x(id uuid, position int)
       where i.id = x.id`);
    await record(tx, ctx, { action: "indicator.move", subject: row.id, reportId: row.reportId });
  });
}

/** Takes an entry out of the catalogue, as long as none of its figures has ever gone up. */
export async function removeCatalogueEntry(
  ctx: Context,
  input: { indicatorId: string; version: number },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const row = await openEntry(tx, ctx, input.indicatorId);
    if (row.version !== input.version) throw new DomainError("stale-version");
    const [sent] = await tx
      .select({ id: indicatorRevisions.id })
      .from(indicatorRevisions)
      .where(eq(indicatorRevisions.indicatorId, row.id))
      .limit(1);
    if (row.status !== "drafting" || sent) throw new DomainError("indicator-in-use");
    await tx.update(indicators).set({ removedAt: ctx.now() }).where(eq(indicators.id, row.id));
    await record(tx, ctx, {
      action: "indicator.remove",
      subject: row.id,
      reportId: row.reportId,
      detail: { code: row.code },
    });
  });
}

/** The catalogue for its page, with the organs that can own a row. */
export async function getCatalogue(tx: Transaction, ctx: Context, slug: string) {
  const [report] = await tx
    .select({
      id: reports.id,
      slug: reports.slug,
      name: reports.name,
      status: reports.status,
      jurisdictionId: reports.jurisdictionId,
    })
    .from(reports)
    .where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  const [entries, offices] = await Promise.all([
    entriesOf(tx, report.id),
    tx
      .select({ id: organs.id, name: organs.shortName })
      .from(organs)
      .where(sql`${organs.kind} in ('department', 'lead')`)
      .orderBy(asc(organs.shortName)),
  ]);
  return { report, entries, offices, refusal: catalogueRefusal(ctx.actor, report) };
}

function entriesOf(tx: Transaction, reportId: string) {
  return tx
    .select()
    .from(indicators)
    .where(and(eq(indicators.reportId, reportId), isNull(indicators.removedAt)))
    .orderBy(asc(indicators.position), asc(indicators.code));
}

/** Who confirms is another office than the owner; the owner's own signature is enough otherwise. */
const ownConfirmer = (entry: { organId: string; confirmOrganId: string | null }) => ({
  confirmOrganId: entry.confirmOrganId === entry.organId ? null : entry.confirmOrganId,
});

async function openEntry(tx: Transaction, ctx: Context, indicatorId: string) {
  const [where] = await tx
    .select({ reportId: indicators.reportId })
    .from(indicators)
    .where(eq(indicators.id, indicatorId));
  if (!where) throw new DomainError("not-found");
  await openCatalogue(tx, ctx, where.reportId);
  const [row] = await loadIndicators(tx, [indicatorId]);
  if (!row) throw new DomainError("not-found");
  return row;
}

/** Alone: codes and order are of all entries together, whoever else has one of them in hand. */
async function openCatalogue(tx: Transaction, ctx: Context, reportId: string) {
  await lockReport(tx, reportId, "alone");
  const [report] = await tx
    .select({ id: reports.id, status: reports.status, jurisdictionId: reports.jurisdictionId, dueOn: reports.dueOn })
    .from(reports)
    .where(eq(reports.id, reportId));
  if (!report) throw new DomainError("not-found");
  const refusal = catalogueRefusal(ctx.actor, report);
  if (refusal) throw new DomainError(refusal);
  return report;
}
