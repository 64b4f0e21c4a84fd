import { and, asc, desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "../../db/client";
import { deliveries, editions, organs, reports, reviews, routes, routeSteps } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { compileReport } from "../report/compile-report";
import { reportFacts } from "../report/load";
import { mayReadDraft, reportAbilities } from "../report/policy";
import { getSitting } from "../review/sitting";
import { loadWholeRoute } from "../route/load";
import { readLacks } from "./lacks";
import { isDraft, outdatedBy } from "./policy";
import { listReaders } from "./readers";

const superseded = alias(editions, "superseded");

/** When an edition was first given to those whose deliveries the actor sees: an edition is one row, however often it was delivered. */
const deliveredAt =
  sql<Date | null>`(select min(d.delivered_at) from ${deliveries} d where d.edition_id = editions.id)`.mapWith(
    (value: string) => new Date(value),
  );

/** The number of the delivered edition that takes its place, or null. */
const newerNumber = sql<number | null>`(select n.number from newer_edition(editions.id) n)`;

/** What is said of an edition wherever it is listed: `supersedes` is the number of the one that it corrects. */
const editionColumns = {
  id: editions.id,
  number: editions.number,
  kind: editions.kind,
  name: editions.name,
  code: editions.code,
  origin: editions.origin,
  sha256: editions.sha256,
  sealSha256: editions.sealSha256,
  sealedAt: editions.sealedAt,
  sealedLabel: editions.sealedLabel,
  notice: editions.notice,
  exception: editions.exception,
  deliveredAt,
  newer: newerNumber,
};

/** One edition with its frozen document, if the actor may see it. */
export async function getEdition(tx: Transaction, editionId: string) {
  const [edition] = await tx
    .select({
      ...editionColumns,
      reportId: editions.reportId,
      document: editions.document,
      // Not by the other row's number: who reads a correction need not have been given what it corrects.
      supersedes: sql<number | null>`(select s.number from superseded_edition(editions.id) s)`,
    })
    .from(editions)
    .where(eq(editions.id, editionId));
  if (!edition) throw new DomainError("not-found");
  return edition;
}

/** What the actor has received, newest first; each edition once. */
export async function listDelivered(tx: Transaction) {
  return tx
    .select({
      id: editions.id,
      number: editions.number,
      kind: editions.kind,
      name: editions.name,
      deliveredAt: sql<Date>`min(${deliveries.deliveredAt})`.mapWith(deliveries.deliveredAt),
      newer: newerNumber,
      opened: sql<boolean>`exists (select 1 from receipts r where r.edition_id = editions.id and r.user_id = actor_user())`,
    })
    .from(editions)
    .innerJoin(deliveries, eq(deliveries.editionId, editions.id))
    .groupBy(editions.id)
    .orderBy(desc(sql`min(${deliveries.deliveredAt})`), desc(editions.number));
}

export type EditionReader = { organ: string; label: string; openedAt: Date | null };

/** Who has an edition and when they opened it, for the lead bureau and the committee's office; "not-found" for all others. */
export async function getReceipts(tx: Transaction, ctx: Context, editionId: string) {
  if (ctx.actor.role !== "lead" && ctx.actor.role !== "clerk") throw new DomainError("not-found");
  const [[edition], given, readers] = await Promise.all([
    tx
      .select({ ...editionColumns, slug: reports.slug })
      .from(editions)
      .leftJoin(reports, eq(reports.id, editions.reportId))
      .where(eq(editions.id, editionId)),
    readDeliveries(tx, eq(deliveries.editionId, editionId)),
    tx.execute<{ organ: string; label: string; opened_at: string | null }>(
      sql`select organ, label, opened_at from edition_readers(${editionId})`,
    ),
  ]);
  if (!edition) throw new DomainError("not-found");
  return {
    edition,
    deliveries: given,
    readers: readers.map(({ organ, label, opened_at: at }): EditionReader => ({
      organ,
      label,
      openedAt: at === null ? null : new Date(at),
    })),
  };
}

export type EditionsPage = Awaited<ReturnType<typeof getEditionsPage>>;
export type SealedEdition = EditionsPage["editions"][number];

/**
 * The editions page: the compiled whole as it stands, its route, what has been sealed, to whom it went, what is not ready, and
 * what may be done now.
 */
export async function getEditionsPage(tx: Transaction, ctx: Context, slug: string) {
  const [report] = await tx.select(reportFacts).from(reports).where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  const isLead = ctx.actor.role === "lead";
  const [sealed, given, verdicts, steps, readers] = await Promise.all([
    tx
      .select({
        ...editionColumns,
        supersedes: superseded.number,
        readers: isLead
          ? sql<{ all: number; opened: number }>`(
              select json_build_object('all', count(*)::int, 'opened', count(r.opened_at)::int) from edition_readers(editions.id) r)`
          : sql<null>`null`,
      })
      .from(editions)
      .leftJoin(superseded, eq(superseded.id, editions.supersedesId))
      .where(eq(editions.reportId, report.id))
      .orderBy(desc(editions.number)),
    readDeliveries(
      tx,
      sql`${deliveries.editionId} in (select e.id from ${editions} e where e.report_id = ${report.id})`,
    ),
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
    listReaders(tx),
  ]);
  const mayCompile = mayReadDraft(ctx.actor, report);
  const compiled = mayCompile ? await compileReport(tx, report.id) : null;
  const route = await loadWholeRoute(tx, report);
  const can = reportAbilities(ctx.actor, { ...report, route });
  const lacks = isLead && compiled ? await readLacks(tx, ctx, report.id, compiled) : null;
  // Who decides on the whole, and who already has, is read by those who read its verdicts.
  const sitting = mayCompile ? await getSitting(tx, "whole", report.id) : null;
  const step = steps.find(({ id }) => id === report.stepId)?.name ?? null;
  const lastDelivered = sealed.find((edition) => edition.deliveredAt !== null && !isDraft(edition.kind));
  return {
    ...report,
    editions: sealed.map((edition) => ({
      ...edition,
      deliveries: given.filter(({ editionId }) => editionId === edition.id),
      /** The number of a sealed edition that takes its place: this one is given to nobody any more. */
      outdatedBy: outdatedBy(edition, sealed)?.number ?? null,
    })),
    verdicts,
    steps,
    compiled,
    lacks,
    readers,
    /** What a final edition that is sealed now would correct. */
    corrects: lastDelivered ? { number: lastDelivered.number, kind: lastDelivered.kind } : null,
    step,
    sitting,
    can,
  };
}

export type Delivered = Awaited<ReturnType<typeof readDeliveries>>[number];

/** To whom editions went, as far as the actor sees it, in the order of delivery. */
function readDeliveries(tx: Transaction, which: ReturnType<typeof eq>) {
  return tx
    .select({
      id: deliveries.id,
      editionId: deliveries.editionId,
      role: deliveries.toRole,
      organ: organs.shortName,
      /** The label of a post; null when it is not held any more, or to whoever does not work on the report. */
      post: sql<string | null>`post_label(${deliveries.toMembershipId})`,
      answerBy: deliveries.answerBy,
      by: deliveries.deliveredLabel,
      at: deliveries.deliveredAt,
    })
    .from(deliveries)
    .leftJoin(organs, eq(organs.id, deliveries.toOrganId))
    .where(which)
    .orderBy(asc(deliveries.deliveredAt), asc(deliveries.toRole), asc(organs.shortName), asc(deliveries.id));
}
