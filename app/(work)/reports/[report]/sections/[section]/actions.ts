"use server";

import { revalidatePath } from "next/cache";
import { submitSection, withdrawSection } from "../../../../../../domain/section/mutations";
import { MoveSection, SubmitSection } from "../../../../../../domain/section/schema";
import { runAction } from "../../../../../_server/run-action";
import type { FormState } from "../../../../../form-state";

export async function submit(_: FormState, form: FormData): Promise<FormState> {
  return runAction(SubmitSection, form, async (ctx, input) => {
    await submitSection(ctx, input);
    revalidatePath("/", "layout");
  });
}

export async function withdraw(_: FormState, form: FormData): Promise<FormState> {
  return runAction(MoveSection, form, async (ctx, input) => {
    await withdrawSection(ctx, input);
    revalidatePath("/", "layout");
  });
}
