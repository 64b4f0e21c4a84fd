"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { outage } from "../../../../domain/kernel/errors";
import { passBatch, type Passed } from "../../../../domain/review/batch";
import { PassBatch } from "../../../../domain/review/batch-schema";
import { logBroken } from "../../../_server/log";
import { runAction } from "../../../_server/run-action";
import { IDLE, type FormState } from "../../../form-state";

/** What became of each item, in the reader's words. */
export type BatchResult = { id: string; passed: boolean; says: string };
export type BatchState = FormState & { results: BatchResult[] };

/** Passes what the summary showed, one by one, and says of every item what became of it. */
export async function passChosen(_: BatchState, form: FormData): Promise<BatchState> {
  const [t, refusal] = await Promise.all([getTranslations("review.batch"), getTranslations("refusal")]);
  const said = (answer: Passed): string => {
    if (answer.is === "passed" || answer.is === "untried") return t(answer.is);
    if (answer.is === "refused") return t("refused", { why: refusal(answer.key, answer.params) });
    if (outage(answer.error)) return t("away");
    return t("broken", { reference: logBroken(answer.error, "batch") });
  };
  const results: BatchResult[] = [];
  const state = await runAction(PassBatch, form, async (ctx, input) => {
    for (const answer of await passBatch(ctx, input)) {
      results.push({ id: answer.id, passed: answer.is === "passed", says: said(answer) });
    }
    revalidatePath("/", "layout");
  });
  return { ...IDLE, ...state, results };
}
