"use server";

import { redirect } from "next/navigation";
import { ExplainFinding } from "../../../../domain/indicator/schema";
import { explainFinding } from "../../../../domain/indicator/waivers";
import { rollForward } from "../../../../domain/report/open";
import { RollForward } from "../../../../domain/report/schema";
import type { FormState } from "../../../form-state";
import { runAction, runChange } from "../../../_server/run-action";

/** Lets a finding stand with a written explanation. */
export async function explain(_: FormState, form: FormData): Promise<FormState> {
  return runChange(ExplainFinding, form, explainFinding);
}

export async function openNextPeriod(_: FormState, form: FormData): Promise<FormState> {
  return runAction(RollForward, form, async (ctx, input) => {
    await rollForward(ctx, input);
    redirect(`/reports/${input.slug}`);
  });
}
