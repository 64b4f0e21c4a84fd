"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import {
  confirmIndicators,
  passIndicators,
  returnIndicator,
  setSource,
  signIndicators,
  submitIndicators,
  withdrawIndicators,
} from "../../../../../domain/indicator/mutations";
import { MoveIndicators, ReturnIndicator, SetSource } from "../../../../../domain/indicator/schema";
import { runAction, runChange } from "../../../../_server/run-action";
import type { FormState } from "../../../../form-state";

const MOVES = {
  submit: submitIndicators,
  withdraw: withdrawIndicators,
  sign: signIndicators,
  confirm: confirmIndicators,
  pass: passIndicators,
} as const;

const Move = MoveIndicators.extend({ verb: z.enum(["submit", "withdraw", "sign", "confirm", "pass"]) });

/** Moves the chosen rows on together, all or none. */
export async function moveChosen(_: FormState, form: FormData): Promise<FormState> {
  return runChange(Move, form, (ctx, { verb, rows }) => MOVES[verb](ctx, { rows }));
}

/** Each reason names a cell; those of one row go back together. */
const Returns = z.object({
  reasons: z
    .array(
      z.object({ ...ReturnIndicator.omit({ reasons: true }).shape, ...ReturnIndicator.shape.reasons.element.shape }),
    )
    .min(1)
    .max(400),
});

/** Rows go back one by one, each with its own verdict: a refusal stops at its row, and those before it have gone. */
export async function returnRows(_: FormState, form: FormData): Promise<FormState> {
  return runAction(Returns, form, async (ctx, { reasons }) => {
    const ids = new Set(reasons.map((reason) => reason.indicatorId));
    try {
      for (const indicatorId of ids) {
        const its = reasons.filter((reason) => reason.indicatorId === indicatorId);
        await returnIndicator(ctx, {
          indicatorId,
          version: its[0]?.version ?? 0,
          reasons: its.map(({ field, text }) => ({ field, text })),
        });
      }
    } finally {
      revalidatePath("/", "layout");
    }
  });
}

export async function nameSource(_: FormState, form: FormData): Promise<FormState> {
  return runChange(SetSource, form, setSource);
}
