import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reviewReasons, revisions } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import type { FigureField } from "../indicator/figure";
import { blockText } from "../section/content";

/** Pins the reasons to the cells of the judged row, quoting each as it was printed. */
export async function giveCellReasons(
  tx: Transaction,
  ctx: Context,
  indicator: { id: string; organId: string; jurisdictionId: string },
  reviewId: string,
  reasons: readonly { field: FigureField; quote: string; text: string }[],
): Promise<void> {
  if (reasons.length === 0) throw new DomainError("reasons-missing");
  await tx.insert(reviewReasons).values(
    reasons.map((reason) => ({
      ...reason,
      jurisdictionId: indicator.jurisdictionId,
      reviewId,
      indicatorId: indicator.id,
      organId: indicator.organId,
      createdAt: ctx.now(),
    })),
  );
}

/** Pins the reasons to the paragraphs of the judged revision, quoting each as it stood. */
export async function giveReasons(
  tx: Transaction,
  ctx: Context,
  section: { id: string; organId: string; jurisdictionId: string; submittedRevisionId: string | null },
  reviewId: string,
  reasons: readonly { blockId: string; text: string }[],
): Promise<void> {
  if (reasons.length === 0) throw new DomainError("reasons-missing");
  // A heading has no text: an approver's reason that names one names no paragraph.
  if (section.submittedRevisionId === null) throw new DomainError("reason-not-in-text");
  const [judged] = await tx
    .select({ content: revisions.content })
    .from(revisions)
    .where(eq(revisions.id, section.submittedRevisionId));
  const quotes = new Map(judged?.content.content.map((block) => [block.attrs.id, blockText(block).slice(0, 400)]));
  await tx.insert(reviewReasons).values(
    reasons.map((reason) => {
      const quote = quotes.get(reason.blockId);
      if (quote === undefined) throw new DomainError("reason-not-in-text");
      return {
        jurisdictionId: section.jurisdictionId,
        reviewId,
        sectionId: section.id,
        organId: section.organId,
        blockId: reason.blockId,
        quote,
        text: reason.text,
        createdAt: ctx.now(),
      };
    }),
  );
}
