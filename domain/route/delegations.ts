import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { memberships } from "../../db/schema";
import { record } from "../audit/record";
import type { Actor } from "../kernel/actor";
import { transact, type Context } from "../kernel/context";
import { DomainError, type RefusalKey } from "../kernel/errors";
import { AUTHORS, isOneOf } from "../kernel/roles";
import { DELEGATION_DAYS, type Delegate, type EndDelegation } from "./schema";

/** Whose posts can be given to a colleague for a while: theirs who work on reports; never one held for somebody else. */
export function delegationRefusal(actor: Actor): RefusalKey | null {
  if (!isOneOf(actor.role, AUTHORS)) return "not-your-role";
  return actor.seatId === actor.membershipId ? null : "delegation-of-another";
}

/**
 * 代办: a colleague of the same office holds the actor's post too, from the first day's beginning to the last one's end
 * (Asia/Shanghai). What they decide counts for the actor's seat and names both; nobody decides on what they wrote.
 */
export async function delegate(ctx: Context, input: Delegate): Promise<void> {
  const refusal = delegationRefusal(ctx.actor);
  if (refusal) throw new DomainError(refusal);
  const startsAt = startOf(input.from);
  const endsAt = new Date(startOf(input.until).getTime() + DAY_MS);
  if (endsAt <= ctx.now()) throw new DomainError("delegation-past");
  if (endsAt.getTime() - startsAt.getTime() > DELEGATION_DAYS * DAY_MS) {
    throw new DomainError("delegation-long", { days: DELEGATION_DAYS });
  }
  await transact(ctx, async (tx) => {
    const { organId, role, membershipId, jurisdictionId } = ctx.actor;
    const known = await tx.execute(sql`select 1 from colleagues() c where c.user_id = ${input.userId}::uuid`);
    if (known.length === 0) throw new DomainError("delegate-not-colleague");
    // Two clicks take turns: the second finds what the first has written.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${membershipId}::uuid::text, 3))`);
    const [overlapping] = await tx
      .select({ id: memberships.id })
      .from(memberships)
      .where(
        and(
          eq(memberships.actingFor, membershipId),
          eq(memberships.userId, input.userId),
          isNull(memberships.endedAt),
          sql`${memberships.startsAt} < ${endsAt.toISOString()}::timestamptz and ${memberships.endsAt} > ${startsAt.toISOString()}::timestamptz`,
        ),
      );
    if (overlapping) throw new DomainError("delegation-overlaps");
    await tx.insert(memberships).values({
      jurisdictionId,
      userId: input.userId,
      organId,
      role,
      actingFor: membershipId,
      startsAt,
      endsAt,
      createdAt: ctx.now(),
    });
    const { from, until } = input;
    await record(tx, ctx, { action: "membership.delegate", subject: input.userId, detail: { role, from, until } });
  });
}

/** Ends it before its day; whoever acts on it finds it gone on their next request. */
export async function endDelegation(ctx: Context, { membershipId }: EndDelegation): Promise<void> {
  await transact(ctx, async (tx) => {
    const [ended] = await tx
      .update(memberships)
      .set({ endedAt: ctx.now() })
      .where(
        and(
          eq(memberships.id, membershipId),
          eq(memberships.actingFor, ctx.actor.membershipId),
          isNull(memberships.endedAt),
        ),
      )
      .returning({ userId: memberships.userId, role: memberships.role });
    if (!ended) throw new DomainError("not-found");
    await record(tx, ctx, { action: "membership.end", subject: ended.userId, detail: { role: ended.role } });
  });
}

export type Delegations = Awaited<ReturnType<typeof getDelegations>>;

/** Whom the actor may ask, and to whom their present post is given now or will be. Two queries. */
export async function getDelegations(tx: Transaction, ctx: Context) {
  const [colleagues, given] = await Promise.all([
    tx.execute<{ userId: string; name: string }>(
      sql`select c.user_id as "userId", c.name from colleagues() c order by c.name`,
    ),
    tx
      .select({
        id: memberships.id,
        userId: memberships.userId,
        startsAt: sql<Date>`${memberships.startsAt}`.mapWith(memberships.createdAt),
        endsAt: sql<Date>`${memberships.endsAt}`.mapWith(memberships.createdAt),
      })
      .from(memberships)
      .where(
        and(
          eq(memberships.actingFor, ctx.actor.membershipId),
          isNull(memberships.endedAt),
          sql`${memberships.endsAt} > ${ctx.now().toISOString()}::timestamptz`,
        ),
      )
      .orderBy(desc(memberships.startsAt)),
  ]);
  const nameOf = new Map(colleagues.map(({ userId, name }) => [userId, name]));
  return {
    refusal: delegationRefusal(ctx.actor),
    colleagues: [...colleagues],
    given: given.map(({ userId, ...one }) => ({ ...one, name: nameOf.get(userId) ?? "" })),
  };
}

const DAY_MS = 86_400_000;
const startOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
