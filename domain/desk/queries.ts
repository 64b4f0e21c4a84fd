import { and, asc, desc, eq, inArray, isNotNull, isNull, ne, or, sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { drafts, indicators, organs, reports, reviews, routeSteps, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DECIDERS, isOneOf } from "../kernel/roles";
import { waitingConsultations } from "../consultation/queries";
import { listDelivered } from "../edition/queries";
import { countExports } from "../export/queries";
import { listActingPosts } from "./acting-posts";
import { countNotices, latestNotices } from "../notice/queries";
import { firstReasons, openTally } from "../review/read-reasons";
import type { FirstReason, Tally } from "../review/reasons";
import { sitsAt } from "../route/sits";
import { dayBeforePermit, dayThatCounts } from "../timetable/day-that-counts";
import { headingKinds } from "../section/heading-kinds";
import type { SectionStatus } from "../section/workflow";

/** The states of a leaf in which its department has it in hand. */
const AT_AUTHOR: readonly SectionStatus[] = ["drafting", "returned"];

/** So many leaves are listed; what waits comes first, the rest is in the queue or on the report's own board. */
const LEAVES = 100;

/** As many notices as fit under the work; the rest has a page of its own. */
const NOTICES = 8;

export type Desk = Awaited<ReturnType<typeof getDesk>>;

/** What waits for the actor, by due date, and the latest notices. At most nine queries, all at once. */
export async function getDesk(tx: Transaction, ctx: Context) {
  const [found, figures, wholes, delivered, notices, { unread }, acting, consultations, files] = await Promise.all([
    ownLeaves(tx, ctx),
    waitingIndicators(tx, ctx),
    openReports(tx, ctx),
    ctx.actor.role === "clerk" || ctx.actor.role === "member" ? listDelivered(tx) : [],
    latestNotices(tx, NOTICES),
    countNotices(tx),
    listActingPosts(tx),
    waitingConsultations(tx, ctx),
    countExports(tx, ctx),
  ]);
  const leaves = found.slice(0, LEAVES);
  const waits = (leaf: (typeof leaves)[number]) =>
    ctx.actor.role === "drafter" ? AT_AUTHOR.includes(leaf.status) : leaf.sits;
  return {
    leaves: leaves.filter(waits),
    /** What else the actor's department owes in open reports, and who holds it now. */
    ours: leaves.filter((leaf) => !waits(leaf)),
    /** Whether there is more than is listed. */
    isCut: found.length > LEAVES,
    figures,
    wholes,
    delivered,
    notices,
    unread,
    acting,
    files,
    consultations,
  };
}

/**
 * Indicators that wait for the actor, one line for each report, office and state: a department fills in its rows in one
 * go. The signer has those to sign and, of other departments, those to confirm.
 */
async function waitingIndicators(tx: Transaction, ctx: Context) {
  const { role, organId } = ctx.actor;
  const mine =
    role === "drafter"
      ? and(eq(indicators.organId, organId), inArray(indicators.status, ["drafting", "returned"]))
      : isOneOf(role, DECIDERS)
        ? and(isNotNull(indicators.stepId), sitsAt("indicators"))
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
      dueOn: sql<string>`min(${dayThatCounts("indicators")})`,
    })
    .from(indicators)
    .innerJoin(reports, eq(reports.id, indicators.reportId))
    .innerJoin(organs, eq(organs.id, indicators.organId))
    .where(and(eq(reports.status, "collecting"), isNull(indicators.removedAt), mine))
    .groupBy(indicators.status, organs.shortName, reports.slug, reports.name)
    .orderBy(sql`min(${dayThatCounts("indicators")})`, reports.slug, indicators.status, organs.shortName);
}

