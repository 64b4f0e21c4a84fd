import { receipts } from "../../db/schema";
import type { Transaction } from "../../db/client";
import { record } from "../audit/record";
import type { Context } from "../kernel/context";
import { isOneOf } from "../kernel/roles";
import { READERS } from "./policy";

/**
 * Somebody who was given an edition opens it for the first time: that and when, never for how long. Nothing for the lead bureau
 * and the approver, and nothing the second time. The edition is one that the actor sees.
 */
export async function noteOpening(
  tx: Transaction,
  ctx: Context,
  edition: { id: string; reportId: string },
): Promise<boolean> {
  if (!isOneOf(ctx.actor.role, READERS)) return false;
  const opened = await tx
    .insert(receipts)
    .values({
      editionId: edition.id,
      userId: ctx.actor.userId,
      jurisdictionId: ctx.actor.jurisdictionId,
      organId: ctx.actor.organId,
      label: ctx.actor.label,
      openedAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning({ at: receipts.openedAt });
  if (opened.length === 0) return false;
  await record(tx, ctx, { action: "edition.open", subject: edition.id, reportId: edition.reportId });
  return true;
}
