import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { asRead, readFrozen } from "./bindings";
import { getReviewQueue, getSection, lastJudged } from "./queries";

/** The queue of who decides, and the leaf in hand with what it was when this desk last judged it. */
export async function getReviewPage(tx: Transaction, ctx: Context, slug: string, wanted: string | undefined) {
  const queue = await getReviewQueue(tx, ctx, slug);
  const inHand = queue.find((leaf) => leaf.id === wanted) ?? (wanted ? undefined : queue[0]);
  const id = wanted ?? inHand?.id;
  if (!id) {
    const [report] = await tx.select({ id: reports.id }).from(reports).where(eq(reports.slug, slug));
    if (!report) throw new DomainError("not-found");
    return { queue, section: null, before: null };
  }
  const section = await getSection(tx, ctx, slug, id);
  const before = section.submitted
    ? await lastJudged(
        tx,
        id,
        section.submitted.id,
        ctx.actor.role === "signer" ? ["sign", "return"] : ["pass", "return"],
      )
    : null;
  if (!before) return { queue, section, before };
  const frozen = await readFrozen(tx, [before.id]);
  const content = asRead(ctx, section, before.content, frozen.get(before.id), section.figures);
  return { queue, section, before: { ...before, content } };
}
