"use server";

import { redirect } from "next/navigation";
import { askForExport } from "../../../domain/export/mutations";
import { AskExport } from "../../../domain/export/schema";
import { runAction } from "../../_server/run-action";
import type { FormState } from "../../form-state";

/** Asks for a file and shows how it goes; the page can be left at once. */
export async function ask(_: FormState, form: FormData): Promise<FormState> {
  return runAction(AskExport, form, async (ctx, input) => {
    await askForExport(ctx, input);
    redirect("/exports");
  });
}
