import type { Database } from "../db/client";
import { workingDayAt } from "../domain/kernel/working-days";
import { makeDigests } from "../domain/notice/make-digests";
import { today } from "../messages/dates";
import { composeDigest } from "./compose-mail";

/** Each morning at 08:30 in Beijing; the queue's clock is UTC. */
export const DIGEST_TIME = "30 0 * * *";

/** The day's digests, on working days; `mails` is false while there is no mail server. Gives how many were made. */
export async function runSendDigests(
  db: Database,
  outside: { origin: string; mails: boolean },
  now: Date,
): Promise<number> {
  const day = today(now);
  if (!outside.mails || workingDayAt(day, "after") !== day) return 0;
  return makeDigests(db, day, now, composeDigest(outside.origin));
}
