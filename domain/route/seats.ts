import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports, routes, routeSteps, seats, stepSkips } from "../../db/schema";
import { record } from "../audit/record";
import { loadIndicators } from "../indicator/load";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { announce } from "../notice/announce";
import { loadForChange } from "../section/load";
import type { Role } from "../kernel/roles";
import { newSeatRefusal, seatRefusal, type ItemFacts } from "./policy";
import { presentStep } from "./route";
import type { GiveSeat, SkipStep, UnskipStep } from "./schema";

/** 加签: somebody else sits at the present step too, for this item alone. */
export const addSeat = (ctx: Context, input: GiveSeat): Promise<void> => giveSeat(ctx, "addSeat", input);

/** 转办: somebody else sits there instead of the actor, for this item alone. */
export const handOver = (ctx: Context, input: GiveSeat): Promise<void> => giveSeat(ctx, "handOver", input);

async function giveSeat(ctx: Context, verb: "addSeat" | "handOver", input: GiveSeat): Promise<void> {
  await transact(ctx, async (tx) => {
    const item = await loadItem(tx, input);
    if (item.jurisdictionId !== ctx.actor.jurisdictionId) throw new DomainError("not-found");
    const refusal = seatRefusal(verb, ctx.actor, item);
    if (refusal) throw new DomainError(refusal);
    if (item.version !== input.version) throw new DomainError("stale-version");
    const step = presentStep(item.route);
    if (!step) throw new DomainError("not-at-a-step");
    const post = await readPost(tx, input, step.id);
    const against = post ? newSeatRefusal(post, item) : "seat-not-deciding";
    if (!post || against) throw new DomainError(against ?? "seat-not-deciding");
    const target = input.item === "section" ? { sectionId: input.id } : { indicatorId: input.id };
    await tx.insert(seats).values({
      ...target,
      jurisdictionId: ctx.actor.jurisdictionId,
      stepId: step.id,
      membershipId: input.membershipId,
      ...(verb === "addSeat" ? { kind: "added" as const } : { kind: "handed" as const, fromId: ctx.actor.seatId }),
      reason: input.reason || null,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    });
    const { reportId } = item;
    await record(tx, ctx, {
      action: `${input.item}.${verb === "addSeat" ? "add-reviewer" : "hand-over"}`,
      subject: input.id,
      reportId,
      detail: { post: input.membershipId },
    });
    await announce(tx, ctx, { event: `${input.item}.assigned`, reportId, ...target, stepId: step.id });
  });
}

type Post = { membershipId: string; userId: string; organId: string; role: Role; gaveAway: boolean };

/** The post that is to sit there, if it may decide at all; the item is locked, so that nobody gives it away meanwhile. */
async function readPost(tx: Transaction, { item, id, membershipId }: GiveSeat, stepId: string): Promise<Post | null> {
  const own = sql.raw(item === "section" ? "section_id" : "indicator_id");
  const [post] = await tx.execute<Post>(sql`
    select p.membership_id as "membershipId", p.user_id as "userId", p.organ_id as "organId", p.role,
           exists (select 1 from ${seats} x where x.step_id = ${stepId}::uuid and x.${own} = ${id}::uuid
                    and x.from_id = p.membership_id) as "gaveAway"
      from deciding_posts() p where p.membership_id = ${membershipId}::uuid`);
  return post ?? null;
}

/** One department's items leave a step out from now on; what is at it already takes it. */
export async function skipStep(ctx: Context, input: SkipStep): Promise<void> {
  await changeSkips(ctx, input.stepId, async (tx, reportId) => {
    const { stepId, organId, reason } = input;
    const { jurisdictionId, label: authorLabel } = ctx.actor;
    await tx
      .insert(stepSkips)
      .values({ stepId, organId, reason, jurisdictionId, authorLabel, createdAt: ctx.now() })
      .onConflictDoNothing();
    await record(tx, ctx, { action: "route.skip", subject: stepId, reportId, detail: { organ: organId } });
  });
}

export async function unskipStep(ctx: Context, { stepId, organId }: UnskipStep): Promise<void> {
  await changeSkips(ctx, stepId, async (tx, reportId) => {
    const removed = await tx
      .delete(stepSkips)
      .where(and(eq(stepSkips.stepId, stepId), eq(stepSkips.organId, organId)))
      .returning({ stepId: stepSkips.stepId });
    if (removed.length === 0) throw new DomainError("not-found");
    await record(tx, ctx, { action: "route.unskip", subject: stepId, reportId, detail: { organ: organId } });
  });
}

async function changeSkips(
  ctx: Context,
  stepId: string,
  work: (tx: Transaction, reportId: string) => Promise<void>,
): Promise<void> {
  if (ctx.actor.role !== "lead") throw new DomainError("not-your-role");
  await transact(ctx, async (tx) => {
    const [step] = await tx
      .select({ skippable: routeSteps.skippable, reportId: reports.id, status: reports.status })
      .from(routeSteps)
      .innerJoin(routes, eq(routes.id, routeSteps.routeId))
      .innerJoin(reports, eq(reports.id, routes.reportId))
      .where(eq(routeSteps.id, stepId));
    if (!step) throw new DomainError("not-found");
    if (step.status !== "collecting") throw new DomainError("report-not-collecting");
    if (!step.skippable) throw new DomainError("step-not-skippable");
    await work(tx, step.reportId);
  });
}

type Loaded = ItemFacts & { version: number; reportId: string; jurisdictionId: string };

async function loadItem(tx: Transaction, { item, id }: GiveSeat): Promise<Loaded> {
  if (item === "section") return { ...(await loadForChange(tx, id)), confirmOrganId: null };
  const [row] = await loadIndicators(tx, [id]);
  if (!row) throw new DomainError("not-found");
  return row;
}
