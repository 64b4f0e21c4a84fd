"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import {
  confirmIndicators,
  passIndicators,
  returnIndicator,
  reviseIndicators,
  setSource,
  signIndicators,
  submitIndicators,
  withdrawIndicators,
} from "../../../../../domain/indicator/mutations";
import { MoveIndicator, MoveIndicators, SetSource } from "../../../../../domain/indicator/schema";
import { CellReason, Comeback } from "../../../../../domain/review/schema";
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

/** 继续修改: an approved row is worked on again. */
export async function revise(_: FormState, form: FormData): Promise<FormState> {
  return runChange(MoveIndicators, form, reviseIndicators);
}

/** Each reason names a cell; those of one row go back together, all rows the same way. */
const Returns = z.object({
  reasons: z.array(CellReason.extend(MoveIndicator.shape)).min(1).max(400),
  ...Comeback.shape,
});

/** Rows go back one by one, each with its own verdict: a refusal stops at its row, and those before it have gone. */
export async function returnRows(_: FormState, form: FormData): Promise<FormState> {
  return runAction(Returns, form, async (ctx, { reasons, to, way }) => {
    const ids = new Set(reasons.map((reason) => reason.indicatorId));
    try {
      for (const indicatorId of ids) {
        const its = reasons.filter((reason) => reason.indicatorId === indicatorId);
        await returnIndicator(ctx, {
          indicatorId,
          version: its[0]?.version ?? 0,
          reasons: its.map(({ field, kind, severity, text }) => ({ field, kind, severity, text })),
          to,
          way,
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
