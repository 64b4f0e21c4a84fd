import { blockText, type ContentBlock } from "./content";

const DIGITS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"] as const;

/** 1 to 999 as official documents count: 十, 十一, 二十, 一百零一, 一百一十. Throws RangeError beyond: no outline is that long. */
export function chineseNumber(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 999) throw new RangeError(`No heading number for ${value}`);
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor((value % 100) / 10);
  const ones = DIGITS[value % 10] ?? "";
  if (hundreds > 0) {
    const ten = tens > 0 ? `${DIGITS[tens]}十` : ones === "" ? "" : "零";
    return `${DIGITS[hundreds]}百${ten}${ones}`;
  }
  const ten = tens === 0 ? "" : tens === 1 ? "十" : `${DIGITS[tens]}十`;
  return ten + ones;
}

/** The four levels of GB/T 9704-2012, 7.3.3: 一、 then （一） then 1. then （1） */
export const partNumber = (position: number): string => `${chineseNumber(position)}、`;
export const chapterNumber = (position: number): string => `（${chineseNumber(position)}）`;
export const itemNumber = (position: number): string => `${position}.`;
export const pointNumber = (position: number): string => `（${position}）`;

/**
 * The numbers of a text's numbered blocks, by block id. Each run of neighbours counts from 1. What is not printed counts
 * for nothing: a blank block ends no run, and a blank numbered one has the number that it would get.
 */
export function pointNumbers(blocks: readonly ContentBlock[]): Map<string, string> {
  const numbers = new Map<string, string>();
  let last = 0;
  for (const block of blocks) {
    const isBlank = blockText(block).trim() === "";
    if (block.type === "numbered") {
      numbers.set(block.attrs.id, pointNumber(last + 1));
      if (!isBlank) last += 1;
    } else if (!isBlank) last = 0;
  }
  return numbers;
}
