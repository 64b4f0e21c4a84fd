import { eq } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { indicators, reasonAnswers, reports, reviewReasons, sections } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { lockReport } from "../report/lock";
import { answerRefusal } from "./policy";
import { countUnanswered, standingOf } from "./read-reasons";
import type { AnswerReason } from "./schema";

/**
 * 改了, or 不改，因为…: one answer to one reason, the newest counts. Until the item goes up. Throws reason-settled after that,
 * stale-version over an answer that the page did not show.
 */
export async function answerReason(ctx: Context, input: AnswerReason): Promise<void> {
  await transact(ctx, async (tx) => {
    const [reason] = await tx.select().from(reviewReasons).where(eq(reviewReasons.id, input.reasonId));
    if (!reason) throw new DomainError("not-found");
    const early = answerRefusal(ctx.actor, { ...reason, reportStatus: "collecting", isAtAuthor: true, isOpen: true });
    if (early) throw new DomainError(early);
    const item = await lockItem(tx, reason);
    const { isOpen, newest } = await standingOf(tx, reason.sectionId ? "section" : "indicator", reason.id);
    const refusal = answerRefusal(ctx.actor, { ...reason, ...item, isOpen });
    if (refusal) throw new DomainError(refusal);
    if (newest !== (input.seen ?? null)) throw new DomainError("stale-version");
    await tx.insert(reasonAnswers).values({
      jurisdictionId: reason.jurisdictionId,
      reasonId: reason.id,
      organId: reason.organId,
      answer: input.answer,
      text: input.text,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    });
    await record(tx, ctx, {
      action: "reason.answer",
      subject: reason.id,
      reportId: item.reportId,
      detail: { answer: input.answer },
    });
  });
}

/** Nothing goes up before each of its open reasons is answered: throws reasons-unanswered. The items are locked. */
export async function requireAnswers(
  tx: Transaction,
  items: { sectionId: string } | { indicatorIds: readonly string[] },
): Promise<void> {
  const count =
    "sectionId" in items
      ? await countUnanswered(tx, "section", [items.sectionId])
      : await countUnanswered(tx, "indicator", items.indicatorIds);
  if (count > 0) throw new DomainError("reasons-unanswered", { count });
}

/** Takes the report's shared lock, then the item's: neither a colleague answers nor does it go up meanwhile. */
async function lockItem(tx: Transaction, { sectionId, indicatorId }: typeof reviewReasons.$inferSelect) {
  const table = sectionId ? sections : indicators;
  const id = sectionId ?? indicatorId ?? "";
  const [where] = await tx.select({ reportId: table.reportId }).from(table).where(eq(table.id, id));
  if (!where) throw new DomainError("not-found");
  await lockReport(tx, where.reportId, "shared");
  const [item] = await tx.select({ status: table.status }).from(table).where(eq(table.id, id)).for("update");
  const [report] = await tx.select({ status: reports.status }).from(reports).where(eq(reports.id, where.reportId));
  if (!item || !report) throw new DomainError("not-your-department");
  return {
    reportId: where.reportId,
    reportStatus: report.status,
    isAtAuthor: item.status === "drafting" || item.status === "returned",
  };
}
