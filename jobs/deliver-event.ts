import { z } from "zod";
import type { Database } from "../db/client";
import { deliverEvent } from "../domain/notice/deliver-event";

/** What the outbox's trigger enqueues: the id of the event, nothing of its contents. */
const Payload = z.object({ event: z.uuid() });

/** The job of that name. Throws when the payload is not ours or the database refuses; the queue then tries again. */
export async function runDeliverEvent(db: Database, payload: unknown): Promise<void> {
  await deliverEvent(db, Payload.parse(payload).event);
}
