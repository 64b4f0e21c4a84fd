"use server";

import { revalidatePath } from "next/cache";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { deliverEdition, sealEdition } from "../../../../../domain/edition/mutations";
import { DeliverEdition, SealEdition } from "../../../../../domain/edition/schema";
import { DomainError } from "../../../../../domain/kernel/errors";
import {
  approveReport,
  recallReport,
  reopenReport,
  returnReport,
  sendForApproval,
} from "../../../../../domain/report/mutations";
import { ApproveReport, MoveReport, ReopenReport, ReturnReport } from "../../../../../domain/report/schema";
import { runAction } from "../../../../_server/run-action";
import type { FormState } from "../../../../form-state";

export async function send(_: FormState, form: FormData): Promise<FormState> {
  return runAction(MoveReport, form, async (ctx, input) => {
    await sendForApproval(ctx, input);
    revalidatePath("/", "layout");
  });
}

export async function recall(_: FormState, form: FormData): Promise<FormState> {
  return runAction(MoveReport, form, async (ctx, input) => {
    await recallReport(ctx, input);
    revalidatePath("/", "layout");
  });
}

export async function approve(_: FormState, form: FormData): Promise<FormState> {
  return runAction(ApproveReport, form, async (ctx, input) => {
    await approveReport(ctx, input);
    revalidatePath("/", "layout");
  });
}

export async function sendBack(_: FormState, form: FormData): Promise<FormState> {
  return runAction(ReturnReport, form, async (ctx, input) => {
    await returnReport(ctx, input);
    revalidatePath("/", "layout");
  });
}

export async function reopen(_: FormState, form: FormData): Promise<FormState> {
  return runAction(ReopenReport, form, async (ctx, input) => {
    await reopenReport(ctx, input);
    revalidatePath("/", "layout");
  });
}

/** Sealing is meant: the word must be typed, in the language of the page. */
export async function seal(_: FormState, form: FormData): Promise<FormState> {
  const word = (await getTranslations("edition"))("sealWord");
  return runAction(SealEdition.extend({ confirmation: z.string().trim() }), form, async (ctx, input) => {
    if (input.confirmation !== word) throw new DomainError("confirmation-mismatch");
    await sealEdition(ctx, input);
    revalidatePath("/", "layout");
  });
}

export async function deliver(_: FormState, form: FormData): Promise<FormState> {
  return runAction(DeliverEdition, form, async (ctx, input) => {
    await deliverEdition(ctx, input);
    revalidatePath("/", "layout");
  });
}
