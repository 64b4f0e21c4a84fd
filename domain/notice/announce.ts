import { outbox } from "../../db/schema";
import type { Transaction } from "../../db/client";
import type { Context } from "../kernel/context";
import type { NoticeEvent } from "./events";

/** Leaves an event in the outbox; a trigger enqueues its job in the same transaction. */
export async function announce(
  tx: Transaction,
  ctx: Context,
  notice: { event: NoticeEvent; reportId: string; sectionId?: string; editionId?: string },
): Promise<void> {
  await tx.insert(outbox).values({
    jurisdictionId: ctx.actor.jurisdictionId,
    event: notice.event,
    reportId: notice.reportId,
    sectionId: notice.sectionId ?? null,
    editionId: notice.editionId ?? null,
    actorId: ctx.actor.userId,
    actorLabel: ctx.actor.label,
    createdAt: ctx.now(),
  });
}
