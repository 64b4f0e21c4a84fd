import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicators, latePermits, organs, reports, routes, routeSteps, sections, timetables } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { localDay, type Day } from "../kernel/working-days";
import { announce } from "../notice/announce";
import type { StepAction } from "../route/workflow";
import { headingKinds } from "../section/heading-kinds";
import { dayWithoutPermit } from "./day-that-counts";
import { layOutMilestones } from "./lay-out";
import { DEFAULT_OFFSETS, type Offset } from "./milestones";
import { authorizeTimetable, type TimetableAbility } from "./policy";
import type { ArrangeTimetable, PermitLate, SetDepartmentDay, SetStepDays, Urge } from "./schema";
import type { Milestone } from "./workflow";

/**
 * The sitting and the milestones that count back from it. Those that are not given keep the law's or the usual distance.
 * With `apply`, the days of the report, of its steps and of whatever is still open follow: 部门报送, 牵头审核, 政府审定.
 */
export async function arrangeTimetable(ctx: Context, input: ArrangeTimetable): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, "arrange", input.reportId);
    const kept = {
      sittingOn: input.sittingOn,
      sittingName: input.sittingName,
      version: input.version + 1,
      updatedLabel: ctx.actor.label,
      updatedAt: ctx.now(),
    };
    const written =
      input.version === 0
        ? await tx
            .insert(timetables)
            .values({ ...kept, reportId: report.id, jurisdictionId: report.jurisdictionId })
            .onConflictDoNothing()
            .returning({ id: timetables.reportId })
        : await tx
            .update(timetables)
            .set(kept)
            .where(and(eq(timetables.reportId, report.id), eq(timetables.version, input.version)))
            .returning({ id: timetables.reportId });
    if (written.length === 0) throw new DomainError("stale-version");
    const offsets: Record<Milestone, Offset> = { ...DEFAULT_OFFSETS };
    for (const { milestone, amount, unit } of input.milestones) {
      if (milestone !== "sitting") offsets[milestone] = { amount, unit };
    }
    const dated = await layOutMilestones(tx, ctx, report.id, input.sittingOn, offsets);
    if (input.apply && report.status === "collecting") {
      const on = (milestone: Milestone): Day => dated.find((one) => one.milestone === milestone)?.on ?? input.sittingOn;
      await follow(tx, report.id, on);
    }
    await record(tx, ctx, {
      action: "timetable.arrange",
      subject: report.id,
      reportId: report.id,
      detail: { sitting: input.sittingOn },
    });
  });
}

/**
 * The day by which each step is to be done; without one, an item's own day goes on to count there. Throws stale-version
 * when one of them is not any more what was shown.
 */
export async function setStepDays(ctx: Context, input: SetStepDays): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, "set-days", input.reportId);
    const steps = new Map(input.steps.map((step) => [step.stepId, step]));
    const [ours] = await tx.execute<{ count: number }>(sql`
      select count(*)::int as count from ${routeSteps} t join ${routes} r on r.id = t.route_id
       where r.report_id = ${report.id}
         and t.id in (select j.id::uuid from json_array_elements_text(${JSON.stringify([...steps.keys()])}::json) as j(id))`);
    if (ours?.count !== steps.size) throw new DomainError("not-found");
    const days = [...steps.values()].map(({ stepId, dueOn, was }) => ({
      step: stepId,
      due_on: dueOn || null,
      was: was || null,
    }));
    const changed = await tx.execute<{ id: string }>(sql`
      update ${routeSteps} t set due_on = d.due_on
        from json_to_recordset(${JSON.stringify(days)}::json) as d(step uuid, due_on date, was date), ${routes} r
       where t.id = d.step and t.due_on is not distinct from d.was and r.id = t.route_id and r.report_id = ${report.id} returning t.id`);
    if (changed.length !== days.length) throw new DomainError("stale-version");
    await record(tx, ctx, {
      action: "timetable.set-days",
      subject: report.id,
      reportId: report.id,
      detail: { steps: days.length },
    });
  });
}

