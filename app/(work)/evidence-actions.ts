"use server";

import { z } from "zod";
import { removeEvidence } from "../../domain/evidence/mutations";
import { runChange } from "../_server/run-action";
import type { FormState } from "../form-state";

export async function takeAwayEvidence(_: FormState, form: FormData): Promise<FormState> {
  return runChange(z.object({ evidenceId: z.uuid() }), form, removeEvidence);
}
