import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { readClaim } from "../review/claims";
import { seenBefore } from "../review/looks";
import { getNeighbours } from "../review/queue";
import type { QueueAsked } from "../review/queue-asked";
import { getSitting } from "../review/sitting";
import { asRead, readFrozen } from "./bindings";
import { getSection, lastJudged } from "./queries";

export type ReviewPage = Awaited<ReturnType<typeof getReviewPage>>;

/**
 * The leaf in hand: what it was when this person saw it last, or else when their desk judged it last, who decides on it
 * beside them, who has it in hand, and what stands around it in the queue. `day` is today in China.
 */
export async function getReviewPage(
  tx: Transaction,
  ctx: Context,
  slug: string,
  wanted: string | undefined,
  asked: QueueAsked,
  day: string,
) {
  if (wanted !== undefined && !isUuid(wanted)) throw new DomainError("not-found");
  const queue = await getNeighbours(tx, ctx, asked, day, wanted ?? null);
  const id = wanted ?? (queue.next?.kind === "leaf" && queue.next.slug === slug ? queue.next.id : undefined);
  if (!id) {
    const [report] = await tx.select({ id: reports.id }).from(reports).where(eq(reports.slug, slug));
    if (!report) throw new DomainError("not-found");
    return { queue, section: null, before: null, sitting: null, claim: null };
  }
  const section = await getSection(tx, ctx, slug, id);
  const around = wanted ? queue : await getNeighbours(tx, ctx, asked, day, id);
  const [sitting, claim, before] = await Promise.all([
    getSitting(tx, "leaf", id),
    readClaim(tx, ctx, id),
    section.submitted ? textBefore(tx, ctx, id, section.submitted.id) : null,
  ]);
  if (!before) return { queue: around, section, before, sitting, claim };
  const frozen = await readFrozen(tx, [before.id]);
  const content = asRead(ctx, section, before.content, frozen.get(before.id), section.figures);
  return { queue: around, section, before: { ...before, content }, sitting, claim };
}

async function textBefore(tx: Transaction, ctx: Context, id: string, currentId: string) {
  const seen = await seenBefore(tx, ctx, id, currentId);
  if (seen) return { ...seen, as: "seen" as const };
  const verdicts: Parameters<typeof lastJudged>[3] =
    ctx.actor.role === "signer" ? ["sign", "return"] : ["pass", "return"];
  const judged = await lastJudged(tx, id, currentId, verdicts);
  return judged && { ...judged, as: "judged" as const };
}
