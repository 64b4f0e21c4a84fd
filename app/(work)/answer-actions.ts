"use server";

import { answerReason } from "../../domain/review/answers";
import { AnswerReason } from "../../domain/review/schema";
import { runChange } from "../_server/run-action";
import type { FormState } from "../form-state";

/** One answer to one reason of a return, kept at once. */
export async function answer(form: FormData): Promise<FormState> {
  return runChange(AnswerReason, form, answerReason);
}
