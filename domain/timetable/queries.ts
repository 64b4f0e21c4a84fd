import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { milestones, organs, reports, routes, routeSteps, timetables } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { localDay, type Day } from "../kernel/working-days";
import { headingKinds } from "../section/heading-kinds";
import { unknownFor } from "./milestones";
import { maySeeOwed, timetableRefusal } from "./policy";
import { timelinessOf, type HandedIn } from "./timeliness";
import { MILESTONES, type ReminderKind } from "./workflow";

export type TimetablePage = Awaited<ReturnType<typeof getTimetable>>;

/** A report's milestones in the calendar's order, and the days of its route's steps. Three queries. */
export async function getTimetable(tx: Transaction, ctx: Context, slug: string) {
  const [report] = await tx
    .select({
      id: reports.id,
      slug: reports.slug,
      name: reports.name,
      status: reports.status,
      dueOn: reports.dueOn,
      jurisdictionId: reports.jurisdictionId,
      sittingOn: timetables.sittingOn,
      sittingName: timetables.sittingName,
      version: timetables.version,
      by: timetables.updatedLabel,
      at: timetables.updatedAt,
    })
    .from(reports)
    .leftJoin(timetables, eq(timetables.reportId, reports.id))
    .where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  const [laidOut, steps] = await Promise.all([
    tx
      .select({
        milestone: milestones.milestone,
        amount: milestones.amount,
        unit: milestones.unit,
        on: milestones.on,
      })
      .from(milestones)
      .where(eq(milestones.reportId, report.id)),
    tx
      .select({
        id: routeSteps.id,
        name: routeSteps.name,
        role: routeSteps.role,
        office: routeSteps.office,
        dueOn: routeSteps.dueOn,
      })
      .from(routeSteps)
      .innerJoin(routes, eq(routes.id, routeSteps.routeId))
      .where(eq(routes.reportId, report.id))
      .orderBy(asc(routeSteps.position)),
  ]);
  const { sittingOn } = report;
  const place = (one: (typeof laidOut)[number]) => MILESTONES.indexOf(one.milestone);
  return {
    ...report,
    day: localDay(ctx.now()),
    milestones: laidOut
      .toSorted((a, b) => (a.on === b.on ? place(a) - place(b) : a.on < b.on ? -1 : 1))
      .map((one) => ({ ...one, unknown: sittingOn === null ? [] : unknownFor(sittingOn, one, one.on) })),
    steps,
    mayArrange: timetableRefusal("arrange", ctx.actor, report) === null,
    maySetDays: timetableRefusal("set-days", ctx.actor, report) === null,
  };
}

/** One event of reminding: to whom, of what (the first by its title, and how many), by when. */
export type LogEntry = {
  id: string;
  kind: ReminderKind;
  organ: string;
  by: string | null;
  at: Date;
  count: number;
  first: string;
  dueOn: Day;
};

