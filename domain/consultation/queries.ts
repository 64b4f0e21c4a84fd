import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import {
  consultationPublications,
  consultationReplies,
  dispositions,
  editions,
  organs,
  reports,
} from "../../db/schema";
import type { EditionKind } from "../edition/workflow";
import { noteOpening } from "../edition/openings";
import type { Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { isUuid } from "../kernel/uuid";
import { localDay } from "../kernel/working-days";
import { loadConsultation } from "./load";
import { consultationRefusal, type ConsultationAbility } from "./policy";
import { addTallies, answerOf, type Tally } from "./tally";
import type { Disposition } from "./workflow";

export const REPLIES_PER_PAGE = 50;

export type Consultation = Awaited<ReturnType<typeof getConsultation>>;
export type AskedOrgan = Consultation["organs"][number];
export type Reply = Awaited<ReturnType<typeof readReplies>>[number];
/** What is asked of the list of comments: whole pages of it, from 1. */
export type RepliesAsked = { organ: string | null; openOnly: boolean; page: number };

/**
 * A 征求意见稿 with its text and what the actor may read of the answers: a department its own and its own state, those who
 * answer for the whole everybody's, a page of the comments at a time. A department has opened it then.
 */
export async function getConsultation(tx: Transaction, ctx: Context, editionId: string, asked: RepliesAsked) {
  if (!isUuid(editionId)) throw new DomainError("not-found");
  const facts = await loadConsultation(tx, ctx, editionId);
  if (facts.kind !== "consultation") throw new DomainError("not-found");
  const { role, organId } = ctx.actor;
  const isDepartments = role === "drafter" || role === "signer";
  if (isDepartments ? !facts.asked : role !== "lead" && role !== "approver") throw new DomainError("not-found");
  await noteOpening(tx, ctx, facts);
  const listed = isDepartments
    ? eq(consultationReplies.organId, organId)
    : and(
        eq(consultationReplies.kind, "comment"),
        asked.organ === null ? undefined : eq(organs.code, asked.organ),
        asked.openOnly ? sql`not is_disposed(${consultationReplies.id})` : undefined,
      );
  const page = isDepartments ? ALL : { limit: REPLIES_PER_PAGE, offset: (asked.page - 1) * REPLIES_PER_PAGE };
  const [[edition], found, replies, [later]] = await Promise.all([
    tx
      .select({
        number: editions.number,
        name: editions.name,
        document: editions.document,
        sealedAt: editions.sealedAt,
        reportSlug: reports.slug,
        reportName: reports.name,
        publishedAt: consultationPublications.publishedAt,
        publishedBy: consultationPublications.publishedLabel,
      })
      .from(editions)
      .innerJoin(reports, eq(reports.id, editions.reportId))
      .leftJoin(consultationPublications, eq(consultationPublications.editionId, editions.id))
      .where(eq(editions.id, editionId)),
    readOrgans(tx, editionId),
    readReplies(tx, editionId, listed, page),
    tx.execute<{ number: number; kind: EditionKind; id: string | null; asked: boolean }>(sql`
      select l.number, l.kind, e.id, exists (select 1 from consulted_organs(l.edition_id)) as asked
        from edition_after(${editionId}) l left join editions e on e.id = l.edition_id`),
  ]);
  if (!edition) throw new DomainError("not-found");
  const can = (ability: ConsultationAbility) => consultationRefusal(ability, ctx.actor, facts);
  return {
    ...edition,
    id: facts.id,
    /** A department's own day; of those who answer for the whole the last of all. */
    answerBy:
      found
        .map(({ answerBy }) => answerBy)
        .toSorted()
        .at(-1) ?? null,
    organs: found,
    tally: addTallies(found.map(({ tally }) => tally)),
    replies: replies.map((reply) => {
      const day = found.find(({ code }) => code === reply.organCode)?.answerBy ?? null;
      return { ...reply, isLate: isAfter(reply.at, day) };
    }),
    /** A newer edition; `href` is of the reader's own way to it, if they have one. */
    later: later ? { number: later.number, kind: later.kind, href: placeOf(later) } : null,
    can: { comment: can("comment"), answerNone: can("answerNone"), urge: can("urge"), publish: can("publish") },
    urgedAt: facts.urgedAt,
  };
}

/**
 * 意见采纳情况表: every comment in the order of the text with what became of it, and who had none. Those who answer for the
 * whole read it at any time, a department once it is published. Two queries.
 */
export async function getOutcome(tx: Transaction, ctx: Context, editionId: string) {
  if (!isUuid(editionId)) throw new DomainError("not-found");
  const { role } = ctx.actor;
  if (role !== "lead" && role !== "approver" && role !== "drafter" && role !== "signer") {
    throw new DomainError("not-found");
  }
  const [[edition], replies] = await Promise.all([
    tx
      .select({
        id: editions.id,
        number: editions.number,
        name: editions.name,
        document: editions.document,
        sealedAt: editions.sealedAt,
        publishedAt: consultationPublications.publishedAt,
      })
      .from(editions)
      .leftJoin(consultationPublications, eq(consultationPublications.editionId, editions.id))
      .where(and(eq(editions.id, editionId), eq(editions.kind, "consultation"))),
    readReplies(tx, editionId, sql`${consultationReplies.withdrawnAt} is null`, ALL),
  ]);
  if (!edition) throw new DomainError("not-found");
  const isClosed = edition.publishedAt === null && (role === "drafter" || role === "signer");
  const comments = isClosed ? [] : replies.filter(({ kind }) => kind === "comment");
  const tally: Tally = { comments: comments.length, open: 0, adopted: 0, partly: 0, noted: 0 };
  for (const { decisions } of comments) tally[decisions[0]?.disposition ?? "open"] += 1;
  return {
    ...edition,
    /** A department before the table is published. */
    isClosed,
    comments,
    none: isClosed ? [] : replies.filter(({ kind }) => kind === "none").map(({ organ }) => organ),
    tally,
  };
}

/** What each department said, for the desk: an edition that waits for the own department's answer, or for dispositions. */
export async function waitingConsultations(tx: Transaction, ctx: Context) {
  const { role } = ctx.actor;
  if (role !== "drafter" && role !== "signer" && role !== "lead") return [];
  const rows = await tx.execute<WaitingRow>(role === "lead" ? TO_DISPOSE : TO_ANSWER);
  return rows.map((row) => ({
    editionId: row.edition_id,
    number: row.number,
    reportName: row.report_name,
    dueOn: row.due_on,
    open: row.open,
  }));
}

type WaitingRow = { edition_id: string; number: number; report_name: string; due_on: string | null; open: number };

const TO_ANSWER = sql`
  select e.id as edition_id, e.number, r.name as report_name, c.answer_by::text as due_on, 0 as open
    from ${editions} e
    join ${reports} r on r.id = e.report_id
    cross join lateral consulted_organs(e.id) c
   where e.kind = 'consultation'
     and not exists (select 1 from ${consultationReplies} x
                      where x.edition_id = e.id and x.organ_id = c.organ_id and x.withdrawn_at is null)
     and not exists (select 1 from edition_after(e.id))
   order by c.answer_by, e.sealed_at, e.id`;

const TO_DISPOSE = sql`
  select e.id as edition_id, e.number, r.name as report_name, null as due_on, count(*)::int as open
    from ${consultationReplies} x
    join ${editions} e on e.id = x.edition_id
    join ${reports} r on r.id = e.report_id
   where x.kind = 'comment' and x.withdrawn_at is null
     and not exists (select 1 from ${dispositions} d where d.reply_id = x.id)
   group by e.id, e.number, r.name, e.sealed_at
   order by e.sealed_at, e.id`;

const ALL = { limit: null, offset: 0 };

const placeOf = ({ id, kind, asked }: { id: string | null; kind: EditionKind; asked: boolean }): string | null =>
  id === null ? null : kind === "consultation" && asked ? `/consultations/${id}` : `/editions/${id}`;

/** Who was asked, each with their day, how they have answered and what became of it. A department reads of itself alone. */
async function readOrgans(tx: Transaction, editionId: string) {
  const rows = await tx.execute<OrganRow>(sql`
    select o.id, o.code, o.short_name as name, c.answer_by::text as answer_by,
           count(x.id) filter (where x.kind = 'comment')::int as comments,
           coalesce(bool_or(x.kind = 'none'), false) as none,
           min(x.created_at) as answered_at,
           count(x.id) filter (where x.kind = 'comment' and x.disposition is null)::int as open,
           count(x.id) filter (where x.disposition = 'adopted')::int as adopted,
           count(x.id) filter (where x.disposition = 'partly')::int as partly,
           count(x.id) filter (where x.disposition = 'noted')::int as noted
      from consulted_organs(${editionId}) c
      join ${organs} o on o.id = c.organ_id
      left join lateral (
        select r.id, r.kind, r.created_at,
               (select d.disposition from ${dispositions} d where d.reply_id = r.id
                 order by d.decided_at desc limit 1) as disposition
          from ${consultationReplies} r
         where r.edition_id = ${editionId} and r.organ_id = o.id and r.withdrawn_at is null) x on true
     group by o.id, o.code, o.short_name, c.answer_by
     order by o.code`);
  return rows.map(({ answer_by: answerBy, answered_at: answeredAt, comments, none, id, code, name, ...tally }) => ({
    id,
    code,
    name,
    answerBy,
    answer: answerOf({ comments, none }),
    isLate: answeredAt !== null && isAfter(new Date(answeredAt), answerBy),
    tally: { comments, ...tally } satisfies Tally,
  }));
}

type OrganRow = {
  id: string;
  code: string;
  name: string;
  answer_by: string | null;
  comments: number;
  none: boolean;
  answered_at: string | null;
  open: number;
  adopted: number;
  partly: number;
  noted: number;
};

type Decision = { id: string; disposition: Disposition; reason: string; by: string; at: string };

/** In the order of the text, then of time. `decisions` has the latest first: that one counts. */
async function readReplies(
  tx: Transaction,
  editionId: string,
  which: SQL | undefined,
  page: { limit: number | null; offset: number },
) {
  const listed = tx
    .select({
      id: consultationReplies.id,
      organ: organs.shortName,
      organCode: organs.code,
      kind: consultationReplies.kind,
      blockId: consultationReplies.blockId,
      position: consultationReplies.position,
      sectionId: consultationReplies.sectionId,
      quote: consultationReplies.quote,
      text: consultationReplies.text,
      by: consultationReplies.authorLabel,
      at: consultationReplies.createdAt,
      withdrawnAt: consultationReplies.withdrawnAt,
      decisions: sql<Decision[]>`coalesce((
        select json_agg(json_build_object('id', d.id, 'disposition', d.disposition, 'reason', d.reason,
                                          'by', d.decided_label, 'at', d.decided_at) order by d.decided_at desc)
          from ${dispositions} d where d.reply_id = ${consultationReplies.id}), '[]')`,
    })
    .from(consultationReplies)
    .innerJoin(organs, eq(organs.id, consultationReplies.organId))
    .where(and(eq(consultationReplies.editionId, editionId), which))
    .orderBy(asc(consultationReplies.position), asc(consultationReplies.createdAt), asc(consultationReplies.id))
    .offset(page.offset);
  return page.limit === null ? listed : listed.limit(page.limit);
}

/** Whether something was said after the day that it was asked for by, in China. */
const isAfter = (at: Date, day: string | null): boolean => day !== null && localDay(at) > day;
