import { inArray, sql, type SQL } from "drizzle-orm";
import type { Database, Transaction } from "../../db/client";
import { mails, notifications } from "../../db/schema";
import { wallClock, type Clock } from "../kernel/clock";
import type { Role } from "../kernel/roles";
import { isNoticeEvent, NOTICE_EVENTS, type NoticeEvent, type Told } from "./events";
import type { ComposeNotice, NoticeFacts } from "./facts";
import { notBefore, quietHoursOf } from "./quiet-hours";
import type { MailChoice } from "./workflow";

/** How to tell people besides on their desks. Without `compose` there is no mail server: nothing is written then. */
type Outside = { compose?: ComposeNotice | undefined; now?: Clock };

/**
 * Puts one event of the outbox on the desks it concerns, with the other items of the same act (thirteen rows that were
 * submitted at once), and makes the mails and the webhook's calls that follow, all in one transaction; their jobs are
 * enqueued in it by triggers. A reader gets one mail of an act. Run twice, or for each of its events, it adds nothing:
 * unique pair of event and membership, unique key of event and reader, one call for an event.
 */
export async function deliverEvent(db: Database, eventId: string, outside: Outside = {}): Promise<void> {
  await db.transaction(async (tx) => {
    const [event] = await tx.execute<{ event: string }>(sql`select event from outbox where id = ${eventId}`);
    if (!event || !isNoticeEvent(event.event)) return;
    const act = await actOf(tx, eventId);
    const fresh = await putOnDesks(tx, act, event.event);
    await callOthers(tx, act);
    if (!outside.compose || fresh.length === 0) return;
    const readers = await tx.execute<ReaderRow>(sql`
      select x.* from (select distinct unnest(${uuids(fresh.map((one) => one.outbox_id))}) as event_id) e,
             lateral (select e.event_id, r.* from mail_readers(e.event_id) with ordinality r) x
       where x.notification_id = any(${uuids(fresh.map((one) => one.id))}) order by x.ordinality`);
    await writeMails(tx, event.event, readers, outside.compose, (outside.now ?? wallClock)());
  });
}

/**
 * The event with those of the other items that one person moved in one go. Their jobs may run at the same time: they take
 * turns, and the first does the work of all.
 */
async function actOf(tx: Transaction, eventId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select x.id from outbox o
      join outbox x on x.id = o.id
        or (x.report_id = o.report_id and x.event = o.event and x.actor_id = o.actor_id and x.created_at = o.created_at
            and o.remark_id is null and x.remark_id is null
            and coalesce(o.section_id, o.indicator_id) is not null and coalesce(x.section_id, x.indicator_id) is not null)
     where o.id = ${eventId} order by x.id`);
  const act = rows.map(({ id }) => id);
  if (act.length > 1) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${act[0]}::text, 2))`);
  return act;
}

/** Everybody but who caused it; gives the notices that were not there before. A remark is told only to who can read it; a post held for another (代办) counts as its own. */
async function putOnDesks(tx: Transaction, act: readonly string[], event: NoticeEvent): Promise<Fresh[]> {
  const { owner, others, confirmer = [], organ = [], withEdition, step, given }: Told = NOTICE_EVENTS[event];
  // Who sits there is asked once for an item, not once for each post of the district.
  const seated = sql`(o.step_id is not null and coalesce(m.acting_for, m.id) = any(sitting.posts))`;
  const byRole = sql`((m.organ_id = coalesce(s.organ_id, i.organ_id) and m.role::text = any(${textArray(owner)}))
    or (m.organ_id = i.confirm_organ_id and m.role::text = any(${textArray(confirmer)}))
    or (m.organ_id = o.organ_id
        and case when o.mentions = '{}' then m.role::text = any(${textArray(organ)}) else m.role = any(o.mentions) end
        and (not ${withEdition ?? false} or m.id in (select edition_posts(o.id))))
    or m.role::text = any(${textArray(others)}))`;
  return tx.execute<Fresh>(sql`
    insert into notifications (jurisdiction_id, outbox_id, membership_id, created_at)
    select o.jurisdiction_id, o.id, m.id, o.created_at
      from outbox o
      left join sections s on s.id = o.section_id
      left join indicators i on i.id = o.indicator_id
      left join remarks k on k.id = o.remark_id
      left join lateral (
        select array_agg(p.membership_id) as posts
          from seats_of(o.step_id, coalesce(s.organ_id, i.organ_id), i.confirm_organ_id, o.section_id, o.indicator_id) p
      ) sitting on true
      join memberships m on m.jurisdiction_id = o.jurisdiction_id and m.ended_at is null
       and m.user_id is distinct from o.actor_id and is_held(m)
     where o.id = any(${uuids(act)})
       and (${STEPS[step ?? "none"](byRole, seated)}
            or (${given ?? false} and m.id in (select delivered_to(o.id)))
            or (o.remark_id is not null
                and ((m.organ_id = s.organ_id and m.role in ('drafter', 'signer')) or (m.role = 'lead' and not k.internal
                         and (k.revision_id is not null or s.submitted_revision_id is not null)))
                and (m.role = any(o.mentions)
                     or (${event} = 'remark.answered'
                         and (m.user_id = k.author_id
                              or m.user_id in (select x.author_id from remark_replies x where x.remark_id = k.id))))))
    on conflict do nothing returning id, outbox_id`);
}

