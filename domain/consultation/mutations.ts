import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { consultationPublications, consultationReplies, dispositions, editions, sections } from "../../db/schema";
import type { ReportDocument } from "../../render/report-document";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { announce } from "../notice/announce";
import { holdAnswers, holdConsultation, loadConsultation, loadReply, owes, type LoadedConsultation } from "./load";
import { contributionAt, isQuotable, placesOf } from "./places";
import { authorizeConsultation, authorizeReply } from "./policy";
import type { AddReply, DisposeReply, OfEdition, WithdrawReply } from "./schema";

/**
 * A department's comment on a place of the edition, or on the whole. What it said before of having none falls away. Throws
 * consultation-place and consultation-quote when the edition has no such place or words. Returns its id.
 */
export async function addReply(ctx: Context, input: AddReply): Promise<string> {
  return transact(ctx, async (tx) => {
    await holdAnswers(tx, input.editionId, ctx.actor.organId);
    const consultation = await loadConsultation(tx, ctx, input.editionId);
    authorizeConsultation("comment", ctx.actor, consultation);
    const spot = await spotOf(tx, consultation, input);
    if (consultation.ownNone) await withdrawNone(tx, ctx, consultation.id);
    const isFirst = await hasNothingOpen(tx, consultation.id, ctx.actor.organId);
    const id = await insert(tx, ctx, consultation, { kind: "comment", ...spot, text: input.comment });
    await record(tx, ctx, { action: "consultation.comment", subject: id, reportId: consultation.reportId });
    // Of one more among those that already wait nobody needs to be told again.
    if (isFirst) await tellReplied(tx, ctx, consultation);
    return id;
  });
}

/** 无意见, for the whole department. */
export async function answerNone(ctx: Context, input: OfEdition): Promise<void> {
  await transact(ctx, async (tx) => {
    await holdAnswers(tx, input.editionId, ctx.actor.organId);
    const consultation = await loadConsultation(tx, ctx, input.editionId);
    authorizeConsultation("answerNone", ctx.actor, consultation);
    const id = await insert(tx, ctx, consultation, { kind: "none", ...THE_WHOLE, text: "" });
    await record(tx, ctx, { action: "consultation.none", subject: id, reportId: consultation.reportId });
    await tellReplied(tx, ctx, consultation);
  });
}

/** Takes an answer of the own department back, as long as nothing was decided on it. */
export async function withdrawReply(ctx: Context, input: WithdrawReply): Promise<void> {
  await transact(ctx, async (tx) => {
    const reply = await loadReply(tx, input.replyId);
    authorizeReply("withdraw", ctx.actor, reply);
    const withdrawn = await tx
      .update(consultationReplies)
      .set({ withdrawnAt: ctx.now() })
      .where(and(eq(consultationReplies.id, reply.id), isNull(consultationReplies.withdrawnAt)))
      .returning({ id: consultationReplies.id });
    if (withdrawn.length === 0) throw new DomainError("reply-settled");
    await record(tx, ctx, {
      action: "consultation.withdraw",
      subject: reply.id,
      ...(reply.reportId && { reportId: reply.reportId }),
    });
  });
}

/**
 * 采纳, 部分采纳 or 留作参考, with the reason; again, when it is thought of otherwise before the table is published. Throws
 * disposition-changed when somebody has decided since the page was read. The department is told when nothing of it is open any more.
 */
export async function disposeReply(ctx: Context, input: DisposeReply): Promise<void> {
  await transact(ctx, async (tx) => {
    const reply = await loadReply(tx, input.replyId);
    authorizeReply("dispose", ctx.actor, reply);
    if ((reply.latest?.id ?? null) !== input.seen) throw new DomainError("disposition-changed");
    // The latest counts: never at the same moment as the one before it.
    const after = reply.latest ? reply.latest.at.getTime() + 1 : 0;
    await tx.insert(dispositions).values({
      jurisdictionId: reply.jurisdictionId,
      replyId: reply.id,
      organId: reply.organId,
      disposition: input.disposition,
      reason: input.reason,
      decidedBy: ctx.actor.userId,
      decidedLabel: ctx.actor.label,
      decidedAt: new Date(Math.max(ctx.now().getTime(), after)),
    });
    const { reportId, editionId, organId } = reply;
    await record(tx, ctx, {
      action: "consultation.dispose",
      subject: reply.id,
      reportId,
      detail: { to: input.disposition },
    });
    if (await hasNothingOpen(tx, editionId, organId)) {
      await announce(tx, ctx, { event: "consultation.settled", reportId, editionId, organId });
    }
  });
}

