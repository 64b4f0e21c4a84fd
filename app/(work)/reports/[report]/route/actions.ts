"use server";

import { SkipStep, UnskipStep } from "../../../../../domain/route/schema";
import { skipStep, unskipStep } from "../../../../../domain/route/seats";
import type { FormState } from "../../../../form-state";
import { runChange } from "../../../../_server/run-action";

/** One department leaves a step out from now on. */
export async function leaveOut(_: FormState, form: FormData): Promise<FormState> {
  return runChange(SkipStep, form, skipStep);
}

export async function putBack(_: FormState, form: FormData): Promise<FormState> {
  return runChange(UnskipStep, form, unskipStep);
}
