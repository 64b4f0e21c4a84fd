import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { routes, routeSteps, seats, stepSkips } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { routeRefusal } from "./plan";
import type { ArchiveTemplate, PlannedStep, SaveTemplate } from "./schema";
import { USUAL_ROUTE, type StepPlan } from "./usual-route";

/** 程序模板: the lead bureau's. A changed one is a new one, so that nothing which runs on the old one changes. */
export async function saveTemplate(ctx: Context, input: SaveTemplate): Promise<string> {
  if (ctx.actor.role !== "lead") throw new DomainError("not-your-role");
  const refusal = routeRefusal(input.steps);
  if (refusal) throw new DomainError(refusal);
  return transact(ctx, async (tx) => {
    await refuseStrangers(tx, input.steps);
    if (input.replaces !== undefined) await archive(tx, ctx, input.replaces);
    const routeId = await writeRoute(tx, ctx, { reportId: null, name: input.name, steps: input.steps });
    await record(tx, ctx, { action: "route.save", subject: routeId, detail: { steps: input.steps.length } });
    return routeId;
  });
}

/** The template is not offered any more; reports that took it keep their own copy. */
export async function archiveTemplate(ctx: Context, { routeId }: ArchiveTemplate): Promise<void> {
  if (ctx.actor.role !== "lead") throw new DomainError("not-your-role");
  await transact(ctx, async (tx) => {
    await archive(tx, ctx, routeId);
    await record(tx, ctx, { action: "route.archive", subject: routeId });
  });
}

/**
 * Gives a new report its route: a template's, or that of the report that it follows, with who is named and what is left
 * out; else the usual one.
 */
export async function layOutRoute(
  tx: Transaction,
  ctx: Context,
  report: { id: string; previousId: string | null; routeId?: string | undefined },
): Promise<void> {
  const from = report.routeId === undefined ? await routeOfReport(tx, report.previousId) : report.routeId;
  const source = from === null ? null : await readRoute(tx, from, report.routeId !== undefined);
  const plan = source ?? { name: USUAL_ROUTE.name, steps: USUAL_ROUTE.steps.map(plain) };
  await writeRoute(tx, ctx, { reportId: report.id, ...plan });
}

export type TemplateSeat = { membershipId: string; organId: string | null };
type SourceStep = StepPlan & { seats: TemplateSeat[]; skips: { organId: string; reason: string }[] };
const plain = (step: StepPlan): SourceStep => ({ ...step, seats: [], skips: [] });

async function writeRoute(
  tx: Transaction,
  ctx: Context,
  route: { reportId: string | null; name: string; steps: readonly (SourceStep | PlannedStep)[] },
): Promise<string> {
  const { jurisdictionId, label: authorLabel } = ctx.actor;
  const routeId = crypto.randomUUID();
  const createdAt = ctx.now();
  await tx.insert(routes).values({ id: routeId, jurisdictionId, reportId: route.reportId, name: route.name });
  const steps = route.steps.map((step, index) => ({ ...step, id: crypto.randomUUID(), position: index + 1 }));
  await tx.insert(routeSteps).values(
    steps.map(({ id, position, name, action, role, office, mode, quorum, skippable }) => ({
      id,
      jurisdictionId,
      routeId,
      position,
      name,
      action,
      role,
      office,
      mode,
      quorum,
      skippable,
    })),
  );
  const named = steps.flatMap((step) =>
    ("people" in step ? step.people.map((membershipId) => ({ membershipId, organId: null })) : step.seats).map(
      (seat) => ({ ...seat, stepId: step.id, kind: "named" as const, jurisdictionId, authorLabel, createdAt }),
    ),
  );
  if (named.length > 0) await tx.insert(seats).values(named);
  const skips = steps.flatMap((step) =>
    "skips" in step
      ? step.skips.map((skip) => ({ ...skip, stepId: step.id, jurisdictionId, authorLabel, createdAt }))
      : [],
  );
  if (skips.length > 0) await tx.insert(stepSkips).values(skips);
  return routeId;
}

async function routeOfReport(tx: Transaction, reportId: string | null): Promise<string | null> {
  if (reportId === null) return null;
  const [route] = await tx.select({ id: routes.id }).from(routes).where(eq(routes.reportId, reportId));
  return route?.id ?? null;
}

async function readRoute(tx: Transaction, routeId: string, asTemplate: boolean) {
  const [route] = await tx
    .select({ name: routes.name })
    .from(routes)
    .where(
      and(eq(routes.id, routeId), asTemplate ? and(isNull(routes.reportId), isNull(routes.archivedAt)) : undefined),
    );
  if (!route) throw new DomainError("route-gone");
  const steps = await tx
    .select({
      name: routeSteps.name,
      action: routeSteps.action,
      role: routeSteps.role,
      office: routeSteps.office,
      mode: routeSteps.mode,
      quorum: routeSteps.quorum,
      skippable: routeSteps.skippable,
      seats: sql<TemplateSeat[]>`coalesce((
        select json_agg(json_build_object('membershipId', x.membership_id, 'organId', x.organ_id))
          from ${seats} x where x.step_id = route_steps.id and x.kind = 'named'), '[]')`,
      skips: sql<{ organId: string; reason: string }[]>`coalesce((
        select json_agg(json_build_object('organId', x.organ_id, 'reason', x.reason))
          from ${stepSkips} x where x.step_id = route_steps.id), '[]')`,
    })
    .from(routeSteps)
    .where(eq(routeSteps.routeId, routeId))
    .orderBy(asc(routeSteps.position));
  return { name: route.name, steps };
}

async function archive(tx: Transaction, ctx: Context, routeId: string): Promise<void> {
  const archived = await tx
    .update(routes)
    .set({ archivedAt: ctx.now() })
    .where(and(eq(routes.id, routeId), isNull(routes.reportId), isNull(routes.archivedAt)))
    .returning({ id: routes.id });
  if (archived.length === 0) throw new DomainError("route-gone");
}

/** Who is named must hold a post here now that may decide, of the step's role. */
async function refuseStrangers(tx: Transaction, steps: readonly PlannedStep[]): Promise<void> {
  const wanted = steps.flatMap((step) => step.people.map((id) => ({ id, role: step.role })));
  if (wanted.length === 0) return;
  const posts = await tx.execute<{ id: string; role: string }>(
    sql`select membership_id as id, role from deciding_posts() p where ${inArray(
      sql`p.membership_id`,
      wanted.map(({ id }) => id),
    )}`,
  );
  const roleOf = new Map(posts.map(({ id, role }) => [id, role]));
  if (wanted.some(({ id, role }) => roleOf.get(id) !== role)) throw new DomainError("seat-not-deciding");
}
