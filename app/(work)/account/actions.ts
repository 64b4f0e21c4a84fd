"use server";

import { revalidatePath } from "next/cache";
import { changePassword } from "../../../domain/user/mutations";
import { ChangePassword } from "../../../domain/user/schema";
import type { FormState } from "../../form-state";
import { runAction } from "../../_server/run-action";

export async function changeOwnPassword(_: FormState, form: FormData): Promise<FormState> {
  return runAction(ChangePassword, form, async (ctx, input) => {
    await changePassword(ctx, ctx.session.sessionId, input);
    revalidatePath("/account");
  });
}
