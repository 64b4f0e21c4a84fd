import { z } from "zod";
import type { Database } from "../db/client";
import { wallClock, type Clock } from "../domain/kernel/clock";
import { sendMail } from "../domain/notice/send-out";
import type { Mailer } from "./open-mailer";

const Payload = z.object({ mail: z.uuid() });

/** The job of that name; a mail that waits from a time when there was a mail server fails in words until there is one. */
export async function runSendMail(
  db: Database,
  payload: unknown,
  mailer: Mailer | undefined,
  now: Clock = wallClock,
): Promise<void> {
  const send: Mailer["send"] = mailer?.send ?? (() => Promise.reject(new Error("SMTP_URL is not set")));
  await sendMail(db, Payload.parse(payload).mail, now, send);
}
