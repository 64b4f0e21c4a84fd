"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { passSection, returnSection, signSection } from "../../../../../domain/section/decisions";
import {
  confirmIndicators,
  passIndicators,
  returnIndicator,
  signIndicators,
} from "../../../../../domain/indicator/mutations";
import { MoveIndicator } from "../../../../../domain/indicator/schema";
import { CellReason, Comeback, TextReason } from "../../../../../domain/review/schema";
import { PassSection } from "../../../../../domain/section/schema";
import { runAction } from "../../../../_server/run-action";
import type { FormState } from "../../../../form-state";
import { NextPath } from "./where";

const Decision = PassSection.extend({
  verdict: z.enum(["sign", "pass", "return"]),
  reasons: z.array(TextReason).max(50).default([]),
  ...Comeback.shape,
  next: NextPath,
});

/** One form, two buttons: what was written under the paragraphs decides nothing by itself. */
export async function decide(_: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations("review");
  const written = hasReasons(form);
  const verdict = form.get("verdict");
  if (verdict !== "return" && written) return kept(form, t("passWithReasons"));
  if (verdict === "return" && !written) return kept(form, t("returnNeeds"));
  return runAction(Decision, form, async (ctx, { verdict: given, next, figures, ...move }) => {
    if (given === "return") await returnSection(ctx, move);
    else if (given === "sign") await signSection(ctx, move);
    else await passSection(ctx, figures ? { ...move, figures } : move);
    revalidatePath("/", "layout");
    redirect(next);
  });
}

const RowDecision = MoveIndicator.extend({
  verdict: z.enum(["sign", "confirm", "pass", "return"]),
  reasons: z.array(CellReason).max(50).default([]),
  ...Comeback.shape,
  next: NextPath,
});

const ROW_MOVES = { sign: signIndicators, confirm: confirmIndicators, pass: passIndicators } as const;

/** As decide, of an indicator's row. */
export async function decideRow(_: FormState, form: FormData): Promise<FormState> {
  const t = await getTranslations("review");
  const written = hasReasons(form);
  const verdict = form.get("verdict");
  if (verdict !== "return" && written) return kept(form, t("passWithReasons"));
  if (verdict === "return" && !written) return kept(form, t("returnNeeds"));
  return runAction(RowDecision, form, async (ctx, { verdict: given, next, ...move }) => {
    if (given === "return") await returnIndicator(ctx, move);
    else await ROW_MOVES[given](ctx, { rows: [move] });
    revalidatePath("/", "layout");
    redirect(next);
  });
}

const hasReasons = (form: FormData): boolean =>
  [...form].some(([name, value]) => /^reasons\.[^.]+\.text$/.test(name) && String(value).trim() !== "");

function kept(form: FormData, message: string): FormState {
  const values = Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  return { status: "refused", message, fields: {}, values };
}