/** A department's own leaves in whatever state; of others those at whose step the actor sits. */
async function ownLeaves(tx: Transaction, ctx: Context) {
  const { role, organId } = ctx.actor;
  const own = eq(sections.organId, organId);
  if (role === "drafter") return leavesWhere(tx, own, inArray(sections.status, [...AT_AUTHOR]));
  if (!isOneOf(role, DECIDERS)) return [];
  const atHand = and(isNotNull(sections.stepId), sitsAt("sections"));
  return leavesWhere(tx, role === "signer" ? or(own, atHand) : atHand);
}

const sits = sql<boolean>`${sections.stepId} is not null and ${sitsAt("sections")}`.as("sits");

function leavesWhere(tx: Transaction, condition: SQL | undefined, first: SQL | SQL.Aliased = sits) {
  return tx
    .select({
      id: sections.id,
      title: sections.title,
      status: sections.status,
      dueOn: dayThatCounts("sections"),
      /** The leaf's own day, where a later one was permitted. */
      wasDueOn: dayBeforePermit("sections"),
      organ: organs.shortName,
      reportSlug: reports.slug,
      reportName: reports.name,
      /** Whether the actor decides on it now. */
      sits,
      /** What it came back for, and how much of it is answered; null with nothing to work off. */
      returned: sql<Tally | null>`case when sections.status = 'returned' then ${openTally} end`,
      reasons: sql<FirstReason[]>`case when sections.status = 'returned' then ${firstReasons} else '[]' end`,
      written: sql<boolean>`coalesce((select d.version > 0 from ${drafts} d where d.section_id = sections.id), false)`,
    })
    .from(sections)
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .innerJoin(organs, eq(organs.id, sections.organId))
    .where(and(eq(reports.status, "collecting"), sql`${sections.kind} not in ${headingKinds}`, condition))
    .orderBy(
      desc(first),
      asc(dayThatCounts("sections")),
      desc(eq(sections.status, "returned")),
      asc(sections.position),
      asc(sections.id),
    )
    .limit(LEAVES + 1);
}

/** Reports under way, for those who answer for the whole: how many leaves are through, and whose move it is. */
async function openReports(tx: Transaction, ctx: Context) {
  const { role } = ctx.actor;
  if (role !== "lead" && role !== "approver") return [];
  const leaves = (approved: boolean) => sql<number>`(select count(*)::int from ${sections} s
    where s.report_id = reports.id and s.kind not in ${headingKinds}
      and (${sql.raw(approved ? "s.status = 'approved'" : "true")}))`;
  // Of a whole that is before its approvers their step's day, else the report's own.
  const wholeDay = sql<string>`coalesce((select t.due_on from ${routeSteps} t where t.id = reports.step_id), reports.due_on)::text`;
  const rows = await tx
    .select({
      slug: reports.slug,
      name: reports.name,
      status: reports.status,
      dueOn: wholeDay,
      leaves: leaves(false),
      approved: leaves(true),
      figuresOpen: sql<boolean>`exists (select 1 from ${indicators} i
        where i.report_id = reports.id and i.removed_at is null and i.status <> 'approved')`,
      // As reportRefusal() has it: who does not sit there, or has approved this text already, has nothing to do.
      sits: sql<boolean>`reports.step_id is not null
        and (select actor_seat()) in (select p.membership_id from seats_at(reports.step_id, null, null, null, null) p)
        and not exists (select 1 from ${reviews} v
          where v.report_id = reports.id and v.section_id is null and v.indicator_id is null and v.verdict = 'approve'
            and v.document_hash = reports.document_hash and (v.step_id <> reports.step_id or v.round = reports.round)
            and (v.seat_id = (select actor_seat()) or v.user_id = (select actor_user())))`,
    })
    .from(reports)
    .where(ne(reports.status, "delivered"))
    .orderBy(asc(wholeDay));
  return rows.map((row) => ({
    ...row,
    mine:
      role === "approver"
        ? row.status === "approving" && row.sits
        : row.status === "approved" || (row.status === "collecting" && row.leaves === row.approved && !row.figuresOpen),
  }));
}
