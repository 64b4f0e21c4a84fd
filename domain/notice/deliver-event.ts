import { sql } from "drizzle-orm";
import type { Database } from "../../db/client";
import type { Role } from "../kernel/roles";
import { NOTICE_EVENTS, type NoticeEvent } from "./events";

/**
 * Puts one event of the outbox on the desks it concerns, except the one of who caused it. Runs as the worker, in one
 * statement; run twice it adds nothing (unique pair of event and membership). A remark is told only to who can read it.
 */
export async function deliverEvent(db: Database, eventId: string): Promise<void> {
  const [event] = await db.execute<{ event: NoticeEvent }>(sql`select event from outbox where id = ${eventId}`);
  if (!event) return;
  const { owner, others, confirmer = [] }: Desks = NOTICE_EVENTS[event.event];
  await db.execute(sql`
    insert into notifications (jurisdiction_id, outbox_id, membership_id, created_at)
    select o.jurisdiction_id, o.id, m.id, o.created_at
      from outbox o
      left join sections s on s.id = o.section_id
      left join indicators i on i.id = o.indicator_id
      left join remarks k on k.id = o.remark_id
      join memberships m on m.jurisdiction_id = o.jurisdiction_id and m.ended_at is null and m.user_id <> o.actor_id
     where o.id = ${eventId}
       and ((m.organ_id = coalesce(s.organ_id, i.organ_id) and m.role::text = any(${textArray(owner)}))
            or (m.organ_id = i.confirm_organ_id and m.role::text = any(${textArray(confirmer)}))
            or m.role::text = any(${textArray(others)})
            or (o.remark_id is not null
                and ((m.organ_id = s.organ_id and m.role in ('drafter', 'signer')) or (m.role = 'lead' and not k.internal
                         and (k.revision_id is not null or s.submitted_revision_id is not null)))
                and (m.role = any(o.mentions)
                     or (${event.event} = 'remark.answered'
                         and (m.user_id = k.author_id
                              or m.user_id in (select x.author_id from remark_replies x where x.remark_id = k.id))))))
    on conflict do nothing`);
}

type Desks = { owner: readonly Role[]; confirmer?: readonly Role[]; others: readonly Role[] };

const textArray = (words: readonly string[]) => sql.raw(`array[${words.map((word) => `'${word}'`).join(",")}]::text[]`);
