import { numberMark } from "./number-mark";
import type { ImportedParagraph, Look, Run } from "./imported-document";
import { trimmedRuns } from "./files/trimmed-runs";

/** What prints as one paragraph. `block` is the index of the block that it was read from. */
export type Line = {
  block: number;
  runs: Run[];
  text: string;
  look: Look;
  /** Every word is bold, or stands in 黑体: the look of a heading, and no mark of a lead. */
  isAllBold: boolean;
  /** The program printed the number or bullet in front. */
  label: string;
};

/**
 * A paragraph's lines. A line break within it is a new paragraph, as people use it who do not know the difference, unless
 * the text goes on over it in the middle of a sentence or all lines are equally long: then somebody wrapped it.
 */
export function linesOf(paragraph: ImportedParagraph, block: number): Line[] {
  const broken = splitAtBreaks(paragraph.runs);
  const texts = broken.map(textOf);
  const isWrapped = looksWrapped(texts);
  const groups: Run[][][] = [];
  for (const [index, runs] of broken.entries()) {
    const before = texts[index - 1];
    if (before !== undefined && goesOn(before, texts[index] ?? "", isWrapped)) groups.at(-1)?.push(runs);
    else groups.push([runs]);
  }
  return groups.map((runs, index) => lineOf(joined(runs), index === 0 ? paragraph.label : "", paragraph.look, block));
}

export const textOf = (runs: readonly Run[]): string => runs.map((run) => run.text).join("");

/** The runs from one character to another. */
export function slice(runs: readonly Run[], from: number, to = Number.POSITIVE_INFINITY): Run[] {
  let at = 0;
  return runs.flatMap((run) => {
    const text = run.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += run.text.length;
    return text === "" ? [] : [{ ...run, text }];
  });
}

/** The line without its first characters, and without blanks that stand there then. */
export function without(line: Line, length: number): Line {
  const runs = trimmedRuns(slice(line.runs, length));
  return { ...line, runs, text: textOf(runs) };
}

/** ——2024年8月在…会议上, or a date alone or in brackets: when and where the report was given. */
export const DELIVERY =
  /^\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?$|^(?:[—–-]{1,2}\s*)?(?:\d{4}|二[○〇零Oo0][一二三四五六七八九○〇零]{2})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月[^。；]*(?:会议?|大会)上?$|^[（(]\s*\d{4}\s*年\s*\d{1,2}\s*月[^。；]*[）)]$/;

/** 尊敬的主任、各位副主任、各位委员： */
export const SALUTATION = /^(?=.*(?:各位|主任|委员|代表|同志|领导))[^。；？！]{2,60}[:：]$/;

const TITLE_END = /(?:报告|汇报)(?:[（(][^（()）]*[）)])?$/;
export const endsLikeTitle = (text: string): boolean =>
  text.length <= 80 && !/[。；]/.test(text) && TITLE_END.test(text);

/** 附件：名称, 附件1, 附表 alone on a line. */
export const ANNEX_LINE = /^附\s*[件表]\s*(?:[一二三四五六七八九十]{1,2}|\d{1,2})?\s*(?:[:：]\s*(.*))?$/;

const SENTENCE_END = /[。！？；：!?;:][”’）)》]?$/;
export const isUnended = (text: string): boolean => !/[。；;！!？?，,、][”’）)]?$/.test(text);

/** Characters as they print: two letters or digits take the room of one Chinese character. */
export const printedLength = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x2000 ? 0.5 : 1), 0);

function lineOf(runs: readonly Run[], label: string, look: Look, block: number): Line {
  const [first] = runs;
  // 1.1 would run into a number that the text begins with.
  const mark = /\d$/.test(label) ? `${label} ` : label;
  const whole = label === "" ? [...runs] : trimmedRuns([{ text: mark, bold: first?.bold ?? false }, ...runs]);
  const words = runs.filter(({ text }) => text.trim() !== "");
  const isAllBold = words.length > 0 && (words.every(({ bold }) => bold) || /黑体|小标宋|Hei/i.test(look.font ?? ""));
  return { block, runs: whole, text: textOf(whole), look, isAllBold, label };
}

function splitAtBreaks(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const { text, bold } of runs) {
    for (const [index, words] of text.split(/[\n\v\u2028\u2029]/).entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push({ text: words, bold });
    }
  }
  return lines.map(trimmedRuns).filter((line) => line.length > 0);
}

const LEAST_WRAPPED = 20;

function looksWrapped(lines: readonly string[]): boolean {
  if (lines.length < 3) return false;
  const widths = lines.slice(0, -1).map(printedLength);
  const widest = Math.max(...widths);
  return widest >= LEAST_WRAPPED && widths.every((width) => width >= widest * 0.85);
}

function goesOn(before: string, next: string, isWrapped: boolean): boolean {
  if (standsAlone(next) || DELIVERY.test(before) || SALUTATION.test(before) || endsLikeTitle(before)) return false;
  // A centred line is broken where its words allow, long before it is full.
  if (isWrapped || DELIVERY.test(before + next) || /[、，]$/.test(before)) return true;
  return !SENTENCE_END.test(before) && printedLength(before) >= LEAST_WRAPPED && !isHeadingLike(before);
}

const standsAlone = (text: string): boolean =>
  numberMark(text) !== null ||
  DELIVERY.test(text) ||
  SALUTATION.test(text) ||
  ANNEX_LINE.test(text) ||
  /^(?:——|[•●■◆])/.test(text);

const isHeadingLike = (text: string): boolean => numberMark(text) !== null && !/[。，；]/.test(text);

/** Chinese needs no blank where lines were broken. */
function joined(lines: readonly Run[][]): Run[] {
  const runs: Run[] = [];
  for (const line of lines) {
    const isLatin = /[A-Za-z0-9,.;]$/.test(runs.at(-1)?.text ?? "") && /^[A-Za-z]/.test(line[0]?.text ?? "");
    if (isLatin) runs.push({ text: " ", bold: runs.at(-1)?.bold ?? false });
    runs.push(...line);
  }
  return trimmedRuns(runs);
}
