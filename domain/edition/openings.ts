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
export const noteOpening = (
  tx: Transaction,
  ctx: Context,
  { id, reportId }: { id: string; reportId: string },
): Promise<boolean> => noteOpenings(tx, ctx, { ids: [id], reportId });

/** The same of several editions of one report that are read together. Whether one of them was opened for the first time. */
export async function noteOpenings(
  tx: Transaction,
  ctx: Context,
  { ids, reportId }: { ids: readonly string[]; reportId: string },
): Promise<boolean> {
  if (!isOneOf(ctx.actor.role, READERS) || ids.length === 0) return false;
  const opened = await tx
    .insert(receipts)
    .values(
      ids.map((editionId) => ({
        editionId,
        userId: ctx.actor.userId,
        jurisdictionId: ctx.actor.jurisdictionId,
        organId: ctx.actor.organId,
        label: ctx.actor.label,
        openedAt: ctx.now(),
      })),
    )
    .onConflictDoNothing()
    .returning({ id: receipts.editionId });
  for (const { id } of opened) await record(tx, ctx, { action: "edition.open", subject: id, reportId });
  return opened.length > 0;
}
