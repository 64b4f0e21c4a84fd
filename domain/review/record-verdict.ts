import type { Transaction } from "../../db/client";
import { reviews } from "../../db/schema";
import type { Context } from "../kernel/context";
import type { Verdict } from "../report/workflow";

/** What was judged: one revision of a leaf, or the compiled whole by its hash. */
type Judged = { sectionId: string; organId: string; revisionId: string | null } | { documentHash: string | null };

/** Writes the verdict of the context's actor, pinned to what was judged. Returns its id. */
export async function recordVerdict(
  tx: Transaction,
  ctx: Context,
  verdict: { reportId: string; verdict: Verdict } & Judged,
): Promise<string> {
  const id = crypto.randomUUID();
  await tx.insert(reviews).values({
    ...verdict,
    id,
    jurisdictionId: ctx.actor.jurisdictionId,
    userId: ctx.actor.userId,
    membershipId: ctx.actor.membershipId,
    actorLabel: ctx.actor.label,
    createdAt: ctx.now(),
  });
  return id;
}
