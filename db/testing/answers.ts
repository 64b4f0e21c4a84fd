import { answerReason } from "../../domain/review/answers";
import { readReasons, readRowReasons } from "../../domain/review/read-reasons";
import type { AnswerReason } from "../../domain/review/schema";
import { transact, type Context } from "../../domain/kernel/context";

/** Answers every reason of a return that is still open: only then does the item go up again. */
export async function answerAll(
  ctx: Context,
  item: { sectionId: string } | { indicatorId: string },
  said: Pick<AnswerReason, "answer" | "text"> = { answer: "changed", text: "" },
): Promise<void> {
  const reasons = await transact(ctx, async (tx) =>
    "sectionId" in item
      ? readReasons(tx, item.sectionId)
      : ((await readRowReasons(tx, [item.indicatorId])).get(item.indicatorId) ?? []),
  );
  for (const reason of reasons) {
    if (reason.isOpen && !reason.answer) await answerReason(ctx, { ...said, reasonId: reason.id });
  }
}
