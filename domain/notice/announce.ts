import { outbox } from "../../db/schema";
import type { Transaction } from "../../db/client";
import type { Context } from "../kernel/context";
import type { Role } from "../kernel/roles";
import type { NoticeEvent } from "./events";

type Notice = {
  event: NoticeEvent;
  reportId: string;
  sectionId?: string;
  indicatorId?: string;
  editionId?: string;
  remarkId?: string;
  /** The department that it goes to by itself. */
  organId?: string;
  /** The step that the item came to. */
  stepId?: string | null;
  /** Roles that this event names by itself. */
  mentions?: Role[];
};

/**
 * Leaves events in the outbox; a trigger enqueues their jobs in the same transaction. Those of one call have one time: of
 * several items of one act a reader gets one mail.
 */
export async function announce(tx: Transaction, ctx: Context, ...notices: [Notice, ...Notice[]]): Promise<void> {
  const createdAt = ctx.now();
  await tx.insert(outbox).values(
    notices.map((notice) => ({
      jurisdictionId: ctx.actor.jurisdictionId,
      event: notice.event,
      reportId: notice.reportId,
      sectionId: notice.sectionId ?? null,
      indicatorId: notice.indicatorId ?? null,
      editionId: notice.editionId ?? null,
      remarkId: notice.remarkId ?? null,
      organId: notice.organId ?? null,
      stepId: notice.stepId ?? null,
      mentions: notice.mentions ?? [],
      actorId: ctx.actor.userId,
      actorLabel: ctx.actor.label,
      createdAt,
    })),
  );
}
