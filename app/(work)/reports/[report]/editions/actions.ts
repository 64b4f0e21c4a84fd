"use server";

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
import { deploymentOrigin } from "../../../../_server/origin";
import { runChange } from "../../../../_server/run-action";
import type { FormState } from "../../../../form-state";
import { unprintable } from "./glyphs";

export async function send(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveReport, form, sendForApproval);
}

export async function recall(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveReport, form, recallReport);
}

export async function approve(_: FormState, form: FormData): Promise<FormState> {
  return runChange(ApproveReport, form, approveReport);
}

export async function sendBack(_: FormState, form: FormData): Promise<FormState> {
  return runChange(ReturnReport, form, returnReport);
}

export async function reopen(_: FormState, form: FormData): Promise<FormState> {
  return runChange(ReopenReport, form, reopenReport);
}

/** Sealing is meant: the word must be typed, in the language of the page. */
export async function seal(_: FormState, form: FormData): Promise<FormState> {
  const word = (await getTranslations("edition"))("sealWord");
  return runChange(SealEdition.extend({ confirmation: z.string().trim() }), form, async (ctx, input) => {
    if (input.confirmation !== word) throw new DomainError("confirmation-mismatch");
    await sealEdition(ctx, input, { origin: deploymentOrigin(), unprintable });
  });
}

export async function deliver(_: FormState, form: FormData): Promise<FormState> {
  // A box that is not ticked is not sent: nothing chosen is nobody, never the usual recipients.
  return runChange(DeliverEdition, form, (ctx, input) => deliverEdition(ctx, { ...input, to: input.to ?? [] }));
}
