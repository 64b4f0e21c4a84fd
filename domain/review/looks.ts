import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicatorRevisions, looks, revisions } from "../../db/schema";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { DECIDERS, isOneOf } from "../kernel/roles";
import { isUuid } from "../kernel/uuid";

export type Seen = { kind: "leaf" | "row"; id: string; revisionId: string };

/**
 * Remembers that this person had this text or row before them, and which one before it. A page that was left open and
 * shows an older one than they have seen since changes nothing. One's own note to oneself, so no audit entry.
 */
export async function rememberLook(ctx: Context, { kind, id, revisionId }: Seen): Promise<void> {
  if (!isUuid(id) || !isUuid(revisionId)) throw new DomainError("not-found");
  if (!isOneOf(ctx.actor.role, DECIDERS)) throw new DomainError("not-your-role");
  await transact(ctx, async (tx) => {
    const number = await numberOf(tx, { kind, id, revisionId });
    if (number === null) throw new DomainError("not-found");
    const own = { jurisdictionId: ctx.actor.jurisdictionId, userId: ctx.actor.userId, at: ctx.now() };
    if (kind === "leaf") {
      await tx
        .insert(looks)
        .values({ ...own, sectionId: id, revisionId })
        .onConflictDoUpdate({
          target: [looks.userId, looks.sectionId],
          set: {
            earlierRevisionId: sql`case when looks.revision_id = excluded.revision_id then looks.earlier_revision_id else looks.revision_id end`,
            revisionId,
            at: own.at,
          },
          setWhere: sql`coalesce((select x.number from ${revisions} x where x.id = looks.revision_id), 0) <= ${number}::int`,
        });
    } else {
      await tx
        .insert(looks)
        .values({ ...own, indicatorId: id, indicatorRevisionId: revisionId })
        .onConflictDoUpdate({
          target: [looks.userId, looks.indicatorId],
          set: {
            earlierIndicatorRevisionId: sql`case when looks.indicator_revision_id = excluded.indicator_revision_id then looks.earlier_indicator_revision_id else looks.indicator_revision_id end`,
            indicatorRevisionId: revisionId,
            at: own.at,
          },
          setWhere: sql`coalesce((select x.number from ${indicatorRevisions} x where x.id = looks.indicator_revision_id), 0) <= ${number}::int`,
        });
    }
  });
}

/** The text that this person saw before the one that is before them now; null when they never saw another one. */
export async function seenBefore(tx: Transaction, ctx: Context, sectionId: string, currentId: string) {
  const before = sql`case when ${looks.revisionId} = ${currentId}::uuid then ${looks.earlierRevisionId} else ${looks.revisionId} end`;
  const [row] = await tx
    .select({ id: revisions.id, number: revisions.number, content: revisions.content, at: looks.at })
    .from(looks)
    .innerJoin(revisions, eq(revisions.id, before))
    .where(and(eq(looks.userId, ctx.actor.userId), eq(looks.sectionId, sectionId)));
  return row ?? null;
}

/** As seenBefore, of an indicator's row. */
export async function rowSeenBefore(tx: Transaction, ctx: Context, indicatorId: string, currentId: string) {
  const before = sql`case when ${looks.indicatorRevisionId} = ${currentId}::uuid then ${looks.earlierIndicatorRevisionId} else ${looks.indicatorRevisionId} end`;
  const [row] = await tx
    .select({ number: indicatorRevisions.number, row: indicatorRevisions.row })
    .from(looks)
    .innerJoin(indicatorRevisions, eq(indicatorRevisions.id, before))
    .where(and(eq(looks.userId, ctx.actor.userId), eq(looks.indicatorId, indicatorId)));
  return row ?? null;
}

/** Its number when the actor may see it and it is of this text or row. */
async function numberOf(tx: Transaction, { kind, id, revisionId }: Seen): Promise<number | null> {
  const [found] =
    kind === "leaf"
      ? await tx
          .select({ number: revisions.number })
          .from(revisions)
          .where(and(eq(revisions.id, revisionId), eq(revisions.sectionId, id), eq(revisions.kind, "submitted")))
      : await tx
          .select({ number: indicatorRevisions.number })
          .from(indicatorRevisions)
          .where(and(eq(indicatorRevisions.id, revisionId), eq(indicatorRevisions.indicatorId, id)));
  return found?.number ?? null;
}
