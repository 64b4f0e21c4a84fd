import { and, asc, desc, eq, inArray, ne, sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, notifications, organs, outbox, reports, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import type { Role } from "../kernel/roles";
import { listDelivered } from "../edition/queries";
import type { NoticeEvent } from "../notice/events";
import type { SectionStatus } from "../section/workflow";

/** Which states of a leaf wait for which role. */
const WAITING: Partial<Record<Role, SectionStatus[]>> = {
  drafter: ["drafting", "returned"],
  signer: ["signing"],
  lead: ["reviewing"],
};

export type Desk = Awaited<ReturnType<typeof getDesk>>;

/** What waits for the actor, by due date, and the latest notices. At most three queries, all at once. */
export async function getDesk(tx: Transaction, ctx: Context) {
  const [leaves, wholes, delivered, notices] = await Promise.all([
    ownLeaves(tx, ctx),
    openReports(tx, ctx),
    ctx.actor.role === "clerk" || ctx.actor.role === "member" ? listDelivered(tx) : [],
    latestNotices(tx),
  ]);
  const waiting = WAITING[ctx.actor.role] ?? [];
  return {
    leaves: leaves.filter((leaf) => waiting.includes(leaf.status)),
    /** What else the actor's department owes in open reports, and who holds it now. */
    ours: leaves.filter((leaf) => !waiting.includes(leaf.status)),
    wholes,
    delivered,
    notices,
  };
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
    .where(and(eq(reports.status, "collecting"), sql`${sections.kind} not in ('part', 'chapter')`, condition))
    .orderBy(asc(sections.dueOn), desc(eq(sections.status, "returned")), asc(sections.position), asc(sections.id))
    .limit(100);
}

/** Reports under way, for those who answer for the whole: how many leaves are through, and whose move it is. */
async function openReports(tx: Transaction, ctx: Context) {
  const { role } = ctx.actor;
  if (role !== "lead" && role !== "approver") return [];
  const leaves = (approved: boolean) => sql<number>`(select count(*)::int from ${sections} s
    where s.report_id = reports.id and s.kind not in ('part', 'chapter')
      and (${sql.raw(approved ? "s.status = 'approved'" : "true")}))`;
  const rows = await tx
    .select({
      slug: reports.slug,
      name: reports.name,
      status: reports.status,
      dueOn: reports.dueOn,
      leaves: leaves(false),
      approved: leaves(true),
    })
    .from(reports)
    .where(ne(reports.status, "delivered"))
    .orderBy(asc(reports.dueOn));
  return rows.map((row) => ({
    ...row,
    mine:
      role === "approver"
        ? row.status === "approving"
        : row.status === "approved" || (row.status === "collecting" && row.leaves === row.approved),
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
      title: sections.title,
      reportSlug: reports.slug,
      reportName: reports.name,
    })
    .from(notifications)
    .innerJoin(outbox, eq(outbox.id, notifications.outboxId))
    .leftJoin(sections, eq(sections.id, outbox.sectionId))
    .leftJoin(reports, eq(reports.id, outbox.reportId))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(8);
}
