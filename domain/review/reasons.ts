import { whereIn, type Line } from "../remark/anchor";
import type { FigureField } from "../indicator/figure";
import type { ReasonAnswer, ReasonKind, ReasonSeverity } from "./workflow";

/** What a reason points at. `blockText` is the paragraph as it was judged; without a range it is the whole of it. */
export type ReasonTarget =
  | { is: "text"; blockId: string; blockText: string; range: { from: number; to: number } | null }
  | { is: "cell"; indicatorId: string; field: FigureField };

export type GivenAnswer = { id: string; answer: ReasonAnswer; text: string; by: string; at: Date };

/**
 * A reason of a return with the answer that counts. `quote`: the words or the figure as they stood. `judged`: the number
 * of the revision that was returned. `isOpen`: its department has it to work off.
 */
export type GivenReason = {
  id: string;
  kind: ReasonKind;
  severity: ReasonSeverity;
  target: ReasonTarget;
  quote: string;
  text: string;
  by: string;
  at: Date;
  judged: number;
  isOpen: boolean;
  answer: GivenAnswer | null;
};

export type Tally = { count: number; answered: number };

/** A reason as a list says it. */
export type FirstReason = { kind: ReasonKind; text: string };

export const tallyOf = (reasons: readonly { answer: unknown }[]): Tally => ({
  count: reasons.length,
  answered: reasons.filter(({ answer }) => answer !== null).length,
});

/** What was said of one revision, however many people said it, the newest revision first. */
export function roundsOf<R extends { judged: number }>(reasons: readonly R[]): { judged: number; reasons: R[] }[] {
  const rounds = new Map<number, R[]>();
  for (const reason of reasons) rounds.set(reason.judged, [...(rounds.get(reason.judged) ?? []), reason]);
  return [...rounds].map(([judged, its]) => ({ judged, reasons: its })).sort((a, b) => b.judged - a.judged);
}

export type ReasonPlace =
  | { standing: "stands" | "changed"; blockId: string; from: number; to: number }
  | { standing: "gone" };

/** Where a paragraph or words of it stand in a later text; gone when neither they nor what became of them is there. */
export function placeOfReason(target: Extract<ReasonTarget, { is: "text" }>, lines: readonly Line[]): ReasonPlace {
  const { blockId, blockText, range } = target;
  const own = lines.find(({ id }) => id === blockId);
  // A paragraph is itself however much of it was written anew; only its words can be gone from it.
  if (!range && own) {
    return { standing: own.text === blockText ? "stands" : "changed", blockId, from: 0, to: own.text.length };
  }
  const { from, to } = range ?? { from: 0, to: blockText.length };
  const spot = whereIn(lines, { blockId, blockText, from, to });
  if (spot.lost) {
    return range && own ? { standing: "changed", blockId, from: 0, to: own.text.length } : { standing: "gone" };
  }
  const now = lines.find(({ id }) => id === spot.blockId)?.text.slice(spot.from, spot.to);
  const standing = now === blockText.slice(from, to) ? "stands" : "changed";
  return { standing, blockId: spot.blockId, from: spot.from, to: spot.to };
}

/**
 * The place of pointed-out words in a paragraph: where they were selected, else the only place where they stand. Null when
 * they are not there, or stand there several times and nobody said which.
 */
export function rangeOfWords(
  text: string,
  words: string,
  from: number | undefined,
): { from: number; to: number } | null {
  if (from !== undefined && text.startsWith(words, from)) return { from, to: from + words.length };
  const first = text.indexOf(words);
  if (first === -1 || text.indexOf(words, first + 1) !== -1) return null;
  return { from: first, to: first + words.length };
}
