import { eq, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { consultationReplies, dispositions, editions } from "../../db/schema";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { localDay } from "../kernel/working-days";
import type { ConsultationFacts, ReplyFacts } from "./policy";

export type LoadedConsultation = ConsultationFacts & {
  id: string;
  reportId: string;
  number: number;
  urgedAt: Date | null;
};
export type LoadedReply = ReplyFacts & { id: string; editionId: string; reportId: string; latest: Latest | null };
type Latest = { id: string; at: Date };

/**
 * One department's answers to one edition change one after the other: nobody withdraws what is being decided on, and nobody
 * says 无意见 beside a colleague's comment. Departments do not wait for each other, only for a publication. Released at the
 * transaction's end.
 */
export async function holdAnswers(tx: Transaction, editionId: string, organId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtextextended(${editionId}::uuid::text, 5))`);
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${editionId}::uuid::text || ${organId}::uuid::text, 4))`,
  );
}

/** For publishing: whoever is answering or deciding is through, and nobody begins before the table is out. */
export async function holdConsultation(tx: Transaction, editionId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${editionId}::uuid::text, 5))`);
}

/** An edition as it stands to the actor's department. Not readable is not found. */
export async function loadConsultation(tx: Transaction, ctx: Context, editionId: string): Promise<LoadedConsultation> {
  const own = sql`x.organ_id = ${ctx.actor.organId}`;
  const live = sql`x.edition_id = ${editions}.id and x.withdrawn_at is null`;
  const [row] = await tx
    .select({
      id: editions.id,
      reportId: editions.reportId,
      number: editions.number,
      jurisdictionId: editions.jurisdictionId,
      kind: editions.kind,
      asked: sql<boolean>`exists (select 1 from consulted_organs(${editions}.id) c where c.organ_id = ${ctx.actor.organId})`,
      later: sql<number | null>`(select l.number from edition_after(${editions}.id) l)`,
      ownComments: sql<number>`(select count(*)::int from ${consultationReplies} x where ${live} and ${own} and x.kind = 'comment')`,
      ownNone: sql<boolean>`exists (select 1 from ${consultationReplies} x where ${live} and ${own} and x.kind = 'none')`,
      open: sql<number>`(select count(*)::int from ${consultationReplies} x
        where ${live} and x.kind = 'comment' and not is_disposed(x.id))`,
      published: sql<boolean>`is_published(${editions}.id)`,
      waiting: sql<number>`(select count(*)::int from consulted_organs(${editions}.id) c where ${owes})`,
      urgedAt: sql<string | null>`answers_urged_at(${editions}.id)`,
    })
    .from(editions)
    .where(eq(editions.id, editionId));
  if (!row) throw new DomainError("not-found");
  const urgedAt = row.urgedAt === null ? null : new Date(row.urgedAt);
  return { ...row, urgedAt, urgedToday: urgedAt !== null && localDay(urgedAt) === localDay(ctx.now()) };
}

/** Of a department `c` that was asked: it has not answered the edition. */
export const owes = sql`not exists (select 1 from ${consultationReplies} x
  where x.edition_id = ${editions}.id and x.organ_id = c.organ_id and x.withdrawn_at is null)`;

/** One answer with what was decided on it last, held until the end of the transaction. Not readable is not found. */
export async function loadReply(tx: Transaction, replyId: string): Promise<LoadedReply> {
  const [where] = await tx
    .select({ editionId: consultationReplies.editionId, organId: consultationReplies.organId })
    .from(consultationReplies)
    .where(eq(consultationReplies.id, replyId));
  if (!where) throw new DomainError("not-found");
  await holdAnswers(tx, where.editionId, where.organId);
  const [row] = await tx
    .select({
      id: consultationReplies.id,
      jurisdictionId: consultationReplies.jurisdictionId,
      editionId: consultationReplies.editionId,
      reportId: editions.reportId,
      organId: consultationReplies.organId,
      kind: consultationReplies.kind,
      withdrawnAt: consultationReplies.withdrawnAt,
      isOver: sql<boolean>`exists (select 1 from edition_after(${consultationReplies}.edition_id))`,
      published: sql<boolean>`is_published(${consultationReplies}.edition_id)`,
      latest: sql<{ id: string; at: string } | null>`(
        select json_build_object('id', d.id, 'at', d.decided_at) from ${dispositions} d
         where d.reply_id = ${consultationReplies}.id order by d.decided_at desc limit 1)`,
    })
    .from(consultationReplies)
    .leftJoin(editions, eq(editions.id, consultationReplies.editionId))
    .where(eq(consultationReplies.id, replyId));
  if (!row) throw new DomainError("not-found");
  const { withdrawnAt, latest, reportId, ...reply } = row;
  return {
    ...reply,
    reportId: reportId ?? "",
    withdrawn: withdrawnAt !== null,
    disposed: latest !== null,
    latest: latest && { id: latest.id, at: new Date(latest.at) },
  };
}
