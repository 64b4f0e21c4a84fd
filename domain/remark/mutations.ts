import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Transaction } from "../../db/client";
import { remarkReplies, remarks } from "../../db/schema";
import { record } from "../audit/record";
import { transact, type Context } from "../kernel/context";
import { DomainError } from "../kernel/errors";
import { announce } from "../notice/announce";
import { bindingsOf, blockText, type Content, type ContentBlock } from "../section/content";
import { anchorInOther, anchorOf, linesOf, whereIn, type Anchor } from "./anchor";
import { hunksOf, touchesFigure } from "./hunks";
import { loadLeaf, loadRemarks, readSharedText, readText, type LoadedLeaf } from "./load";
import { authorizeLeaf, authorizeRemark, isUp, remarkRefusal, type Mentionable } from "./policy";
import { REMARK_LIMITS, type AddComment, type AddReply, type AddSuggestion, type SettleRemarks } from "./schema";
import type { RemarkOutcome } from "./workflow";

/**
 * Puts a comment on a range of the text that the actor has before them. The range is looked for in the text as it is
 * kept, whatever the browser says it reads: remark-text-changed when it is not there, remark-block-long when the paragraph
 * is too long to be kept with it, remark-figures-internal when its words are figures that the lead bureau may not see.
 * Returns its id.
 */
export async function addComment(ctx: Context, input: AddComment): Promise<string> {
  return transact(ctx, async (tx) => {
    const leaf = await loadLeaf(tx, input.sectionId);
    authorizeLeaf("comment", ctx.actor, leaf);
    const internal = input.internal && ctx.actor.role !== "lead";
    if (input.mentions.includes("lead")) mayName(leaf, internal);
    await hasRoom(tx, leaf, 1);
    const content = await readText(tx, ctx, leaf);
    mayLookFor(content, input);
    const spot = whereIn(linesOf(content), input);
    const block = spot.lost ? undefined : content.content.find((one) => one.attrs.id === spot.blockId);
    if (spot.lost || !block) throw new DomainError("remark-text-changed");
    mayKeep(block);
    const [anchor] = await anchorsKept(tx, ctx, leaf, internal, content, block, [spot]);
    if (!anchor) throw new DomainError("remark-text-changed");
    const [id = ""] = await insert(
      tx,
      ctx,
      leaf,
      [{ kind: "comment", internal, anchor, text: input.text, replacement: null }],
      input.mentions,
    );
    await record(tx, ctx, { action: "remark.comment", subject: id, reportId: leaf.reportId });
    await tellAdded(tx, ctx, leaf, id, input.mentions);
    return id;
  });
}

/**
 * Proposes other words for a paragraph: one remark for every single change, so that each is taken or left by itself.
 * Throws suggestion-same, suggestion-figure, suggestion-long and what addComment throws.
 */
export async function addSuggestion(ctx: Context, input: AddSuggestion): Promise<string[]> {
  return transact(ctx, async (tx) => {
    const leaf = await loadLeaf(tx, input.sectionId);
    authorizeLeaf("suggest", ctx.actor, leaf);
    const content = await readText(tx, ctx, leaf);
    const block = content.content.find((one) => one.attrs.id === input.blockId);
    if (!block || block.type === "table") throw new DomainError("remark-text-changed");
    if (blockText(block) !== input.blockText) throw new DomainError("remark-text-changed");
    mayKeep(block);
    if (input.proposed.length > 2 * REMARK_LIMITS.block) {
      throw new DomainError("suggestion-long", { most: REMARK_LIMITS.text });
    }
    const hunks = hunksOf(block, input.blockText, input.proposed);
    if (hunks.length === 0) throw new DomainError("suggestion-same");
    if (hunks.some((hunk) => touchesFigure(block, hunk))) throw new DomainError("suggestion-figure");
    if (hunks.some((hunk) => hunk.replacement.length > REMARK_LIMITS.text)) {
      throw new DomainError("suggestion-long", { most: REMARK_LIMITS.text });
    }
    await hasRoom(tx, leaf, hunks.length);
    const internal = input.internal && ctx.actor.role !== "lead";
    const anchors = await anchorsKept(tx, ctx, leaf, internal, content, block, hunks);
    const ids = await insert(
      tx,
      ctx,
      leaf,
      anchors.map((anchor, index) => ({
        kind: "suggestion" as const,
        internal,
        anchor,
        text: input.text,
        replacement: hunks[index]?.replacement ?? "",
      })),
      [],
    );
    const [first = "", ...others] = ids;
    const entry = (subject: string) => ({ action: "remark.suggest", subject, reportId: leaf.reportId }) as const;
    await record(tx, ctx, entry(first), ...others.map(entry));
    await tellAdded(tx, ctx, leaf, first, ["drafter"]);
    return ids;
  });
}

