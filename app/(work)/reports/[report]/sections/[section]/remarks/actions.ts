"use server";

import { addComment, addSuggestion, replyToRemark, settleRemarks } from "../../../../../../../domain/remark/mutations";
import { AddComment, AddReply, AddSuggestion, SettleRemarks } from "../../../../../../../domain/remark/schema";
import { live } from "../../../../../../_server/live";
import { runChange } from "../../../../../../_server/run-action";
import { topicOf } from "../../../../../../_server/section-room";
import type { FormState } from "../../../../../../form-state";

export async function comment(form: FormData): Promise<FormState> {
  return runChange(AddComment, form, async (ctx, input) => {
    await addComment(ctx, input);
    tellOthers(input.sectionId);
  });
}

export async function suggest(form: FormData): Promise<FormState> {
  return runChange(AddSuggestion, form, async (ctx, input) => {
    await addSuggestion(ctx, input);
    tellOthers(input.sectionId);
  });
}

export async function reply(form: FormData): Promise<FormState> {
  return runChange(AddReply, form, async (ctx, input) => tellOthers(await replyToRemark(ctx, input)));
}

/** With which of the remarks were settled: the words of no others may be put into the text. */
export async function settle(form: FormData): Promise<FormState & { settled: string[] }> {
  let settled: string[] = [];
  const state = await runChange(SettleRemarks, form, async (ctx, input) => {
    settled = await settleRemarks(ctx, input);
    tellOthers(input.sectionId);
  });
  return { ...state, settled };
}

/** Pages that have the leaf open look again; what they may see the database decides. */
function tellOthers(sectionId: string): void {
  live().tell({ topic: topicOf(sectionId), kind: "remarks", data: {} });
}
