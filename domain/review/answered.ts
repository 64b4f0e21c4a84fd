import type { Transaction } from "../../db/client";
import type { Context } from "../kernel/context";
import { linesOf } from "../remark/anchor";
import { asRead, readFrozen } from "../section/bindings";
import { compareContents, type BlockChange } from "../section/compare";
import type { Content, ContentBlock } from "../section/content";
import type { SectionPage } from "../section/queries";
import { readReasons, type ReadReason } from "./read-reasons";
import { placeOfReason, roundsOf, type GivenReason } from "./reasons";

/** A reason, its answer, and what became of its paragraph: null when that is gone, or was never shown to the actor. */
export type AnsweredReason = { reason: GivenReason; change: BlockChange | null; isGone: boolean };
export type AnsweredRound = { judged: number; isPresent: boolean; reasons: AnsweredReason[] };

type Leaf = Pick<SectionPage, "id" | "organId" | "text" | "submitted" | "figures">;

/**
 * What the returns of a leaf said, what its department answered and what it changed, for whoever has the corrected text
 * before them: the newest round first. Each text with the figures that the actor may read. Two queries.
 */
export async function getAnsweredReasons(tx: Transaction, ctx: Context, leaf: Leaf): Promise<AnsweredRound[]> {
  const reasons = await readReasons(tx, leaf.id);
  if (reasons.length === 0) return [];
  const frozen = await readFrozen(tx, [...new Set(reasons.flatMap(({ revisionId }) => revisionId ?? []))]);
  const read = ({ block, revisionId }: ReadReason) =>
    block && asRead(ctx, leaf, textOf(block), frozen.get(revisionId ?? ""), leaf.figures).content[0];
  return roundsOf(reasons).map((round) => ({
    judged: round.judged,
    isPresent: round.judged === leaf.submitted?.number,
    reasons: round.reasons.map((reason) => ({ reason, ...changeOf(reason, read(reason) ?? null, leaf.text.content) })),
  }));
}

function changeOf(reason: GivenReason, before: ContentBlock | null, now: Content) {
  if (reason.target.is === "cell" || !before) return { change: null, isGone: false };
  const whole = { ...reason.target, range: null };
  const place = placeOfReason(whole, linesOf(now));
  const after = place.standing === "gone" ? undefined : now.content.find(({ attrs }) => attrs.id === place.blockId);
  if (!after) return { change: compareContents(textOf(before), textOf())[0] ?? null, isGone: true };
  // Words that moved to another paragraph are held against what they were.
  const same = { ...after, attrs: { ...after.attrs, id: before.attrs.id } } as ContentBlock;
  return { change: compareContents(textOf(before), textOf(same))[0] ?? null, isGone: false };
}

const textOf = (...content: ContentBlock[]): Content => ({ type: "doc", content });
