import type { Transaction } from "../../db/client";
import { reviews } from "../../db/schema";
import type { Context } from "../kernel/context";
import type { Verdict } from "../report/workflow";

/** What was judged: one revision of a leaf or of an indicator's row, or the compiled whole by its hash. */
type Judged =
  | { sectionId: string; organId: string; revisionId: string | null }
  | { indicatorId: string; organId: string; indicatorRevisionId: string | null }
  | { documentHash: string | null };
/** At which step, and in which of its rounds. */
type Where = { stepId?: string; round?: number };
type Given = { reportId: string; verdict: Verdict } & Judged & Where;

/** Writes the verdict of the context's actor, pinned to what was judged. Returns its id. */
export async function recordVerdict(tx: Transaction, ctx: Context, verdict: Given): Promise<string> {
  const id = crypto.randomUUID();
  await tx.insert(reviews).values(rowOf(ctx, verdict, id));
  return id;
}

/** The same verdict on several things, each a row of its own. */
export async function recordVerdicts(tx: Transaction, ctx: Context, verdicts: readonly Given[]): Promise<void> {
  await tx.insert(reviews).values(verdicts.map((verdict) => rowOf(ctx, verdict, crypto.randomUUID())));
}

const rowOf = (ctx: Context, verdict: Given, id: string) => ({
  ...verdict,
  id,
  jurisdictionId: ctx.actor.jurisdictionId,
  userId: ctx.actor.userId,
  membershipId: ctx.actor.membershipId,
  seatId: ctx.actor.seatId,
  actorLabel: ctx.actor.label,
  createdAt: ctx.now(),
});
