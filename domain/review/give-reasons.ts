import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { reports, reviewReasons, revisions, sections } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { anchorInOther } from "../remark/anchor";
import { followed, readFigures } from "../section/bindings";
import { bindingsOf, blockText, type Content } from "../section/content";
import { rangeOfWords } from "./reasons";
import { QUOTE_LIMIT, type CellReason, type TextReason } from "./schema";

/** Pins the reasons to the cells of the judged row, quoting each as it was printed. */
export async function giveCellReasons(
  tx: Transaction,
  ctx: Context,
  indicator: { id: string; organId: string; jurisdictionId: string },
  reviewId: string,
  reasons: readonly (CellReason & { quote: string })[],
): Promise<void> {
  if (reasons.length === 0) throw new DomainError("reasons-missing");
  const ids = idsInOrder(reasons.length);
  await tx.insert(reviewReasons).values(
    reasons.map(({ field, quote, text, ...said }, index) => ({
      id: ids[index],
      field,
      quote,
      text,
      ...graded(said),
      jurisdictionId: indicator.jurisdictionId,
      reviewId,
      indicatorId: indicator.id,
      organId: indicator.organId,
      createdAt: ctx.now(),
    })),
  );
}

/**
 * Pins the reasons to paragraphs of the judged revision, or to words of them, quoting each as the actor read it. Throws
 * reason-not-in-text for a paragraph that is not there, reason-words-away for words that are not in theirs.
 */
export async function giveReasons(
  tx: Transaction,
  ctx: Context,
  section: { id: string; organId: string; jurisdictionId: string; submittedRevisionId: string | null },
  reviewId: string,
  reasons: readonly TextReason[],
): Promise<void> {
  if (reasons.length === 0) throw new DomainError("reasons-missing");
  // A heading has no text: an approver's reason that names one names no paragraph.
  if (section.submittedRevisionId === null) throw new DomainError("reason-not-in-text");
  const { kept, read } = await textJudged(tx, ctx, section.submittedRevisionId);
  const ids = idsInOrder(reasons.length);
  await tx.insert(reviewReasons).values(
    reasons.map((reason, index) => ({
      id: ids[index],
      jurisdictionId: section.jurisdictionId,
      reviewId,
      sectionId: section.id,
      organId: section.organId,
      blockId: reason.blockId,
      ...pointed(kept, read, reason),
      text: reason.text,
      ...graded(reason),
      createdAt: ctx.now(),
    })),
  );
}

/** Given at one moment, reasons are read in the order of their ids. */
const idsInOrder = (count: number): string[] => Array.from({ length: count }, () => crypto.randomUUID()).sort();

const graded = ({ kind, severity }: Pick<TextReason, "kind" | "severity">) => ({
  kind: kind ?? ("other" as const),
  severity: severity ?? ("must" as const),
});

/** The judged text as it is kept, and as it reads to the actor with its bound figures. */
async function textJudged(
  tx: Transaction,
  ctx: Context,
  revisionId: string,
): Promise<{ kept: Content; read: Content }> {
  const [judged] = await tx
    .select({ content: revisions.content, reportId: reports.id, half: reports.half })
    .from(revisions)
    .innerJoin(sections, eq(sections.id, revisions.sectionId))
    .innerJoin(reports, eq(reports.id, sections.reportId))
    .where(eq(revisions.id, revisionId));
  if (!judged) throw new DomainError("reason-not-in-text");
  const { content, reportId, half } = judged;
  if (bindingsOf(content).length === 0) return { kept: content, read: content };
  return { kept: content, read: followed(content, await readFigures(tx, ctx, reportId, half)) };
}

/** The quoted words, and their range in the paragraph as it is kept. */
function pointed(kept: Content, read: Content, { blockId, words, from }: TextReason) {
  const block = read.content.find(({ attrs }) => attrs.id === blockId);
  const own = kept.content.find(({ attrs }) => attrs.id === blockId);
  if (!block || !own) throw new DomainError("reason-not-in-text");
  const text = blockText(block);
  // A table's cells are read one by one, and not as one line.
  if (words === undefined || block.type === "table") return { quote: text.slice(0, QUOTE_LIMIT) };
  const range = rangeOfWords(text, words, from);
  if (!range) throw new DomainError("reason-words-away", { words: words.slice(0, 40) });
  const there = anchorInOther(block, own, range.from, range.to);
  const quote = words.slice(0, QUOTE_LIMIT);
  return there.from < there.to ? { quote, rangeFrom: there.from, rangeTo: there.to } : { quote };
}
