import { chineseNumber } from "../../section/numbering";
import { numberOf } from "./docx-styles";
import { childNamed, childrenNamed, valueOf, type XmlElement } from "./xml-tree";

/** Counts a document's lists as Word does, paragraph by paragraph in reading order. */
export type ListLabels = {
  /** Counts the next paragraph of this list, also one that is empty. */
  count(list: string, level: number): void;
  /** The number or bullet of the paragraph that was counted last, "" where its level prints none. */
  printed(list: string, level: number): string;
  /** The level that a paragraph style is tied to. */
  levelOfStyle(list: string, styles: readonly string[]): number | undefined;
};

export function readListLabels(part: XmlElement | undefined): ListLabels {
  const lists = readLists(part);
  /** Lists made of one definition go on counting together. */
  const counters = new Map<string, number[]>();
  const started = new Set<string>();
  return {
    count(id, level) {
      const list = lists.get(id);
      const own = list?.levels[level];
      if (!list || !own) return;
      const counts = counters.get(list.definition) ?? [];
      counters.set(list.definition, counts);
      if (!started.has(id)) {
        started.add(id);
        for (const [at, start] of list.restarts) counts[at] = start - 1;
      }
      counts[level] = (counts[level] ?? own.start - 1) + 1;
      for (let below = level + 1; below < LEVELS; below += 1) {
        const restart = list.levels[below]?.restartsAfter ?? below;
        if (restart > level) delete counts[below];
      }
    },
    printed(id, level) {
      const list = lists.get(id);
      return list ? labelOf(list.levels, counters.get(list.definition) ?? [], level) : "";
    },
    levelOfStyle(id, styles) {
      const found = lists
        .get(id)
        ?.levels.findIndex((level) => level.style !== undefined && styles.includes(level.style));
      return found === undefined || found === -1 ? undefined : found;
    },
  };
}

const LEVELS = 9;
/** A number has a few characters around it; each paragraph of the list prints them anew. */
const LONGEST_TEXT = 50;

type Level = {
  start: number;
  format: string;
  text: string;
  isLegal: boolean;
  style: string | undefined;
  /** The number of levels whose count begins this one anew: 0 for none. */
  restartsAfter: number | undefined;
};
type List = { definition: string; levels: Level[]; restarts: [level: number, start: number][] };

function readLists(part: XmlElement | undefined): Map<string, List> {
  const definitions = new Map<string, XmlElement>();
  const byStyle = new Map<string, XmlElement>();
  for (const definition of childrenNamed(part, "w:abstractNum")) {
    definitions.set(definition.attributes["w:abstractNumId"] ?? "", definition);
    const style = valueOf(definition, "w:styleLink");
    if (style !== undefined) byStyle.set(style, definition);
  }
  const lists = new Map<string, List>();
  for (const list of childrenNamed(part, "w:num")) {
    const own = definitions.get(valueOf(list, "w:abstractNumId") ?? "");
    const definition = byStyle.get(valueOf(own, "w:numStyleLink") ?? "") ?? own;
    if (!definition) continue;
    const levels = levelsOf(childrenNamed(definition, "w:lvl"), []);
    const restarts: List["restarts"] = [];
    for (const override of childrenNamed(list, "w:lvlOverride")) {
      const level = numberOf(override.attributes["w:ilvl"]) ?? 0;
      const start = numberOf(valueOf(override, "w:startOverride"));
      if (start !== undefined) restarts.push([level, start]);
      levelsOf(childrenNamed(override, "w:lvl"), levels);
    }
    lists.set(list.attributes["w:numId"] ?? "", {
      definition: definition.attributes["w:abstractNumId"] ?? "",
      levels,
      restarts,
    });
  }
  return lists;
}

function levelsOf(elements: readonly XmlElement[], levels: Level[]): Level[] {
  for (const element of elements) {
    const at = numberOf(element.attributes["w:ilvl"]) ?? 0;
    if (at < 0 || at >= LEVELS) continue;
    levels[at] = {
      start: numberOf(valueOf(element, "w:start")) ?? 1,
      format: valueOf(element, "w:numFmt") ?? "decimal",
      text: (valueOf(element, "w:lvlText") ?? "").slice(0, LONGEST_TEXT).toWellFormed(),
      isLegal: childNamed(element, "w:isLgl") !== undefined,
      style: valueOf(element, "w:pStyle"),
      restartsAfter: numberOf(valueOf(element, "w:lvlRestart")),
    };
  }
  return levels;
}

function labelOf(levels: readonly Level[], counts: readonly number[], level: number): string {
  const own = levels[level];
  if (!own) return "";
  if (own.format === "bullet") return own.text.replace(/[\u{e000}-\u{f8ff}]/gu, (glyph) => bulletOf(glyph));
  if (own.format === "none") return own.text.replace(/%\d/g, "");
  return own.text.replace(/%([1-9])/g, (_, digit: string) => {
    const at = Number(digit) - 1;
    const count = counts[at] ?? levels[at]?.start ?? 1;
    return printedCount(count, own.isLegal ? "decimal" : (levels[at]?.format ?? "decimal"));
  });
}

/** Symbol and Wingdings keep their glyphs where Unicode has none. */
const bulletOf = (glyph: string): string => PRIVATE_BULLETS[glyph.codePointAt(0) ?? 0] ?? "•";
const PRIVATE_BULLETS: Readonly<Record<number, string>> = { 0xf06c: "●", 0xf06e: "■", 0xf075: "◆", 0xf0a7: "■" };

function printedCount(count: number, format: string): string {
  if (CHINESE.has(format)) return count >= 1 && count <= 99 ? chineseNumber(count) : String(count);
  switch (format) {
    case "decimalZero":
      return String(count).padStart(2, "0");
    case "decimalFullWidth":
    case "decimalFullWidth2":
      return String(count).replace(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));
    case "decimalEnclosedCircle":
    case "decimalEnclosedCircleChinese":
      return count >= 1 && count <= 20 ? String.fromCodePoint(0x245f + count) : String(count);
    case "decimalEnclosedParen":
      return count >= 1 && count <= 20 ? String.fromCodePoint(0x2473 + count) : String(count);
    case "decimalEnclosedFullstop":
      return count >= 1 && count <= 20 ? String.fromCodePoint(0x2487 + count) : String(count);
    case "ideographTraditional":
      return "甲乙丙丁戊己庚辛壬癸"[count - 1] ?? String(count);
    case "upperLetter":
      return letters(count);
    case "lowerLetter":
      return letters(count).toLowerCase();
    case "upperRoman":
      return roman(count);
    case "lowerRoman":
      return roman(count).toLowerCase();
    default:
      return String(count);
  }
}

/** 一, 二 … 十一: what the variants do beyond ninety-nine no list of a report shows. */
const CHINESE: ReadonlySet<string> = new Set([
  "chineseCounting",
  "chineseCountingThousand",
  "ideographDigital",
  "japaneseCounting",
  "taiwaneseCounting",
  "taiwaneseCountingThousand",
  "koreanDigital2",
]);

/** A … Z, then AA, BB: the letter is doubled. */
const letters = (count: number): string =>
  String.fromCodePoint(65 + ((count - 1) % 26)).repeat(Math.min(Math.ceil(count / 26), 10));

function roman(count: number): string {
  let rest = Math.min(Math.max(count, 0), 3999);
  let printed = "";
  for (const [value, sign] of ROMAN) {
    for (; rest >= value; rest -= value) printed += sign;
  }
  return printed;
}

const ROMAN = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
] as const;
