/** The ways in which official texts number, from the outermost in. */
export const NUMBER_STYLES = [
  "division", // 第一部分, 第一章
  "clause", // 第一节
  "part", // 一、
  "chapter", // （一）
  "legal", // 1.1
  "item", // 1. 1、 １．
  "point", // （1） 1）
  "circle", // ①
] as const;
export type NumberStyle = (typeof NUMBER_STYLES)[number];

export type NumberMark = {
  style: NumberStyle;
  /** As it stands, with the blanks behind it. */
  printed: string;
  /** The number itself, from 1; of 1.2 the last. */
  ordinal: number;
};

/** The number that a line begins with, in full-width or half-width forms; null for none, or for a number of the text. */
export function numberMark(text: string): NumberMark | null {
  for (const [style, pattern] of PATTERNS) {
    const [printed, digits = ""] = pattern.exec(text) ?? [];
    if (printed !== undefined && printed.length < text.length) return { style, printed, ordinal: ordinalOf(digits) };
  }
  return null;
}

export const rankOf = (style: NumberStyle): number => NUMBER_STYLES.indexOf(style);

const CHINESE = "[一二三四五六七八九十]{1,3}";
const DIGITS = "[0-9０-９]{1,2}";
/** 一、二、三产业 is no heading. */
const NO_LIST = `(?!${CHINESE}[、和次产季])`;
/** What follows 1. is no digit, else it is 1.5. */
const NO_DIGIT = "(?![0-9０-９])";

const PATTERNS: readonly [NumberStyle, RegExp][] = [
  ["division", new RegExp(`^第\\s*(${CHINESE}|${DIGITS})\\s*(?:部分|[部篇章])[、：:.．\\s]*`)],
  ["clause", new RegExp(`^第\\s*(${CHINESE}|${DIGITS})\\s*节[、：:.．\\s]*`)],
  ["part", new RegExp(`^(${CHINESE})\\s*[、．.]${NO_LIST}\\s*`)],
  ["chapter", new RegExp(`^[（(〔【]\\s*(${CHINESE})\\s*[）)〕】][、.．]?\\s*`)],
  ["legal", new RegExp(`^(?:${DIGITS}[.．])+(${DIGITS})(?:[.．、]?\\s+|[.．、](?!\\d))(?=\\D)`)],
  ["item", new RegExp(`^(${DIGITS})\\s*[.．、]${NO_DIGIT}\\s*`)],
  ["item", /^([⒈-⒛])\s*/],
  ["point", new RegExp(`^[（(]\\s*(${DIGITS})\\s*[）)]\\s*`)],
  ["point", new RegExp(`^(${DIGITS})[）)]\\s*`)],
  ["point", /^([⑴-⒇])\s*/],
  ["circle", /^([①-⑳])\s*/],
];

function ordinalOf(digits: string): number {
  const code = digits.codePointAt(0) ?? 0;
  if (code >= 0x2460 && code <= 0x249b) return ((code - 0x2460) % 20) + 1;
  if (!/[一二三四五六七八九十]/.test(digits)) return Number(digits.normalize("NFKC"));
  const [tens, ones] = digits.includes("十") ? digits.split("十") : ["0", digits];
  return ten(tens ?? "", 1) * 10 + ten(ones ?? "", 0);
}

const ten = (numeral: string, missing: number): number => {
  if (numeral === "" || numeral === "0") return numeral === "" ? missing : 0;
  return "一二三四五六七八九".indexOf(numeral.slice(-1)) + 1;
};
