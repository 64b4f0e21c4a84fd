"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { passSection, returnSection, signSection } from "../../../../../domain/section/mutations";
import { PassSection, Reason, ReturnSection } from "../../../../../domain/section/schema";
import { runAction } from "../../../../_server/run-action";
import type { FormState } from "../../../../form-state";

const Decision = PassSection.extend({
  verdict: z.enum(["sign", "pass", "return"]),
  reasons: z.array(Reason).max(50).default([]),
  slug: z.string().regex(/^[a-z0-9-]+$/),
  next: z.uuid().optional().or(z.literal("")),
});

/** One form, two buttons: what was written under the paragraphs decides nothing by itself. */
export async function decide(_: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations("review");
  const written = [...form].some(([name, value]) => /^reasons\.\d+\.text$/.test(name) && String(value).trim() !== "");
  const verdict = form.get("verdict");
  if (verdict !== "return" && written) return kept(form, t("passWithReasons"));
  if (verdict === "return" && !written) return kept(form, t("returnNeeds"));
  return runAction(Decision, form, async (ctx, input) => {
    const move = { sectionId: input.sectionId, version: input.version };
    if (input.verdict === "return") await returnSection(ctx, ReturnSection.parse({ ...move, reasons: input.reasons }));
    else if (input.verdict === "sign") await signSection(ctx, move);
    else await passSection(ctx, input.figures ? { ...move, figures: input.figures } : move);
    revalidatePath("/", "layout");
    redirect(`/reports/${input.slug}/review${input.next ? `?section=${input.next}` : ""}`);
  });
}

function kept(form: FormData, message: string): FormState {
  const values = Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  return { status: "refused", message, fields: {}, values };
}
