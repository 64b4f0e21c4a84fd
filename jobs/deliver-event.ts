import { z } from "zod";
import type { Database } from "../db/client";
import { deliverEvent } from "../domain/notice/deliver-event";
import { composeNotice } from "./compose-mail";

/** What the outbox's trigger enqueues: the id of the event, nothing of its contents. */
const Payload = z.object({ event: z.uuid() });

/**
 * The job of that name; mails are made only when there is a server to send them. Throws when the payload is not ours or
 * the database refuses; the queue then tries again.
 */
export async function runDeliverEvent(
  db: Database,
  payload: unknown,
  outside: { origin: string; mails: boolean } = { origin: "", mails: false },
): Promise<void> {
  const compose = outside.mails ? composeNotice(outside.origin) : undefined;
  await deliverEvent(db, Payload.parse(payload).event, { compose });
}
