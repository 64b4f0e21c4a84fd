import { blockText, type Content } from "./content";

/** 字符数（不计空格） and 字数, as Microsoft Word's 字数统计 names and counts them. */
export type Length = { characters: number; words: number };

/**
 * How long a text is as Word counts it. 字数 is Word's sum of 中文字符 and 非中文单词: every Chinese character and every
 * full-width mark counts one; a run of Western letters, digits and half-width marks without blanks counts one in all
 * (160.09亿元 are three). Cells of a table count. What is printed from the structure (——, （1）) does not, as Word leaves
 * out its automatic bullets and numbers.
 */
export function wordCount(content: Content): Length {
  return content.content.map((block) => textLength(blockText(block))).reduce(sum, { characters: 0, words: 0 });
}

/** The same of the words of one block, or of one cell: no run goes on from one to the next. */
export function textLength(text: string): Length {
  let [characters, words, inRun] = [0, 0, false];
  for (const character of text) {
    if (BLANK.test(character)) {
      inRun = false;
      continue;
    }
    characters += 1;
    const stands = FULL_WIDTH.test(character);
    if (stands || !inRun) words += 1;
    inRun = !stands;
  }
  return { characters, words };
}

export const sum = (one: Length, other: Length): Length => ({
  characters: one.characters + other.characters,
  words: one.words + other.words,
});

/** Includes U+3000, the blank as wide as a Chinese character, and what has no width at all. */
const BLANK = /[\s\u200B-\u200D\u2060]/;

/** Chinese and Japanese, and the marks and signs that a Chinese face sets as wide: “”——…… are among them. */
const FULL_WIDTH =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\u00A7\u00B0\u00B1\u00B7\u00D7\u00F7\u2010-\u2027\u2030-\u205E\u2100-\u26FF\u3001-\u33FF\uFE30-\uFE4F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