/** One day for everything that a department has not got through yet. */
export async function setDepartmentDay(ctx: Context, input: SetDepartmentDay): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, "set-days", input.reportId);
    const { sections: leaves, indicators: rows } = openOf(report.id, input.organId);
    const changed = [
      ...(await tx.update(sections).set({ dueOn: input.dueOn }).where(leaves).returning({ id: sections.id })),
      ...(await tx.update(indicators).set({ dueOn: input.dueOn }).where(rows).returning({ id: indicators.id })),
    ];
    if (changed.length === 0) throw new DomainError("nothing-owed");
    await record(tx, ctx, {
      action: "timetable.set-days",
      subject: report.id,
      reportId: report.id,
      detail: { organ: await nameOf(tx, input.organId), items: changed.length, day: input.dueOn },
    });
  });
}

/**
 * 延期许可: a later day with its reason, for chosen leaves and rows of a department or for all that it still owes. The
 * latest permit counts. Throws day-past, nothing-owed, and permit-not-later when a chosen one is not put off by it.
 */
export async function permitLate(ctx: Context, input: PermitLate): Promise<void> {
  await transact(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, "permit", input.reportId);
    if (input.until < localDay(ctx.now())) throw new DomainError("day-past");
    const { organId, until, reason } = input;
    const chosen = input.all ? null : [...new Set(input.items.map(({ id }) => id))];
    if (chosen?.length === 0) throw new DomainError("nothing-chosen");
    const open = openOf(report.id, organId);
    const isPutOff = (item: "sections" | "indicators") => sql`${dayWithoutPermit(item)} < ${until}::date`;
    const isChosen = (id: typeof sections.id | typeof indicators.id) => (chosen ? inArray(id, chosen) : undefined);
    const leaves = await tx
      .update(sections)
      .set({ permittedUntil: until })
      .where(and(open.sections, isPutOff("sections"), isChosen(sections.id)))
      .returning({ id: sections.id });
    const rows = await tx
      .update(indicators)
      .set({ permittedUntil: until })
      .where(and(open.indicators, isPutOff("indicators"), isChosen(indicators.id)))
      .returning({ id: indicators.id });
    const permits = [
      ...leaves.map(({ id }) => ({ sectionId: id, indicatorId: null })),
      ...rows.map(({ id }) => ({ sectionId: null, indicatorId: id })),
    ];
    if (chosen && permits.length < chosen.length) throw new DomainError("permit-not-later");
    if (permits.length === 0) throw new DomainError("nothing-owed");
    // The time is what ties the notice to its permits.
    const createdAt = ctx.now();
    await tx.insert(latePermits).values(
      permits.map((permit) => ({
        ...permit,
        jurisdictionId: report.jurisdictionId,
        reportId: report.id,
        organId,
        until,
        reason,
        authorId: ctx.actor.userId,
        authorLabel: ctx.actor.label,
        createdAt,
      })),
    );
    await record(tx, ctx, {
      action: "timetable.permit",
      subject: report.id,
      reportId: report.id,
      detail: { organ: await nameOf(tx, organId), items: permits.length, day: until },
    });
    const [only] = permits.length === 1 ? permits : [];
    await announce(
      tx,
      { ...ctx, now: () => createdAt },
      {
        event: "permit.given",
        reportId: report.id,
        organId,
        ...(only?.sectionId ? { sectionId: only.sectionId } : {}),
        ...(only?.indicatorId ? { indicatorId: only.indicatorId } : {}),
      },
    );
  });
}

export type Urged = { items: number; departments: number };

/**
 * 催办: writes a reminder for each item and one event for each department that has a new one, in one statement. That an
 * item is reminded of at most once a day is decided by the unique day, whoever else presses the button in this instant.
 * Throws nothing-owed when no department holds it, and urged-today when there is nothing new in it.
 */
