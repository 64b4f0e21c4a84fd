import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database, Transaction } from "../../db/client";
import { mails, webhookCalls, webhooks } from "../../db/schema";
import type { Clock } from "../kernel/clock";
import { nextAttempt } from "./back-off";
import type { NoticeFacts } from "./facts";
import { notBefore, quietHoursOf } from "./quiet-hours";

export type OutgoingMail = { id: string; address: string; subject: string; text: string; html: string };
export type OutgoingCall = { id: string; url: string; secret: string; facts: NoticeFacts };

/** Throws when it was not taken; the error's message is written down for the administrator. */
type HandOver<T> = (one: T) => Promise<void>;

/**
 * Sends one mail, as the worker, while its row is held: whoever comes to it at the same time waits and finds it sent. A
 * process that is killed between sending and the commit leaves the row unsent, and the mail goes out once more under the
 * same id. What was sent keeps no words. A failure is written down with the time of the next attempt, whose job a trigger
 * enqueues; only a database that is away throws. Whether it is still wanted, and whether now is in its reader's quiet
 * hours, is asked here: since it was made they may have left their post, and it may have waited for a server.
 */
export async function sendMail(db: Database, mailId: string, now: Clock, send: HandOver<OutgoingMail>): Promise<void> {
  await db.transaction(async (tx) => {
    await stayPatient(tx);
    const [mail] = await tx
      .select()
      .from(mails)
      .where(and(eq(mails.id, mailId), isNull(mails.sentAt), isNull(mails.failedAt)))
      .for("update");
    if (!mail) return;
    const outcome = await sendWanted(tx, mail, now, send);
    await tx.update(mails).set(outcome).where(eq(mails.id, mailId));
  });
}

/** The same for one call of the webhook; `secret` is for its signature and goes nowhere else. */
export async function callWebhook(
  db: Database,
  callId: string,
  now: Clock,
  call: HandOver<OutgoingCall>,
): Promise<void> {
  await db.transaction(async (tx) => {
    await stayPatient(tx);
    const [row] = await tx
      .select()
      .from(webhookCalls)
      .where(and(eq(webhookCalls.id, callId), isNull(webhookCalls.sentAt), isNull(webhookCalls.failedAt)))
      .for("update");
    if (!row) return;
    const [target] = await tx
      .select({
        url: webhooks.url,
        secret: webhooks.secret,
        facts: sql<NoticeFacts>`notice_facts(${row.outboxId})`,
      })
      .from(webhooks)
      .where(and(eq(webhooks.jurisdictionId, row.jurisdictionId), webhooks.enabled));
    const handOver = () => (target ? call({ id: callId, ...target }) : Promise.reject(new Error(TURNED_OFF)));
    await tx
      .update(webhookCalls)
      .set(await outcomeOf(row, handOver, now))
      .where(eq(webhookCalls.id, callId));
  });
}

async function sendWanted(
  tx: Transaction,
  mail: OutgoingMail & { attempts: number; notBefore: Date },
  now: Clock,
  send: HandOver<OutgoingMail>,
) {
  const [reader] = await tx.execute<Parameters<typeof quietHoursOf>[0]>(
    sql`select quiet_from, quiet_until from mail_wanted(${mail.id})`,
  );
  if (!reader) return { ...NO_WORDS, failedAt: now(), lastError: UNWANTED };
  const quiet = quietHoursOf(reader);
  const [at, begins] = [now(), notBefore(now(), quiet)];
  if (begins > at) return { notBefore: begins };
  const outcome = await outcomeOf(mail, () => send(mail), now);
  if (outcome.sentAt) return { ...outcome, ...NO_WORDS };
  return { ...outcome, notBefore: outcome.failedAt ? mail.notBefore : notBefore(outcome.notBefore, quiet) };
}

const NO_WORDS = { subject: "", text: "", html: "" };
const UNWANTED = "no longer wanted: the reader has left the post or changed the address";
const TURNED_OFF = "the webhook is turned off";
const ERROR_LENGTH = 300;

/** A mail server may take its time; our own transactions usually end after 30 idle seconds. */
const stayPatient = (tx: Transaction) => tx.execute(sql`set local idle_in_transaction_session_timeout = '120s'`);

async function outcomeOf(
  { attempts, notBefore: due }: { attempts: number; notBefore: Date },
  handOver: () => Promise<void>,
  now: Clock,
) {
  try {
    await handOver();
    return { attempts: attempts + 1, sentAt: now(), failedAt: null, lastError: null, notBefore: due };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const next = nextAttempt(attempts + 1, now());
    return {
      attempts: attempts + 1,
      sentAt: null,
      lastError: message.replaceAll("\0", "").slice(0, ERROR_LENGTH),
      notBefore: next ?? due,
      failedAt: next ? null : now(),
    };
  }
}
