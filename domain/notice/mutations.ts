import { and, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { mails, noticeChoices, noticeSettings, notifications, webhookCalls, webhooks } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { NOTICE_EVENTS } from "./events";
import type { MailWords } from "./facts";
import { authorizeDelivery } from "./policy";
import type { NoticeSettings, TryAgain, WebhookSettings } from "./schema";
import { TEST_MAIL } from "./workflow";

/** One's own settings. A choice that is the event's default is not kept: it follows the default. */
export async function setNotices(ctx: Context, input: NoticeSettings): Promise<void> {
  const { userId, jurisdictionId } = ctx.actor;
  const { choices, ...settings } = input;
  const usual = choices.filter(({ event, mail }) => NOTICE_EVENTS[event].mail === mail).map(({ event }) => event);
  const own = choices.filter(({ event, mail }) => NOTICE_EVENTS[event].mail !== mail);
  await transact(ctx, async (tx) => {
    const values = { ...settings, updatedAt: ctx.now() };
    await tx
      .insert(noticeSettings)
      .values({ userId, jurisdictionId, ...values })
      .onConflictDoUpdate({ target: noticeSettings.userId, set: values });
    if (usual.length > 0) {
      await tx.delete(noticeChoices).where(and(eq(noticeChoices.userId, userId), inArray(noticeChoices.event, usual)));
    }
    if (own.length > 0) {
      await tx
        .insert(noticeChoices)
        .values(own.map(({ event, mail }) => ({ userId, jurisdictionId, event, mail })))
        .onConflictDoUpdate({ target: [noticeChoices.userId, noticeChoices.event], set: { mail: sql`excluded.mail` } });
    }
    await record(tx, ctx, { action: "notice.settings", subject: userId });
  });
}

/** A mail to one's own address; at most one a minute, the second in it is the first. */
export async function sendTestMail(ctx: Context, words: MailWords): Promise<void> {
  const { userId, jurisdictionId } = ctx.actor;
  const now = ctx.now();
  await transact(ctx, async (tx) => {
    const [settings] = await tx
      .select({ email: noticeSettings.email })
      .from(noticeSettings)
      .where(eq(noticeSettings.userId, userId));
    if (!settings?.email) throw new DomainError("no-mail-address");
    const minute = now.toISOString().slice(0, 16);
    await tx
      .insert(mails)
      .values({
        jurisdictionId,
        userId,
        key: `test:${userId}:${minute}`,
        event: TEST_MAIL,
        address: settings.email,
        ...words,
        notBefore: now,
        createdAt: now,
      })
      .onConflictDoNothing();
  });
}

/** Everything on the actor's desk up to now. */
export async function readNotices(ctx: Context): Promise<void> {
  await transact(ctx, (tx) => tx.update(notifications).set({ readAt: ctx.now() }).where(isNull(notifications.readAt)));
}

/**
 * Where events go besides. A first address needs a secret, and so does one at another host: what was agreed with one
 * receiver is not used with the next. A new secret replaces the old.
 */
export async function setWebhook(ctx: Context, input: WebhookSettings): Promise<void> {
  authorizeDelivery(ctx.actor);
  const { jurisdictionId } = ctx.actor;
  const { url, webhookSecret, enabled } = input;
  const values = { url, enabled, updatedLabel: ctx.actor.label, updatedAt: ctx.now() };
  await transact(ctx, async (tx) => {
    if (webhookSecret !== "") {
      await tx
        .insert(webhooks)
        .values({ jurisdictionId, secret: webhookSecret, ...values })
        .onConflictDoUpdate({ target: webhooks.jurisdictionId, set: { secret: webhookSecret, ...values } });
    } else {
      const own = eq(webhooks.jurisdictionId, jurisdictionId);
      const [kept] = await tx.select({ url: webhooks.url }).from(webhooks).where(own).for("update");
      if (!kept || new URL(kept.url).origin !== new URL(url).origin) throw new DomainError("webhook-secret-missing");
      await tx.update(webhooks).set(values).where(own);
    }
    await record(tx, ctx, {
      action: enabled ? "webhook.turn-on" : "webhook.turn-off",
      subject: jurisdictionId,
      detail: { host: new URL(url).host },
    });
  });
}

/** One more round of attempts, beginning now, for what has failed at least once. Sent ones stay sent. */
export async function tryAgain(ctx: Context, { kind, id }: TryAgain): Promise<void> {
  authorizeDelivery(ctx.actor);
  const afresh = { attempts: 0, failedAt: null, notBefore: ctx.now() };
  await transact(ctx, async (tx) => {
    const found =
      kind === "event"
        ? (await tx.execute<{ found: boolean }>(sql`select retry_event(${id}) as found`))[0]?.found
        : kind === "mail"
          ? (
              await tx
                .update(mails)
                .set(afresh)
                .where(and(eq(mails.id, id), isNull(mails.sentAt), troubled(mails)))
            ).count > 0
          : (
              await tx
                .update(webhookCalls)
                .set(afresh)
                .where(and(eq(webhookCalls.id, id), isNull(webhookCalls.sentAt), troubled(webhookCalls)))
            ).count > 0;
    if (!found) throw new DomainError("not-found");
    await record(tx, ctx, { action: "delivery.retry", subject: id });
  });
}

/** What has not been tried yet waits for its time: an administrator does not end anybody's quiet hours. */
const troubled = (table: typeof mails | typeof webhookCalls) =>
  or(isNotNull(table.lastError), isNotNull(table.failedAt));