/** Answers in a thread that is open. Told to who wrote in it before, and to whom it names. Returns of which leaf it is. */
export async function replyToRemark(ctx: Context, input: AddReply): Promise<string> {
  return transact(ctx, async (tx) => {
    const [where] = await tx
      .select({ sectionId: remarks.sectionId })
      .from(remarks)
      .where(eq(remarks.id, input.remarkId));
    if (!where) throw new DomainError("not-found");
    const leaf = await loadLeaf(tx, where.sectionId);
    const [remark] = await loadRemarks(tx, leaf.id, [input.remarkId]);
    if (!remark) throw new DomainError("not-found");
    authorizeRemark("reply", ctx.actor, leaf, remark);
    if (input.mentions.includes("lead")) mayName(leaf, remark.internal, remark.onDraft);
    if ((await tx.$count(remarkReplies, eq(remarkReplies.remarkId, remark.id))) >= REMARK_LIMITS.replies) {
      throw new DomainError("remarks-full", { most: REMARK_LIMITS.replies });
    }
    await tx.insert(remarkReplies).values({
      jurisdictionId: leaf.jurisdictionId,
      remarkId: remark.id,
      organId: leaf.organId,
      text: input.text,
      mentions: input.mentions,
      authorId: ctx.actor.userId,
      authorLabel: ctx.actor.label,
      createdAt: ctx.now(),
    });
    await record(tx, ctx, { action: "remark.reply", subject: remark.id, reportId: leaf.reportId });
    await announce(tx, ctx, {
      event: "remark.answered",
      reportId: leaf.reportId,
      sectionId: leaf.id,
      remarkId: remark.id,
      mentions: input.mentions,
    });
    return leaf.id;
  });
}

/**
 * Ends remarks of one leaf: of several, those that are still open. Returns which: of two people who take the same one,
 * the second gets remark-settled and changes nothing in the text.
 */
export async function settleRemarks(ctx: Context, input: SettleRemarks): Promise<string[]> {
  return transact(ctx, async (tx) => {
    const leaf = await loadLeaf(tx, input.sectionId);
    const found = await loadRemarks(tx, leaf.id, input.remarkIds);
    if (found.length < input.remarkIds.length) throw new DomainError("not-found");
    const open = found.filter(
      (remark) => found.length === 1 || remarkRefusal(input.how, ctx.actor, leaf, remark) !== "remark-settled",
    );
    if (open.length === 0) throw new DomainError("remark-settled");
    for (const remark of open) authorizeRemark(input.how, ctx.actor, leaf, remark);
    const settled = await tx
      .update(remarks)
      .set({
        outcome: OUTCOME_OF[input.how],
        settledBy: ctx.actor.userId,
        settledLabel: ctx.actor.label,
        settledAt: ctx.now(),
      })
      .where(
        and(
          inArray(
            remarks.id,
            open.map(({ id }) => id),
          ),
          isNull(remarks.outcome),
        ),
      )
      .returning({ id: remarks.id });
    const [first, ...others] = settled.map(({ id }) => id);
    if (first === undefined) throw new DomainError("remark-settled");
    const entry = (subject: string) => ({ action: `remark.${input.how}`, subject, reportId: leaf.reportId }) as const;
    await record(tx, ctx, entry(first), ...others.map(entry));
    return [first, ...others];
  });
}

const OUTCOME_OF: Record<SettleRemarks["how"], RemarkOutcome> = {
  resolve: "resolved",
  accept: "accepted",
  reject: "rejected",
  withdraw: "withdrawn",
};

