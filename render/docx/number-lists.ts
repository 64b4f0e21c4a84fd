import type { Block } from "../report-document";
import { chapterNumber, itemNumber, partNumber, pointNumber } from "../../domain/section/numbering";
import { FACES, type Face } from "./faces";
import { CELL } from "./measures";
import { STYLE } from "./styles";

/** Where a block counts: its level (0: 一、 to 3: （1）) and its list, which is one of `NumberLists.lists`. */
export type ListPlace = { level: number; list: number };

/** List 0 counts by itself; each of the others begins anew at `start` in its level, where the report does not count on. */
export type NumberLists = { places: Map<Block, ListPlace>; lists: { level: number; start: number }[] };

/**
 * Has Word count what the report's numbers say. They are positions in the outline and may leave one out, which Word never
 * does: there, and where points begin again behind a plain paragraph, a list begins that starts at that number. A number
 * in no official form is left to be typed.
 */
export function numberLists(blocks: readonly Block[]): NumberLists {
  const plan: NumberLists = { places: new Map(), lists: [{ level: 0, start: 1 }] };
  const counts: number[] = [];
  const current: number[] = [];
  for (const block of blocks) {
    const number = countedNumber(block);
    if (!number) continue;
    const { level, value } = number;
    if (value !== (counts[level] ?? 0) + 1) current[level] = plan.lists.push({ level, start: value }) - 1;
    plan.places.set(block, { level, list: current[level] ?? 0 });
    counts[level] = value;
    counts.length = level + 1;
    current.length = level + 1;
  }
  return plan;
}

function countedNumber(block: Block): { level: number; value: number } | null {
  const printed = "number" in block ? block.number : undefined;
  const level = levelOf(block);
  if (printed === undefined || level === null) return null;
  const value = valueOf(level, printed);
  return value === null ? null : { level, value };
}

function levelOf(block: Block): number | null {
  switch (block.kind) {
    case "heading":
      return block.level - 1;
    case "paragraph":
      return 2;
    case "numbered":
      return 3;
    default:
      return null;
  }
}

function valueOf(level: number, printed: string): number | null {
  if (level >= 2) {
    const value = Number(/\d+/.exec(printed)?.[0] ?? "0");
    return value > 0 && printed === (level === 2 ? itemNumber(value) : pointNumber(value)) ? value : null;
  }
  const print = level === 0 ? partNumber : chapterNumber;
  for (let value = 1; value <= 99; value++) if (print(value) === printed) return value;
  return null;
}

/** The id that the library gives to a list: its own bullets are 1, and ours follow in the order in which they come. */
export const listId = (list: number): number => list + 2;

/** The document's lists: 一、 （一） 1. （1） of one definition, the first two tied to the headings' styles. */
export function numberingXml(lists: NumberLists["lists"]): string {
  const numbers = lists.map(
    ({ level, start }, list) =>
      `<w:num w:numId="${listId(list)}"><w:abstractNumId w:val="1"/>${
        list === 0 ? "" : `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${start}"/></w:lvlOverride>`
      }</w:num>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="1"><w:nsid w:val="00970420"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="00970412"/>${LEVELS.map(levelXml).join("")}</w:abstractNum>${numbers.join("")}</w:numbering>`;
}

type Level = { format: string; text: string; face: Face; style: string | null; space?: true };

/** The library is given the same levels in its own words, since it wants to know the lists that paragraphs are in. */
export const LEVELS: readonly Level[] = [
  { format: "chineseCountingThousand", text: "%1、", face: "hei", style: STYLE.heading1 },
  { format: "chineseCountingThousand", text: "（%2）", face: "kai", style: STYLE.heading2 },
  { format: "decimal", text: "%3.", face: "fang", style: null, space: true },
  { format: "decimal", text: "（%4）", face: "fang", style: null },
];

function levelXml({ format, text, face, style, space }: Level, level: number): string {
  const name = FACES[face];
  return `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${
    style === null ? "" : `<w:pStyle w:val="${style}"/>`
  }<w:suff w:val="${space ? "space" : "nothing"}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLineChars="200" w:firstLine="${2 * CELL}"/></w:pPr><w:rPr><w:rFonts w:ascii="${name}" w:eastAsia="${name}" w:hAnsi="${name}" w:cs="${name}" w:hint="eastAsia"/><w:b w:val="0"/></w:rPr></w:lvl>`;
}
