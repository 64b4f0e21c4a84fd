"use server";

import { redirect } from "next/navigation";
import { rollForward } from "../../../../domain/report/open";
import { RollForward } from "../../../../domain/report/schema";
import type { FormState } from "../../../form-state";
import { runAction } from "../../../_server/run-action";

export async function openNextPeriod(_: FormState, form: FormData): Promise<FormState> {
  return runAction(RollForward, form, async (ctx, input) => {
    await rollForward(ctx, input);
    redirect(`/reports/${input.slug}`);
  });
}