/** The latest reminders of a report, or of one department in it, as the actor may see them. One query. */
export async function reminderLog(tx: Transaction, reportId: string, organId: string | null): Promise<LogEntry[]> {
  const rows = await tx.execute<Omit<LogEntry, "at"> & { at: string }>(sql`
    select r.outbox_id as id, r.kind, o.short_name as organ, max(r.author_label) as by,
           to_char(max(r.created_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, count(*)::int as count,
           min(r.due_on)::text as "dueOn",
           (array_agg(coalesce(s.title, i.official_name) order by r.due_on, s.position, i.position))[1] as first
      from reminders r
      join organs o on o.id = r.organ_id
      left join sections s on s.id = r.section_id
      left join indicators i on i.id = r.indicator_id
     where r.report_id = ${reportId} and (${organId}::uuid is null or r.organ_id = ${organId})
       and r.created_at >= coalesce((select min(x.created_at) from (
             select created_at from reminders y
              where y.report_id = ${reportId} and (${organId}::uuid is null or y.organ_id = ${organId}) order by created_at desc limit ${LOG_ROWS}) x), now())
     group by r.outbox_id, r.kind, o.short_name
     order by max(r.created_at) desc, o.short_name
     limit ${LOG_LENGTH}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

const LOG_LENGTH = 20;
/** However much was sent, no more of it is looked at. */
const LOG_ROWS = 2000;

/** Which of these leaves and rows somebody has sent a reminder of on that day. One query. */
export async function urgedOn(tx: Transaction, day: Day, ids: readonly string[]): Promise<Set<string>> {
  const list = sql`(select j.id::uuid from json_array_elements_text(${JSON.stringify(ids)}::json) as j(id))`;
  const rows = await tx.execute<{ id: string }>(sql`
    select section_id as id from reminders where kind = 'urge' and "on" = ${day} and section_id in ${list}
    union all
    select indicator_id from reminders where kind = 'urge' and "on" = ${day} and indicator_id in ${list}`);
  return new Set(rows.map(({ id }) => id));
}

export type DepartmentsPage = Awaited<ReturnType<typeof getDepartments>>;

/** How many past reports the timeliness of departments is counted over. */
const PAST_REPORTS = 4;

/**
 * Every department of a report: what it has open and late, others' rows that are before it to be confirmed among them,
 * its next day, and how timely it was. Four queries.
 */
export async function getDepartments(tx: Transaction, ctx: Context, slug: string) {
  const report = await loadReport(tx, slug);
  // A department reads its own page: how others keep their days is for those who answer for the whole.
  if (ctx.actor.role !== "lead" && ctx.actor.role !== "approver") throw new DomainError("not-found");
  const day = localDay(ctx.now());
  const [counts, past] = await Promise.all([
    tx.execute<{
      organId: string;
      organ: string;
      all: number;
      open: number;
      late: number;
      next: Day | null;
      owed: number;
    }>(sql`
      with items as (${itemsOf(report.id)}), owed as materialized (
        select w.item, w.organ_id, w.due_on from owed_items(${report.id}) w
      ), has as (
        select i.organ_id, i.is_open, i.due_on, w.item is not null as is_owed
          from items i left join owed w on w.item = i.id and w.organ_id = i.organ_id
        union all
        select w.organ_id, true, w.due_on, true from owed w join items i on i.id = w.item where i.organ_id <> w.organ_id)
      select h.organ_id as "organId", o.short_name as organ, count(*)::int as all,
             (count(*) filter (where h.is_open))::int as open,
             (count(*) filter (where h.is_open and h.due_on < ${day}::date))::int as late,
             (min(h.due_on) filter (where h.is_open))::text as next, (count(*) filter (where h.is_owed))::int as owed
        from has h join organs o on o.id = h.organ_id
       group by h.organ_id, o.short_name
       order by late desc, open desc, o.short_name`),
    pastReports(tx, report),
  ]);
  const timeliness = timelinessOf(
    await handedIn(
      tx,
      past.map(({ id }) => id),
    ),
  );
  return {
    ...report,
    day,
    departments: counts.map((row) => ({ ...row, timeliness: timeliness.get(row.organId) ?? null })),
    past,
    mayUrge: timetableRefusal("urge", ctx.actor, report) === null,
  };
}

export type DepartmentPage = Awaited<ReturnType<typeof getDepartment>>;

/** What one department has in a report, and of others to confirm, its permits and its reminders: for itself and those who answer for the whole. */
export async function getDepartment(tx: Transaction, ctx: Context, slug: string, organId: string) {
  if (!isUuid(organId)) throw new DomainError("not-found");
  const report = await loadReport(tx, slug);
  if (!maySeeOwed(ctx.actor, { ...report, organId })) throw new DomainError("not-found");
  const day = localDay(ctx.now());
  const [[organ], items, permits, log] = await Promise.all([
    tx.select({ id: organs.id, name: organs.shortName }).from(organs).where(eq(organs.id, organId)),
    tx.execute<{
      id: string;
      isSection: boolean;
      title: string;
      status: string;
      dueOn: Day;
      wasDueOn: Day | null;
      isOpen: boolean;
      /** Whether it is the department's own; else it is another's row that is before it to be confirmed. */
      isOwn: boolean;
      isOwed: boolean;
      urgedToday: boolean;
    }>(sql`
      with items as (${itemsOf(report.id)})
      select i.id, i.is_section as "isSection", i.title, i.status, i.due_on::text as "dueOn", i.was_due_on::text as "wasDueOn",
             i.is_open as "isOpen", i.organ_id = ${organId} as "isOwn", w.item is not null as "isOwed",
             exists (select 1 from reminders r where r.kind = 'urge' and r."on" = ${day}
                       and (r.section_id = i.id or r.indicator_id = i.id)) as "urgedToday"
        from items i left join owed_items(${report.id}) w on w.item = i.id and w.organ_id = ${organId}
       where i.organ_id = ${organId} or w.item is not null
       order by not i.is_open, i.due_on, i.is_section desc, i.position, i.id`),
    tx.execute<{ id: string; title: string; until: Day; reason: string; by: string; at: string }>(sql`
      select p.id, coalesce(s.title, i.official_name) as title, p.until::text, p.reason, p.author_label as by,
             to_char(p.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
        from late_permits p
        left join sections s on s.id = p.section_id
        left join indicators i on i.id = p.indicator_id
       where p.report_id = ${report.id} and p.organ_id = ${organId}
       order by p.created_at desc, title limit 50`),
    reminderLog(tx, report.id, organId),
  ]);
  if (!organ || items.length === 0) throw new DomainError("not-found");
  return {
    ...report,
    day,
    organ,
    items: [...items],
    permits: permits.map((permit) => ({ ...permit, at: new Date(permit.at) })),
    log,
    mayUrge: timetableRefusal("urge", ctx.actor, report) === null,
    mayPermit: timetableRefusal("permit", ctx.actor, report) === null,
  };
}

async function loadReport(tx: Transaction, slug: string) {
  const [report] = await tx
    .select({
      id: reports.id,
      slug: reports.slug,
      name: reports.name,
      status: reports.status,
      year: reports.year,
      half: reports.half,
      jurisdictionId: reports.jurisdictionId,
    })
    .from(reports)
    .where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  return report;
}

/** The leaves and rows of a report with the day that counts for each (due.ts has the same rule). */
const itemsOf = (reportId: string) => sql`
  select x.id, true as is_section, x.organ_id, x.title, x.status::text as status, x.position, x.status <> 'approved' as is_open,
         ${DAY_THAT_COUNTS} as due_on, ${DAY_BEFORE_PERMIT} as was_due_on
    from sections x left join route_steps d on d.id = coalesce(x.step_id, x.comeback_step_id)
   where x.report_id = ${reportId} and x.kind not in ${headingKinds}
  union all
  select x.id, false, x.organ_id, x.official_name, x.status::text, x.position, x.status <> 'approved',
         ${DAY_THAT_COUNTS}, ${DAY_BEFORE_PERMIT}
    from indicators x left join route_steps d on d.id = coalesce(x.step_id, x.comeback_step_id)
   where x.report_id = ${reportId} and x.removed_at is null`;

const DAY_THAT_COUNTS = sql.raw("day_that_counts(x.due_on, x.permitted_until, d.due_on, d.office)");
const OWN_DAY = sql.raw("day_that_counts(x.due_on, null, d.due_on, d.office)");
const DAY_BEFORE_PERMIT = sql`case when x.permitted_until > ${OWN_DAY} then ${OWN_DAY} end`;

async function pastReports(tx: Transaction, report: { id: string; year: number; half: number }) {
  return tx
    .select({ id: reports.id, name: reports.name, year: reports.year, half: reports.half })
    .from(reports)
    .where(
      and(
        sql`(${reports.year}, ${reports.half}) < (${report.year}, ${report.half})`,
        sql`${reports.id} <> ${report.id}`,
      ),
    )
    .orderBy(desc(reports.year), desc(reports.half))
    .limit(PAST_REPORTS);
}

/**
 * When departments let go of their items in these reports: the first sign-off, or where the route has none the first
 * text that went up. What never went up, such as an imported text, is left out.
 */
async function handedIn(tx: Transaction, reportIds: readonly string[]): Promise<HandedIn[]> {
  if (reportIds.length === 0) return [];
  const ids = sql`(select j.id::uuid from json_array_elements_text(${JSON.stringify(reportIds)}::json) as j(id))`;
  const day = sql.raw("(x.handed at time zone 'Asia/Shanghai')::date");
  return tx.execute<HandedIn>(sql`
    select x.organ_id as "organId", x.due_on::text as "dueOn", ${day}::text as "handedOn", count(*)::int as count
      from (
        select s.organ_id, greatest(s.due_on, s.permitted_until) as due_on,
               coalesce((select min(v.created_at) from reviews v where v.section_id = s.id and v.verdict = 'sign'),
                        (select min(k.created_at) from revisions k where k.section_id = s.id and k.kind = 'submitted')) as handed
          from sections s where s.report_id in ${ids} and s.kind not in ${headingKinds}
        union all
        select i.organ_id, greatest(i.due_on, i.permitted_until),
               coalesce((select min(v.created_at) from reviews v where v.indicator_id = i.id and v.verdict = 'sign'),
                        (select min(k.created_at) from indicator_revisions k where k.indicator_id = i.id))
          from indicators i where i.report_id in ${ids} and i.removed_at is null) x
     where x.handed is not null
     group by 1, 2, 3`);
}
