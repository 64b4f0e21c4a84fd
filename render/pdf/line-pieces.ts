import { textWidth } from "./text-width";

/** A piece of a line: a `kept` one is not broken across lines, and after a `loose` one a line may end. */
export type LinePiece = { text: string; kept?: true; loose?: true };

/**
 * Cuts a text into what a line may not split, a figure with its unit (481.35亿元, 13.7235亿, 2024年, 第22次, 1—6月,
 * 5%～8%), and what it must be able to split: a ratio after a colon, and unbroken Latin or digits as long as half a line. What
 * Unicode's rules keep together by themselves (9.1%, -4.03) is left to them. The pieces' texts joined are the text.
 */
export function linePieces(text: string): LinePiece[] {
  const pieces: LinePiece[] = [];
  let plain = 0;
  for (const match of text.matchAll(SPECIAL)) {
    const found = piecesOf(match[0]);
    if (!found) continue;
    if (match.index > plain) pieces.push({ text: text.slice(plain, match.index) });
    pieces.push(...found);
    plain = match.index + match[0].length;
  }
  if (plain < text.length) pieces.push({ text: text.slice(plain) });
  return pieces;
}

/** A figure this wide, in ems, would leave a hole in the line before it: its unit may go to the next line. */
const WIDEST = 7;
/** Latin and digits without a gap, in characters: two of them are an em. */
const LONGEST_RUN = 24;
const CHUNK = 8;

/** The longer of two units comes first, so that the whole of 万人次 is one. */
const UNITS = [
  "个?百分点|个百分比|个点|人次|人民币元|美元|欧元|港元|元|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|米|公顷|公斤|千克",
  "吨公里|吨标准煤|吨|克|升|亩|千瓦时|千伏安|千瓦|兆瓦|伏|瓦|度|车次|架次|班次|批次|场次|例次|次|人|户|家|个月|个|项|件|宗|所",
  "处|座|条|辆|台|套|张|幅|幢|栋|株|棵|头|羽|只|匹|尾|名|位|场|期|届|倍|成|岁|天|日|月份|月|年度|年|季度|周|小时|分钟|分|秒",
  "例|起|片|号|类|级|层|楼|间|批|本|册|篇|份|支|艘|架|门|种|村|镇|街道|社区|亿|万|千|百",
].join("|");
const NUMBER = String.raw`[-－+＋−±]?\d+(?:,\d{3})*(?:\.\d+)?`;
const AMOUNT = String.raw`(?:[%％‰]|℃|㎡|㎥|m[²³]|[余多几]?[十百千万亿]*[余多]?(?:${UNITS})?)`;
const FIGURE = String.raw`第?${NUMBER}${AMOUNT}(?:(?:[-—–~～]{1,2}|至)${NUMBER}${AMOUNT})?`;
const RATIO = String.raw`\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?){2,}`;
const RUN = `[!-~]{${LONGEST_RUN},}`;
const LATIN_RUN = new RegExp(`^${RUN}$`);
const CHUNKS = new RegExp(`.{1,${CHUNK}}`, "gu");
const SPECIAL = new RegExp(`${RATIO}|${RUN}|${FIGURE}`, "gu");

/** Null for what needs nothing: a bare number, or one with a sign that Unicode's rules hold to it. */
function piecesOf(found: string): LinePiece[] | null {
  if (/^\d[\d.]*[:：]/.test(found)) return loosely(found.match(/[^:：]+[:：]?/gu) ?? [found]);
  if (LATIN_RUN.test(found)) return loosely(found.match(CHUNKS) ?? [found]);
  if (/^[!-~]*[%％‰℃]?$/u.test(found) || textWidth(found) > WIDEST) return null;
  return [{ text: found, kept: true }];
}

function loosely(parts: readonly string[]): LinePiece[] {
  return parts.map((text, index) => (index < parts.length - 1 ? { text, loose: true } : { text }));
}
