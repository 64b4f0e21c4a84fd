import type { CheckBlock, Finding } from "./finding";
import type { Lexicon } from "./names";
import type { Sentence } from "./period";
import { plainText } from "./quantity";
import { readStatements, type ReadingOptions, type TextReading } from "./statements";
import { arithmeticOf } from "./text-arithmetic";
import {
  factsIn,
  halfDoneClaimsIn,
  indicatorCountsIn,
  numberingOf,
  openSharesIn,
  promiseIn,
  stocksIn,
  structuresIn,
  titlesIn,
  type Count,
  type Fact,
  type IndicatorCount,
  type Numbering,
  type OpenShare,
  type Stock,
  type Structure,
  type Title,
} from "./text-facts";
import type { Span } from "./text-finding";

/**
 * All that one block's words say, read once: it depends on the block, the names of the indicators and the reporting
 * period, not on a figure of the table nor on another block.
 */
export type BlockReading = TextReading & {
  block: CheckBlock;
  /** Plain (quantity.ts), offsets as in the block. */
  text: string;
  subject: string | null;
  /** What the rules of the paragraph alone found. */
  own: readonly Finding[];
  structures: readonly Structure[];
  indicatorCounts: readonly IndicatorCount[];
  halfDone: readonly Span[];
  numbering: Numbering | null;
  promise: Count | null;
  facts: readonly Fact[];
  stocks: readonly Stock[];
  openShares: readonly OpenShare[];
  titles: readonly Title[];
};

export function readBlock(block: CheckBlock, lexicon: Lexicon, options: ReadingOptions): BlockReading {
  const text = plainText(block.text);
  const reading = readStatements(text, lexicon, options);
  const sentences: readonly Sentence[] = reading.sentences;
  return {
    ...reading,
    block,
    text,
    subject: options.subject ?? null,
    own: arithmeticOf(block, text, sentences),
    structures: structuresIn(text),
    indicatorCounts: indicatorCountsIn(text, sentences),
    halfDone: halfDoneClaimsIn(text),
    numbering: numberingOf(text.trimStart()),
    promise: promiseIn(text),
    facts: factsIn(text, sentences),
    stocks: stocksIn(text),
    openShares: openSharesIn(text, sentences),
    titles: titlesIn(text),
  };
}