type Fresh = { id: string; outbox_id: string };

async function callOthers(tx: Transaction, act: readonly string[]): Promise<void> {
  await tx.execute(sql`
    insert into webhook_calls (jurisdiction_id, outbox_id, not_before, created_at)
    select o.jurisdiction_id, o.id, now(), now()
      from outbox o join webhooks w on w.jurisdiction_id = o.jurisdiction_id and w.enabled
     where o.id = any(${uuids(act)})
    on conflict (outbox_id) do nothing`);
}

type ReaderRow = {
  event_id: string;
  notification_id: string;
  user_id: string;
  jurisdiction_id: string;
  email: string;
  locale: string;
  quiet_from: string | null;
  quiet_until: string | null;
  choice: MailChoice | null;
  organ: string;
  role: Role;
};

/** One mail for each reader, of whatever items in whatever posts it reached them; those who want a digest get it with the next one. */
async function writeMails(
  tx: Transaction,
  event: NoticeEvent,
  readers: readonly ReaderRow[],
  compose: ComposeNotice,
  now: Date,
): Promise<void> {
  const who = (wanted: MailChoice) =>
    readers.filter((reader) => (reader.choice ?? NOTICE_EVENTS[event].mail) === wanted);
  const waiting = who("digest").map((reader) => reader.notification_id);
  if (waiting.length > 0) {
    await tx.update(notifications).set({ awaitsDigest: true }).where(inArray(notifications.id, waiting));
  }
  const atOnce = new Map<string, ReaderRow[]>();
  for (const reader of who("at-once")) atOnce.set(reader.user_id, [...(atOnce.get(reader.user_id) ?? []), reader]);
  if (atOnce.size === 0) return;
  const told = uuids([...new Set([...atOnce.values()].flat().map((reader) => reader.event_id))]);
  const facts = await tx.execute<{ id: string; facts: NoticeFacts }>(sql`
    select x.id, x.facts from (select e as id, notice_facts(e) as facts from unnest(${told}) e) x
     where x.facts is not null order by (x.facts ->> 'position')::int, x.id`);
  const values = [...atOnce.values()].flatMap((own) => {
    // Of several posts the first counts.
    const [reader] = own;
    const [first, ...more] = facts.filter(({ id }) => own.some((one) => one.event_id === id));
    if (!reader || !first) return [];
    return {
      jurisdictionId: reader.jurisdiction_id,
      userId: reader.user_id,
      key: `event:${first.id}:${reader.user_id}`,
      event,
      address: reader.email,
      ...compose([first.facts, ...more.map((one) => one.facts)], reader),
      notBefore: notBefore(now, quietHoursOf(reader)),
      createdAt: now,
    };
  });
  if (values.length > 0) await tx.insert(mails).values(values).onConflictDoNothing({ target: mails.key });
}

const STEPS: Record<NonNullable<Told["step"]> | "none", (byRole: SQL, seated: SQL) => SQL> = {
  none: (byRole) => byRole,
  also: (byRole, seated) => sql`(${byRole} or ${seated})`,
  instead: (byRole, seated) => sql`(case when o.step_id is null then ${byRole} else ${seated} end)`,
};

const uuids = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;

const textArray = (words: readonly string[]) => sql.raw(`array[${words.map((word) => `'${word}'`).join(",")}]::text[]`);