/** The lead bureau is named only where it can read what it is told of. */
function mayName(leaf: LoadedLeaf, internal: boolean, onDraft = !isUp(leaf.status)): void {
  if (internal) throw new DomainError("remark-internal");
  if (onDraft && !isUp(leaf.status)) throw new DomainError("remark-lead-not-yet");
}

/** Every remark keeps its paragraph, and the page compares each with what the text says now. */
function mayKeep(block: ContentBlock): void {
  if (blockText(block).length > REMARK_LIMITS.block) {
    throw new DomainError("remark-block-long", { most: REMARK_LIMITS.block });
  }
}

/** Two long paragraphs are not compared letter by letter: who has an old one before them chooses the words again. */
function mayLookFor(content: Content, wanted: Anchor): void {
  const block = content.content.find((one) => one.attrs.id === wanted.blockId);
  const now = block ? blockText(block) : "";
  if (now === wanted.blockText) return;
  if (Math.max(now.length, wanted.blockText.length) > REMARK_LIMITS.stale) throw new DomainError("remark-text-changed");
}

/**
 * The anchors as they are kept: of what is not internal, figures in the words that the lead bureau reads. They must still
 * be found by the department, whose figures say more: else remark-figures-internal.
 */
async function anchorsKept(
  tx: Transaction,
  ctx: Context,
  leaf: LoadedLeaf,
  internal: boolean,
  content: Content,
  block: ContentBlock,
  ranges: readonly { from: number; to: number }[],
): Promise<Anchor[]> {
  const own = ranges.map(({ from, to }) => anchorOf(block, from, to));
  if (internal || ctx.actor.role === "lead" || bindingsOf({ type: "doc", content: [block] }).length === 0) return own;
  const shared = await readSharedText(tx, ctx, leaf);
  const other = shared.content.find((one) => one.attrs.id === block.attrs.id);
  if (!other) throw new DomainError("remark-text-changed");
  const anchors = ranges.map(({ from, to }) => anchorInOther(block, other, from, to));
  const lines = linesOf(content);
  if (anchors.some((anchor) => whereIn(lines, anchor).lost)) throw new DomainError("remark-figures-internal");
  return anchors;
}

async function hasRoom(tx: Transaction, leaf: LoadedLeaf, more: number): Promise<void> {
  const open = await tx.$count(remarks, and(eq(remarks.sectionId, leaf.id), isNull(remarks.outcome)));
  if (open + more > REMARK_LIMITS.open) throw new DomainError("remarks-full", { most: REMARK_LIMITS.open });
}

type New = {
  kind: "comment" | "suggestion";
  internal: boolean;
  anchor: Anchor;
  text: string;
  replacement: string | null;
};

async function insert(
  tx: Transaction,
  ctx: Context,
  leaf: LoadedLeaf,
  made: readonly New[],
  mentions: Mentionable[],
): Promise<string[]> {
  const rows = await tx
    .insert(remarks)
    .values(
      made.map(({ anchor, ...remark }) => ({
        ...remark,
        ...anchor,
        jurisdictionId: leaf.jurisdictionId,
        sectionId: leaf.id,
        organId: leaf.organId,
        revisionId: isUp(leaf.status) ? leaf.submittedRevisionId : null,
        mentions,
        authorId: ctx.actor.userId,
        authorLabel: ctx.actor.label,
        createdAt: ctx.now(),
      })),
    )
    .returning({ id: remarks.id });
  return rows.map(({ id }) => id);
}

/** To those who are named; what the lead bureau writes is for the department's drafters in any case. */
async function tellAdded(
  tx: Transaction,
  ctx: Context,
  leaf: LoadedLeaf,
  remarkId: string,
  named: readonly Mentionable[],
): Promise<void> {
  const mentions = [...new Set([...named, ...(ctx.actor.role === "lead" ? (["drafter"] as const) : [])])];
  if (mentions.length === 0) return;
  await announce(tx, ctx, { event: "remark.added", reportId: leaf.reportId, sectionId: leaf.id, remarkId, mentions });
}
