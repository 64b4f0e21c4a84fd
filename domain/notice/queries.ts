import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import {
  deliveries,
  editions,
  indicators,
  latePermits,
  mails,
  memberships,
  noticeChoices,
  noticeSettings,
  notifications,
  outbox,
  reminders,
  reports,
  routeSteps,
  sections,
  users,
  webhookCalls,
  webhooks,
} from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { NOTICE_EVENT_NAMES, NOTICE_EVENTS, type NoticeEvent, mayReach } from "./events";
import { mayManageDelivery } from "./policy";
import { type MailChoice, type MailLocale, TEST_MAIL } from "./workflow";

export const NOTICES_PER_PAGE = 50;
const TROUBLES = 100;

export type Notice = Awaited<ReturnType<typeof latestNotices>>[number];

/** The newest notices on the actor's desk, newest first. One query. */
export async function latestNotices(tx: Transaction, limit: number, offset = 0) {
  const rows = await tx
    .select({
      id: notifications.id,
      event: sql<NoticeEvent>`${outbox.event}`,
      by: outbox.actorLabel,
      at: notifications.createdAt,
      readAt: notifications.readAt,
      editionId: outbox.editionId,
      sectionId: outbox.sectionId,
      indicatorId: outbox.indicatorId,
      remarkId: outbox.remarkId,
      title: sql<string | null>`coalesce(${sections.title}, ${indicators.officialName})`,
      step: routeSteps.name,
      reportSlug: reports.slug,
      reportName: sql<string | null>`coalesce(${reports.name}, ${editions.name})`,
      editionNumber: editions.number,
      /** Of a correction: what changed and why. */
      editionNotice: editions.notice,
      /** Of a 征求意见稿 that came in this act: until when answers are asked for. */
      answerBy: sql<string | null>`(select max(d.answer_by)::text from ${deliveries} d
        where d.edition_id = ${editions.id} and d.delivered_at = ${outbox.createdAt})`,
      /** Why a later day was permitted. */
      reason: sql<string | null>`case when ${outbox.event} = 'permit.given' then
        (select p.reason from ${latePermits} p where ${ofItsPermit} limit 1) end`,
      /** What a reminder or a permit is about. */
      items: sql<{ title: string; dueOn: string }[]>`case when ${outbox.event} ~ '^(reminder|permit)' then
        (select coalesce(jsonb_agg(jsonb_build_object('title', coalesce(ds.title, di.official_name), 'dueOn', d.due_on)
                 order by d.due_on, ds.position, di.position), '[]')
           from (select r.section_id, r.indicator_id, r.due_on from ${reminders} r where r.outbox_id = ${outbox.id}
                 union all
                 select p.section_id, p.indicator_id, p.until from ${latePermits} p
                  where ${outbox.event} = 'permit.given' and ${ofItsPermit}) d
           left join sections ds on ds.id = d.section_id left join indicators di on di.id = d.indicator_id) else '[]' end`,
    })
    .from(notifications)
    .innerJoin(outbox, eq(outbox.id, notifications.outboxId))
    .leftJoin(sections, eq(sections.id, outbox.sectionId))
    .leftJoin(indicators, eq(indicators.id, outbox.indicatorId))
    .leftJoin(reports, eq(reports.id, outbox.reportId))
    .leftJoin(routeSteps, eq(routeSteps.id, outbox.stepId))
    .leftJoin(editions, eq(editions.id, outbox.editionId))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit)
    .offset(offset);
  return rows;
}

const ofItsPermit = sql`p.report_id = ${outbox.reportId} and p.organ_id = ${outbox.organId}
  and p.author_id = ${outbox.actorId} and p.created_at = ${outbox.createdAt}`;

/** How many notices the actor's desk has, and how many of them are not read. */
export async function countNotices(tx: Transaction): Promise<{ total: number; unread: number }> {
  const [row] = await tx
    .select({
      total: sql<number>`count(*)::int`,
      unread: sql<number>`(count(*) filter (where ${notifications.readAt} is null))::int`,
    })
    .from(notifications);
  return row ?? { total: 0, unread: 0 };
}

export type OwnNotices = Awaited<ReturnType<typeof getOwnNotices>>;

