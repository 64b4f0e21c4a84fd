import { Decimal } from "decimal.js";

/**
 * Amounts as prose writes them. A unit is what it measures and how many of the smallest unit it holds: 亿元 is 元 × 10⁸,
 * 万美元 is 美元 × 10⁴. Currencies are never converted into each other.
 */
export type Unit = { measures: string; factor: Decimal };

const MAGNITUDES: Record<string, string> = {
  百: "1e2",
  千: "1e3",
  万: "1e4",
  十万: "1e5",
  百万: "1e6",
  千万: "1e7",
  亿: "1e8",
  十亿: "1e9",
  百亿: "1e10",
  千亿: "1e11",
  万亿: "1e12",
};

/** Base units by what they measure; longer words first, so that 元人民币 is not read as 元. */
const BASES: readonly (readonly [word: string, measures: string, factor: string])[] = [
  ["元人民币", "元", "1"],
  ["人民币元", "元", "1"],
  ["元", "元", "1"],
  ["美元", "美元", "1"],
  ["美金", "美元", "1"],
  ["欧元", "欧元", "1"],
  ["港元", "港元", "1"],
  ["平方公里", "平方米", "1e6"],
  ["平方千米", "平方米", "1e6"],
  ["平方米", "平方米", "1"],
  ["㎡", "平方米", "1"],
  ["公顷", "亩", "15"],
  ["亩", "亩", "1"],
  ["立方米", "立方米", "1"],
  ["吨标准煤", "吨标准煤", "1"],
  ["吨标煤", "吨标准煤", "1"],
  ["吨", "公斤", "1e3"],
  ["公斤", "公斤", "1"],
  ["千克", "公斤", "1"],
  ["斤", "公斤", "0.5"],
  ["千瓦时", "千瓦时", "1"],
  ["度", "千瓦时", "1"],
  ["公里", "米", "1e3"],
  ["千米", "米", "1e3"],
  ["米", "米", "1"],
  ...["标箱", "标准箱", "人次", "人", "户", "家", "个", "项", "宗", "件", "起", "条", "辆", "台", "座", "处", "所"].map(
    (word) => [word, word, "1"] as const,
  ),
  ...["名", "篇", "批", "场", "期", "套", "间", "栋", "羽", "头", "只", "片", "块", "次", "位", "例", "笔"].map(
    (word) => [word, word, "1"] as const,
  ),
  ["%", "%", "1"],
  ["‰", "%", "0.1"],
  ["个百分点", "百分点", "1"],
  ["百分点", "百分点", "1"],
];

/** Source of a regular expression that reads one unit: 亿元, 万平方米, 个百分点, 家. */
export const UNIT_SOURCE = `(?:个?百分点|[%‰]|(?:万亿|[十百千]亿|亿|[十百千]万|万|千|百)?(?:${BASES.map(
  ([word]) => word,
)
  .filter((word) => !/[%‰]|百分点/.test(word))
  .toSorted((a, b) => b.length - a.length)
  .join("|")}))`;

/** Source of a plain or grouped number, with its minus. Text must have gone through `plainText`. */
export const NUMBER_SOURCE = "-?\\d+(?:,\\d{3})*(?:\\.\\d+)?";

const units = new Map<string, Unit | null>();

/** What a unit measures; null for words that are no unit known here. 亿 and 万 alone measure nothing. */
export function unitOf(words: string): Unit | null {
  const known = units.get(words);
  if (known !== undefined) return known;
  const unit = readUnit(words.normalize("NFKC").replace(/\s/g, ""));
  if (units.size < 1000) units.set(words, unit);
  return unit;
}

function readUnit(words: string): Unit | null {
  for (const [word, measures, factor] of BASES) {
    const base = word.normalize("NFKC");
    if (!words.endsWith(base)) continue;
    const magnitude = words.slice(0, words.length - base.length);
    const times = magnitude === "" ? "1" : MAGNITUDES[magnitude];
    if (times !== undefined) return { measures, factor: new Decimal(factor).times(times) };
  }
  return null;
}

/** The text with figures and marks as the rules read them, character by character, so that every offset stays. */
export function plainText(text: string): string {
  return text.replace(
    /[０-９．％－﹣−‐‑()：∶﹕;\u00a0\u3000\t]|,(?!\d{3}(?!\d))|(?<!\d),/g,
    (mark) => PLAIN_MARKS[mark] ?? mark,
  );
}

const PLAIN_MARKS: Record<string, string> = {
  ...Object.fromEntries([..."０１２３４５６７８９"].map((digit, value) => [digit, String(value)])),
  "．": ".",
  "％": "%",
  "－": "-",
  "﹣": "-",
  "−": "-",
  "‐": "-",
  "‑": "-",
  "(": "（",
  ")": "）",
  "：": ":",
  "∶": ":",
  "﹕": ":",
  ";": "；",
  ",": "，",
  "\u00a0": " ",
  "\u3000": " ",
  "\t": " ",
};

/** "1,234.5" → "1234.5"; "-081.3" → "-81.3". */
export function digitsFrom(written: string): string {
  return written.replaceAll(",", "").replace(/^(-?)0+(?=\d)/, "$1");
}

const CHINESE_DIGITS = "零一二三四五六七八九";

/** Source of a count in figures or in Chinese numerals up to 99. */
export const COUNT_SOURCE = "(?:\\d+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])";

/** 13, 十三, 两 → a number; null for anything else. */
export function countOf(words: string): number | null {
  if (/^\d{1,9}$/.test(words)) return Number(words);
  const [, tens, hasTen, ones] = /^([一二三四五六七八九])?(十)?([一二两三四五六七八九])?$/.exec(words) ?? [];
  if (hasTen) return (tens ? CHINESE_DIGITS.indexOf(tens) : 1) * 10 + (ones ? CHINESE_DIGITS.indexOf(ones) : 0);
  const one = tens ?? ones;
  if (one === undefined || (tens && ones)) return null;
  return one === "两" ? 2 : CHINESE_DIGITS.indexOf(one);
}