export async function urge(ctx: Context, input: Urge): Promise<Urged> {
  return transact(ctx, async (tx) => {
    const report = await loadReport(tx, ctx, "urge", input.reportId);
    const day = localDay(ctx.now());
    const [kind, id] = input.what.split(" ");
    const which =
      kind === "late" ? sql`o.due_on < ${day}::date` : kind === "item" ? sql`o.item = ${id}` : sql`o.organ_id = ${id}`;
    const [done] = await tx.execute<{ wanted: number; kept: number; departments: number }>(sql`
      with wanted as materialized (
        select o.* from owed_items(${report.id}) o where ${which}
      ), events as materialized (
        select gen_random_uuid() as id, w.organ_id, w.held_by from wanted w group by w.organ_id, w.held_by
      ), kept as (
        insert into reminders (jurisdiction_id, report_id, section_id, indicator_id, organ_id, kind, outbox_id, "on", due_on,
                               author_id, author_label, created_at)
        select w.jurisdiction_id, w.report_id, case when w.is_section then w.item end, case when not w.is_section then w.item end,
               w.organ_id, 'urge', e.id, ${day}, w.due_on, ${ctx.actor.userId}, ${ctx.actor.label}, ${ctx.now().toISOString()}
          from wanted w join events e using (organ_id, held_by)
         order by w.item
        on conflict do nothing
        returning outbox_id, organ_id
      ), announced as (
        insert into outbox (id, jurisdiction_id, event, report_id, organ_id, mentions, actor_id, actor_label, created_at)
        select e.id, ${report.jurisdictionId}, 'reminder.urged', ${report.id}, e.organ_id, array[e.held_by], ${ctx.actor.userId},
               ${ctx.actor.label}, ${ctx.now().toISOString()}
          from events e where e.id in (select k.outbox_id from kept k)
      )
      select (select count(*)::int from wanted) as wanted, count(*)::int as kept,
             count(distinct organ_id)::int as departments from kept`);
    if (!done || done.wanted === 0) throw new DomainError("nothing-owed");
    if (done.kept === 0) throw new DomainError("urged-today");
    const urged = { items: done.kept, departments: done.departments };
    await record(tx, ctx, { action: "timetable.urge", subject: report.id, reportId: report.id, detail: urged });
    return urged;
  });
}

async function loadReport(tx: Transaction, ctx: Context, ability: TimetableAbility, reportId: string) {
  const [report] = await tx
    .select({ id: reports.id, jurisdictionId: reports.jurisdictionId, status: reports.status })
    .from(reports)
    .where(eq(reports.id, reportId));
  if (!report) throw new DomainError("not-found");
  authorizeTimetable(ability, ctx.actor, report);
  return report;
}

async function nameOf(tx: Transaction, organId: string): Promise<string> {
  const [organ] = await tx.select({ name: organs.shortName }).from(organs).where(eq(organs.id, organId));
  return organ?.name ?? "";
}

/** What a department has in a report that is not approved yet. */
function openOf(reportId: string, organId: string | null) {
  return {
    sections: and(
      eq(sections.reportId, reportId),
      organId === null ? undefined : eq(sections.organId, organId),
      ne(sections.status, "approved"),
      sql`${sections.kind} not in ${headingKinds}`,
    ),
    indicators: and(
      eq(indicators.reportId, reportId),
      organId === null ? undefined : eq(indicators.organId, organId),
      ne(indicators.status, "approved"),
      isNull(indicators.removedAt),
    ),
  };
}

const DAY_OF_STEP: Record<StepAction, Milestone> = {
  sign: "submit",
  confirm: "review",
  review: "review",
  approve: "approval",
};

async function follow(tx: Transaction, reportId: string, on: (milestone: Milestone) => Day): Promise<void> {
  const dueOn = on("submit");
  const open = openOf(reportId, null);
  await tx.update(reports).set({ dueOn }).where(eq(reports.id, reportId));
  await tx.update(sections).set({ dueOn }).where(open.sections);
  await tx.update(indicators).set({ dueOn }).where(open.indicators);
  const days = Object.entries(DAY_OF_STEP).map(([action, milestone]) => ({ action, due_on: on(milestone) }));
  await tx.execute(sql`
    update ${routeSteps} t set due_on = d.due_on
      from json_to_recordset(${JSON.stringify(days)}::json) as d(action route_action, due_on date), ${routes} r
     where t.action = d.action and r.id = t.route_id and r.report_id = ${reportId}`);
}
