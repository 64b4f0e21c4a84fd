import { sql, type SQL } from "drizzle-orm";
import { claims, indicators, looks, organs, reports, routeSteps, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { sitsAt } from "../route/sits";
import { countingDay } from "../timetable/day-that-counts";
import type { QueueAsked } from "./queue-asked";

/**
 * Everything that waits for the actor, as `m`, with its report `r`, department `o`, step `t`, what they saw of it last `l`
 * and who else is reading it `c`: a from-clause for the lists of the queue. `leaf` are texts, `row` indicators' rows.
 */
export function waitingFor(ctx: Context): SQL {
  const now = ctx.now().toISOString();
  return sql`(
    select 'leaf' as kind, sections.id, sections.report_id, sections.organ_id, sections.title as name,
           sections.status::text as status, sections.version, sections.step_id,
           ${countingDay("sections")} as due, sections.moved_at, 0 as position,
           sections.submitted_revision_id as revision_id
      from ${sections} where sections.step_id is not null and ${sitsAt("sections")}
    union all
    select 'row', indicators.id, indicators.report_id, indicators.organ_id, indicators.official_name,
           indicators.status::text, indicators.version, indicators.step_id,
           ${countingDay("indicators")}, indicators.moved_at, indicators.position,
           indicators.submitted_revision_id
      from ${indicators} where indicators.step_id is not null and indicators.removed_at is null and ${sitsAt("indicators")}
  ) m
    join ${reports} r on r.id = m.report_id and r.status = 'collecting'
    join ${organs} o on o.id = m.organ_id
    join ${routeSteps} t on t.id = m.step_id
    left join ${looks} l on l.user_id = ${ctx.actor.userId}::uuid and coalesce(l.section_id, l.indicator_id) = m.id
    left join ${claims} c on m.kind = 'leaf' and c.section_id = m.id and c.until > ${now}::timestamptz
      and c.since >= m.moved_at and c.membership_id <> ${ctx.actor.membershipId}::uuid`;
}

/** What was asked of the queue. `day` is today in China, YYYY-MM-DD. */
export function askedFor({ report, organ, kind, late, changed }: QueueAsked, day: string): SQL {
  const conditions = [
    sql`true`,
    ...(report ? [sql`r.slug = ${report}`] : []),
    ...(organ ? [sql`m.organ_id = ${organ}::uuid`] : []),
    ...(kind ? [sql`m.kind = ${kind}`] : []),
    ...(late ? [sql`m.due < ${day}::date`] : []),
    ...(changed ? [HAS_CHANGED] : []),
  ];
  return sql.join(conditions, sql` and `);
}

/** Another text or row than the actor saw last; what they never saw has not changed since. */
export const HAS_CHANGED = sql`coalesce(l.revision_id, l.indicator_revision_id) <> m.revision_id`;

/** What it is to the actor since they saw it last. */
export const LOOK = sql`case when l.id is null then 'never' when ${HAS_CHANGED} then 'changed' else 'same' end`;

/** By the day it is due, then in the order in which it came, the table's rows in the table's order. */
export const IN_ORDER = sql`m.due, r.slug, m.moved_at, m.position, m.id`;