/** One's own settings, the choices for the events that can reach one's posts, and how the last test mail went. */
export async function getOwnNotices(tx: Transaction, ctx: Context) {
  const own = ctx.actor.userId;
  const [[settings], chosen, posts, [test]] = await Promise.all([
    tx.select().from(noticeSettings).where(eq(noticeSettings.userId, own)),
    tx
      .select({ event: noticeChoices.event, mail: noticeChoices.mail })
      .from(noticeChoices)
      .where(eq(noticeChoices.userId, own)),
    tx
      .selectDistinct({ role: memberships.role })
      .from(memberships)
      .where(and(eq(memberships.userId, own), isNull(memberships.endedAt))),
    tx
      .select({
        at: mails.createdAt,
        attempts: mails.attempts,
        sentAt: mails.sentAt,
        failedAt: mails.failedAt,
        error: mails.lastError,
      })
      .from(mails)
      .where(and(eq(mails.userId, own), eq(mails.event, TEST_MAIL)))
      .orderBy(desc(mails.createdAt))
      .limit(1),
  ]);
  const choices = new Map(chosen.map(({ event, mail }) => [event, mail]));
  return {
    email: settings?.email ?? "",
    locale: (settings?.locale ?? "zh-CN") as MailLocale,
    // The database's times have seconds.
    quietFrom: settings?.quietFrom?.slice(0, 5) ?? "",
    quietUntil: settings?.quietUntil?.slice(0, 5) ?? "",
    choices: NOTICE_EVENT_NAMES.filter((event) => posts.some(({ role }) => mayReach(event, role))).map((event) => {
      const usual: MailChoice = NOTICE_EVENTS[event].mail;
      return { event, usual, mail: choices.get(event) ?? usual };
    }),
    test: test ?? null,
  };
}

export type Delivery = Awaited<ReturnType<typeof getDelivery>>;

/** What has not gone out, oldest first, and the webhook's settings without its secret. Six queries, all at once. */
export async function getDelivery(tx: Transaction, ctx: Context) {
  if (!mayManageDelivery(ctx.actor)) throw new DomainError("not-found");
  const since = new Date(ctx.now().getTime() - 86_400_000);
  const [unsent, uncalled, stuck, [webhook], mailsSent, callsSent] = await Promise.all([
    tx
      .select({
        id: mails.id,
        event: mails.event,
        to: users.name,
        address: mails.address,
        attempts: mails.attempts,
        error: mails.lastError,
        notBefore: mails.notBefore,
        failedAt: mails.failedAt,
        at: mails.createdAt,
      })
      .from(mails)
      .innerJoin(users, eq(users.id, mails.userId))
      .where(isNull(mails.sentAt))
      .orderBy(mails.notBefore, mails.id)
      .limit(TROUBLES),
    tx
      .select({
        id: webhookCalls.id,
        attempts: webhookCalls.attempts,
        error: webhookCalls.lastError,
        notBefore: webhookCalls.notBefore,
        failedAt: webhookCalls.failedAt,
        at: webhookCalls.createdAt,
      })
      .from(webhookCalls)
      .where(isNull(webhookCalls.sentAt))
      .orderBy(webhookCalls.notBefore, webhookCalls.id)
      .limit(TROUBLES),
    tx.execute<{ id: string; event: string; attempts: number; error: string; next_at: string; given_up: boolean }>(sql`
      select event_id as id, event, attempts, last_error as error, next_at, attempts >= most as given_up from stuck_events()`),
    tx
      .select({ url: webhooks.url, enabled: webhooks.enabled, by: webhooks.updatedLabel, at: webhooks.updatedAt })
      .from(webhooks),
    tx.$count(mails, gt(mails.sentAt, since)),
    tx.$count(webhookCalls, gt(webhookCalls.sentAt, since)),
  ]);
  return {
    mails: unsent,
    calls: uncalled,
    stuck: stuck.map(({ next_at: nextAt, given_up: givenUp, ...one }) => ({
      ...one,
      nextAt: new Date(nextAt),
      givenUp,
    })),
    webhook: webhook ?? null,
    sent: { mails: mailsSent, calls: callsSent },
    most: TROUBLES,
  };
}