/** 催办: reminds the departments that owe an answer, once a day at most. Returns how many they are. */
export async function urgeAnswers(ctx: Context, input: OfEdition): Promise<number> {
  return transact(ctx, async (tx) => {
    // Two at the lead bureau at the same moment remind once.
    await holdAnswers(tx, input.editionId, ctx.actor.organId);
    const consultation = await loadConsultation(tx, ctx, input.editionId);
    authorizeConsultation("urge", ctx.actor, consultation);
    const { id: editionId, reportId } = consultation;
    const owing = await tx.execute<{ organ_id: string }>(sql`
      select c.organ_id from ${editions} cross join lateral consulted_organs(${editions}.id) c
       where ${editions}.id = ${editionId} and ${owes}`);
    await tellOrgans(tx, ctx, "consultation.urged", { reportId, editionId }, owing);
    const detail = { departments: owing.length };
    await record(tx, ctx, { action: "consultation.urge", subject: editionId, reportId, detail });
    return owing.length;
  });
}

/** Gives everybody who was asked the table of what became of all comments (意见采纳情况表). From then on nothing of it changes. */
export async function publishTable(ctx: Context, input: OfEdition): Promise<void> {
  await transact(ctx, async (tx) => {
    await holdConsultation(tx, input.editionId);
    const consultation = await loadConsultation(tx, ctx, input.editionId);
    authorizeConsultation("publish", ctx.actor, consultation);
    const { id, reportId, jurisdictionId, number } = consultation;
    const published = await tx
      .insert(consultationPublications)
      .values({
        editionId: id,
        jurisdictionId,
        publishedBy: ctx.actor.userId,
        publishedLabel: ctx.actor.label,
        publishedAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ id: consultationPublications.editionId });
    if (published.length === 0) throw new DomainError("consultation-published");
    await record(tx, ctx, { action: "consultation.publish", subject: id, reportId, detail: { number } });
    const asked = await tx.execute<{ organ_id: string }>(sql`select organ_id from consulted_organs(${id})`);
    await tellOrgans(tx, ctx, "consultation.published", { reportId, editionId: id }, asked);
  });
}

type Spot = { blockId: string | null; position: number; quote: string | null; sectionId: string | null };
const THE_WHOLE: Spot = { blockId: null, position: 0, quote: null, sectionId: null };

async function spotOf(tx: Transaction, { id, reportId }: LoadedConsultation, input: AddReply): Promise<Spot> {
  const { blockId, quote } = input;
  if (blockId === null) return THE_WHOLE;
  const [edition] = await tx.select({ document: editions.document }).from(editions).where(eq(editions.id, id));
  const document = edition?.document;
  const place = document && placesOf(document).find((one) => one.id === blockId);
  if (!place) throw new DomainError("consultation-place");
  if (quote !== null && !isQuotable(place, quote)) throw new DomainError("consultation-quote", { words: quote });
  const from = contributionAt(document, place, quote);
  return {
    blockId,
    quote,
    position: place.position,
    sectionId: from === null ? null : await leafOf(tx, reportId, document, from),
  };
}

/** A contribution is a leaf, or an indicator. */
async function leafOf(tx: Transaction, reportId: string, document: ReportDocument, from: number) {
  const id = document.contributions[from]?.section ?? "";
  const [leaf] = await tx
    .select({ id: sections.id })
    .from(sections)
    .where(and(eq(sections.reportId, reportId), sql`${sections.id}::text = ${id}`));
  return leaf?.id ?? null;
}

async function insert(
  tx: Transaction,
  ctx: Context,
  { id, jurisdictionId }: LoadedConsultation,
  reply: Spot & { kind: "comment" | "none"; text: string },
): Promise<string> {
  const [row] = await tx
    .insert(consultationReplies)
    .values({
      ...reply,
      jurisdictionId,
      editionId: id,
      organId: ctx.actor.organId,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    })
    .returning({ id: consultationReplies.id });
  if (!row) throw new Error("no answer was written");
  return row.id;
}

async function withdrawNone(tx: Transaction, ctx: Context, editionId: string): Promise<void> {
  await tx
    .update(consultationReplies)
    .set({ withdrawnAt: ctx.now() })
    .where(
      and(
        eq(consultationReplies.editionId, editionId),
        eq(consultationReplies.organId, ctx.actor.organId),
        eq(consultationReplies.kind, "none"),
        isNull(consultationReplies.withdrawnAt),
      ),
    );
}

async function hasNothingOpen(tx: Transaction, editionId: string, organId: string): Promise<boolean> {
  const open = await tx.$count(
    consultationReplies,
    and(
      eq(consultationReplies.editionId, editionId),
      eq(consultationReplies.organId, organId),
      eq(consultationReplies.kind, "comment"),
      isNull(consultationReplies.withdrawnAt),
      sql`not is_disposed(${consultationReplies.id})`,
    ),
  );
  return open === 0;
}

async function tellOrgans(
  tx: Transaction,
  ctx: Context,
  event: "consultation.urged" | "consultation.published",
  what: { reportId: string; editionId: string },
  organs: readonly { organ_id: string }[],
): Promise<void> {
  const [first, ...others] = organs.map(({ organ_id: organId }) => ({ event, ...what, organId }));
  if (first) await announce(tx, ctx, first, ...others);
}

const tellReplied = (tx: Transaction, ctx: Context, { id, reportId }: LoadedConsultation): Promise<void> =>
  announce(tx, ctx, { event: "consultation.replied", reportId, editionId: id });
