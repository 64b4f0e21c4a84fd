"use server";

import { submitSection, withdrawSection } from "../../../../../../domain/section/mutations";
import { MoveSection, SubmitSection } from "../../../../../../domain/section/schema";
import { runChange } from "../../../../../_server/run-action";
import type { FormState } from "../../../../../form-state";

export async function submit(_: FormState, form: FormData): Promise<FormState> {
  return runChange(SubmitSection, form, submitSection);
}

export async function withdraw(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveSection, form, withdrawSection);
}
