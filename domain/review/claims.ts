import { and, eq, gt, gte, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { claims, sections } from "../../db/schema";
import { transact, type Context } from "../kernel/context";
import { isUuid } from "../kernel/uuid";
import { CLAIM_MINUTES } from "./claims-policy";

/** 正在审核: who has a text in hand, since when and until when. */
export type Claim = { by: string; since: Date; until: Date; mine: boolean };

/**
 * Takes a text in hand for twenty minutes, or goes on having it; what somebody else has stays theirs unless it is taken
 * over. Null for who does not decide on it now. A courtesy that is forgotten again, so no audit entry. `by` names office
 * and person, as others read it.
 */
export async function claimSection(
  ctx: Context,
  { sectionId, by, takeOver = false }: { sectionId: string; by: string; takeOver?: boolean },
): Promise<Claim | null> {
  return transact(ctx, async (tx) => {
    if (!isUuid(sectionId)) return null;
    const [leaf] = await tx
      .select({ movedAt: sections.movedAt, sits: sql<boolean>`sits_at_section(sections.id)` })
      .from(sections)
      .where(eq(sections.id, sectionId));
    if (!leaf?.sits) return null;
    const since = ctx.now();
    const until = new Date(since.getTime() + CLAIM_MINUTES * 60_000);
    const own = sql`claims.membership_id = ${ctx.actor.membershipId}::uuid`;
    const isOver = sql`(claims.until <= ${since.toISOString()}::timestamptz or claims.since < ${leaf.movedAt.toISOString()}::timestamptz)`;
    await tx
      .insert(claims)
      .values({
        sectionId,
        jurisdictionId: ctx.actor.jurisdictionId,
        membershipId: ctx.actor.membershipId,
        label: by,
        since,
        until,
      })
      .onConflictDoUpdate({
        target: claims.sectionId,
        set: {
          membershipId: ctx.actor.membershipId,
          label: by,
          since: sql`case when ${own} and not ${isOver} then claims.since else excluded.since end`,
          until,
        },
        setWhere: takeOver ? sql`true` : sql`${own} or ${isOver}`,
      });
    return readClaim(tx, ctx, sectionId);
  });
}

/** Gives up what one has in hand oneself, and nothing else. */
export async function releaseSection(ctx: Context, sectionId: string): Promise<void> {
  if (!isUuid(sectionId)) return;
  await transact(ctx, async (tx) => {
    await tx
      .update(claims)
      .set({ until: ctx.now() })
      .where(
        and(
          eq(claims.sectionId, sectionId),
          eq(claims.membershipId, ctx.actor.membershipId),
          gt(claims.until, ctx.now()),
        ),
      );
  });
}

/** Who has it in hand now; a claim from before the text came to its present step has ended with that step. */
export async function readClaim(tx: Transaction, ctx: Context, sectionId: string): Promise<Claim | null> {
  const [claim] = await tx
    .select({ by: claims.label, since: claims.since, until: claims.until, membershipId: claims.membershipId })
    .from(claims)
    .innerJoin(sections, eq(sections.id, claims.sectionId))
    .where(and(eq(claims.sectionId, sectionId), gt(claims.until, ctx.now()), gte(claims.since, sections.movedAt)));
  if (!claim) return null;
  const { membershipId, ...shown } = claim;
  return { ...shown, mine: membershipId === ctx.actor.membershipId };
}
