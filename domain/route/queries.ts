import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicators, organs, reports, routes, routeSteps, seats, sections, stepSkips } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { AUTHORS, isOneOf, type Role } from "../kernel/roles";
import { actorLabel } from "../user/session";
import { headingKinds } from "../section/heading-kinds";
import { initialsOf } from "./initials";
import type { StepPlan } from "./usual-route";

/** A post that can decide. `initials`: of the reading of its label, for finding it by pinyin (nyncj). */
export type DecidingPost = { id: string; role: string; label: string; initials: string };

/** By label, which tells any two apart. One query, whatever the district's size. */
export async function getDecidingPosts(tx: Transaction): Promise<DecidingPost[]> {
  const rows = await tx.execute<{ id: string; role: string; organ: string; person: string }>(
    sql`select p.membership_id as id, p.role, p.organ, p.person from deciding_posts() p order by p.organ, p.person, p.role`,
  );
  const seen = new Map<string, number>();
  return rows.map(({ id, role, organ, person }) => {
    const label = actorLabel(organ, person);
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return { id, role, label: times === 1 ? label : `${label}（${times}）`, initials: initialsOf(label) };
  });
}

/** Without a label: they do not hold the post any more. */
export type NamedPerson = { membershipId: string; label: string | null };
export type RouteTemplate = {
  id: string;
  name: string;
  steps: (StepPlan & { id: string; people: NamedPerson[] })[];
};

/** Templates belong to no report. */
const isOffered = and(isNull(routes.reportId), isNull(routes.archivedAt));

/** The templates that are offered, by name, for the lead bureau. Two queries. */
export async function listTemplates(tx: Transaction, ctx: Context): Promise<RouteTemplate[]> {
  if (ctx.actor.role !== "lead") throw new DomainError("not-found");
  const [found, steps] = await Promise.all([
    tx
      .select({ id: routes.id, name: routes.name })
      .from(routes)
      .where(isOffered)
      .orderBy(asc(routes.name), asc(routes.id)),
    tx
      .select({ routeId: routeSteps.routeId, ...stepColumns })
      .from(routeSteps)
      .innerJoin(routes, eq(routes.id, routeSteps.routeId))
      .where(isOffered)
      .orderBy(asc(routeSteps.position)),
  ]);
  return found.map((route) => ({
    ...route,
    steps: steps.filter(({ routeId }) => routeId === route.id).map(({ routeId: _, ...step }) => step),
  }));
}

/** For a choice when a report is opened: names only. */
export async function listTemplateNames(tx: Transaction): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: routes.id, name: routes.name })
    .from(routes)
    .where(isOffered)
    .orderBy(asc(routes.name), asc(routes.id));
}

export type ReportRoute = Awaited<ReturnType<typeof getReportRoute>>;

/**
 * The route of a running report for everybody who works on it: its steps with who sits there by name or role, how many
 * leaves and rows are there now, for whom it is left out. Three queries, however many items.
 */
export async function getReportRoute(tx: Transaction, ctx: Context, slug: string) {
  if (!isOneOf(ctx.actor.role, AUTHORS)) throw new DomainError("not-found");
  const [report] = await tx
    .select({
      id: reports.id,
      slug: reports.slug,
      name: reports.name,
      status: reports.status,
      stepId: reports.stepId,
      routeName: routes.name,
    })
    .from(reports)
    .innerJoin(routes, eq(routes.reportId, reports.id))
    .where(eq(reports.slug, slug));
  if (!report) throw new DomainError("not-found");
  const [steps, places] = await Promise.all([
    tx
      .select({
        ...stepColumns,
        dueOn: routeSteps.dueOn,
        skips: sql<{ organId: string; organ: string; reason: string; by: string }[]>`coalesce((
          select json_agg(json_build_object('organId', x.organ_id, 'organ', o.short_name, 'reason', x.reason, 'by', x.author_label)
                          order by o.short_name)
            from ${stepSkips} x join ${organs} o on o.id = x.organ_id where x.step_id = route_steps.id), '[]')`,
      })
      .from(routeSteps)
      .innerJoin(routes, eq(routes.id, routeSteps.routeId))
      .where(eq(routes.reportId, report.id))
      .orderBy(asc(routeSteps.position)),
    tx.execute<{ step: string | null; status: string; leaves: number; rows: number }>(sql`
      select x.step_id as step, x.status, count(*) filter (where x.leaf)::int as leaves, count(*) filter (where not x.leaf)::int as rows
        from (select s.step_id, s.status::text, true as leaf from ${sections} s
               where s.report_id = ${report.id} and s.kind not in ${headingKinds}
              union all
              select i.step_id, i.status::text, false from ${indicators} i
               where i.report_id = ${report.id} and i.removed_at is null) x
       group by x.step_id, x.status`),
  ]);
  const at = (fits: (place: { step: string | null; status: string }) => boolean) => {
    const here = places.filter(fits);
    const sum = (of: "leaves" | "rows") => here.reduce((total, place) => total + place[of], 0);
    return { leaves: sum("leaves"), rows: sum("rows") };
  };
  const mayChange = ctx.actor.role === "lead" && report.status === "collecting";
  return {
    report,
    steps: steps.map((step) => ({ ...step, now: at((place) => place.step === step.id) })),
    author: at(({ step, status }) => step === null && status !== "approved"),
    done: at(({ step, status }) => step === null && status === "approved"),
    mayChange,
    /** The departments that a step can be left out for: those that own something of this report. */
    offices: mayChange ? await ownersOf(tx, report.id) : [],
  };
}

const stepColumns = {
  id: routeSteps.id,
  name: routeSteps.name,
  action: routeSteps.action,
  role: sql<Role>`${routeSteps.role}`,
  office: routeSteps.office,
  mode: routeSteps.mode,
  quorum: routeSteps.quorum,
  skippable: routeSteps.skippable,
  people: sql<NamedPerson[]>`coalesce((
    select json_agg(json_build_object('membershipId', x.membership_id, 'label', post_label(x.membership_id))
                             order by post_label(x.membership_id))
      from ${seats} x where x.step_id = route_steps.id and x.kind = 'named'), '[]')`,
};

async function ownersOf(tx: Transaction, reportId: string): Promise<{ id: string; name: string }[]> {
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    select o.id, o.short_name as name from ${organs} o
     where o.id in (select s.organ_id from ${sections} s where s.report_id = ${reportId}
                    union select i.organ_id from ${indicators} i where i.report_id = ${reportId} and i.removed_at is null)
     order by o.code`);
  return [...rows];
}
