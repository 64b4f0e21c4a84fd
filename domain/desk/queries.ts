import { and, asc, desc, eq, inArray, isNull, ne, or, sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, indicators, notifications, organs, outbox, reports, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import type { Role } from "../kernel/roles";
import { listDelivered } from "../edition/queries";
import type { NoticeEvent } from "../notice/events";
import { headingKinds } from "../section/heading-kinds";
import type { SectionStatus } from "../section/workflow";

/** Which states of a leaf wait for which role. */
const WAITING: Partial<Record<Role, SectionStatus[]>> = {
  drafter: ["drafting", "returned"],
  signer: ["signing"],
  lead: ["reviewing"],
};

export type Desk = Awaited<ReturnType<typeof getDesk>>;

/** What waits for the actor, by due date, and the latest notices. At most four queries, all at once. */
export async function getDesk(tx: Transaction, ctx: Context) {
  const [leaves, figures, wholes, delivered, notices] = await Promise.all([
    ownLeaves(tx, ctx),
    waitingIndicators(tx, ctx),
    openReports(tx, ctx),
    ctx.actor.role === "clerk" || ctx.actor.role === "member" ? listDelivered(tx) : [],
    latestNotices(tx),
  ]);
  const waiting = WAITING[ctx.actor.role] ?? [];
  return {
    leaves: leaves.filter((leaf) => waiting.includes(leaf.status)),
    /** What else the actor's department owes in open reports, and who holds it now. */
    ours: leaves.filter((leaf) => !waiting.includes(leaf.status)),
    figures,
    wholes,
    delivered,
    notices,
  };
}

/**
 * Indicators that wait for the actor, one line for each report, office and state: a department fills in its rows in one
 * go. The signer has those to sign and, of other departments, those to confirm.
 */
async function waitingIndicators(tx: Transaction, ctx: Context) {
  const { role, organId } = ctx.actor;
  const own = eq(indicators.organId, organId);
  const mine =
    role === "drafter"
      ? and(own, inArray(indicators.status, ["drafting", "returned"]))
      : role === "signer"
        ? or(
            and(own, eq(indicators.status, "signing")),
            and(eq(indicators.confirmOrganId, organId), eq(indicators.status, "confirming")),
          )
        : role === "lead"
          ? eq(indicators.status, "reviewing")
          : null;
  if (!mine) return [];
  return tx
    .select({
      status: indicators.status,
      organ: organs.shortName,
      reportSlug: reports.slug,
      reportName: reports.name,
      count: sql<number>`count(*)::int`,
      names: sql<string>`string_agg(${indicators.officialName}, '、' order by ${indicators.position})`,
      dueOn: sql<string>`min(${indicators.dueOn})::text`,
    })
    .from(indicators)
    .innerJoin(reports, eq(reports.id, indicators.reportId))
    .innerJoin(organs, eq(organs.id, indicators.organId))
    .where(and(eq(reports.status, "collecting"), isNull(indicators.removedAt), mine))
    .groupBy(indicators.status, organs.shortName, reports.slug, reports.name)
    .orderBy(sql`min(${indicators.dueOn})`, reports.slug, indicators.status, organs.shortName);
}

/** A department's own leaves in whatever state; for the lead bureau those before it, whoever's they are. */
async function ownLeaves(tx: Transaction, ctx: Context) {
  const { role, organId } = ctx.actor;
  if (role === "lead") return leavesWhere(tx, inArray(sections.status, WAITING.lead ?? []));
  return role === "drafter" || role === "signer" ? leavesWhere(tx, eq(sections.organId, organId)) : [];
}

function leavesWhere(tx: Transaction, condition: SQL | undefined) {
  return tx
    .select({
      id: sections.id,
      title: sections.title,
      status: sections.status,
      dueOn: sections.dueOn,
      organ: organs.shortName,
      reportSlug: reports.slug,
      reportName: reports.name,
      written: sql<boolean>`coalesce((select d.version > 0 from ${drafts} d where d.section_id = sections.id), false)`,
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .innerJoin(organs, eq(organs.id, sections.organId))
    .where(and(eq(reports.status, "collecting"), sql`${sections.kind} not in ${headingKinds}`, condition))
    .orderBy(asc(sections.dueOn), desc(eq(sections.status, "returned")), asc(sections.position), asc(sections.id))
    .limit(100);
}

/** Reports under way, for those who answer for the whole: how many leaves are through, and whose move it is. */
async function openReports(tx: Transaction, ctx: Context) {
  const { role } = ctx.actor;
  if (role !== "lead" && role !== "approver") return [];
  const leaves = (approved: boolean) => sql<number>`(select count(*)::int from ${sections} s
    where s.report_id = reports.id and s.kind not in ${headingKinds}
      and (${sql.raw(approved ? "s.status = 'approved'" : "true")}))`;
  const rows = await tx
    .select({
      slug: reports.slug,
      name: reports.name,
      status: reports.status,
      dueOn: reports.dueOn,
      leaves: leaves(false),
      approved: leaves(true),
      figuresOpen: sql<boolean>`exists (select 1 from ${indicators} i
        where i.report_id = reports.id and i.removed_at is null and i.status <> 'approved')`,
    })
    .from(reports)
    .where(ne(reports.status, "delivered"))
    .orderBy(asc(reports.dueOn));
  return rows.map((row) => ({
    ...row,
    mine:
      role === "approver"
        ? row.status === "approving"
        : row.status === "approved" || (row.status === "collecting" && row.leaves === row.approved && !row.figuresOpen),
  }));
}

async function latestNotices(tx: Transaction) {
  return tx
    .select({
      id: notifications.id,
      event: sql<NoticeEvent>`${outbox.event}`,
      by: outbox.actorLabel,
      at: notifications.createdAt,
      editionId: outbox.editionId,
      sectionId: outbox.sectionId,
      indicatorId: outbox.indicatorId,
      remarkId: outbox.remarkId,
      indicator: indicators.officialName,
      title: sections.title,
      reportSlug: reports.slug,
      reportName: reports.name,
    })
    .from(notifications)
    .innerJoin(outbox, eq(outbox.id, notifications.outboxId))
    .leftJoin(sections, eq(sections.id, outbox.sectionId))
    .leftJoin(indicators, eq(indicators.id, outbox.indicatorId))
    .leftJoin(reports, eq(reports.id, outbox.reportId))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(8);
}
