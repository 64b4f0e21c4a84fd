import type { CheckBlock } from "../finding";
import { decodeText } from "./decode-text";
import { periodIn, type NamedPeriod } from "./named-period";
import { UnreadableFile } from "./unreadable-file";

/** `id` of a block is the number of its line in the file, from 1. */
export type TextFile = { blocks: CheckBlock[]; period: NamedPeriod };

/**
 * A report as Markdown or plain text, one paragraph a line: "#", 一、 and （一） lines are headings, —— lines bullets.
 * Marks of headings, bullets and bold are taken off; the numbering stays. Throws UnreadableFile when there is no text.
 */
export function readText(bytes: Uint8Array): TextFile {
  const lines = decodeText(bytes).split(/\r\n|\n|\r/);
  const blocks = lines.flatMap((line, index) => {
    const block = blockOf(line);
    return block ? [{ id: String(index + 1), ...block }] : [];
  });
  const [first] = blocks;
  if (!first) throw new UnreadableFile("no-text");
  // In plain text nothing marks the title but its place.
  if (first.kind === "paragraph" && isUnended(first.text)) blocks[0] = { ...first, kind: "heading" };
  return { blocks, period: periodOf(blocks) };
}

const HEADING = /^#{1,6}\s+/;
const NUMBERED_HEADING = /^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[部章节])/;
const BULLET = /^(?:——|—|--|[-*+•·●■◆]\s)\s*/;
/** ——2024年8月在…会议上: when and where the report was given, set off like a bullet. */
const DELIVERY = /^——\d{4}年\d{1,2}月.*会议上?[）)]?$/;
const TABLE_ROW = /^\|/;
const RULE = /^(?:[-*_=]\s*){3,}$/;
const LONGEST_HEADING = 60;
const FRONT = 8;

/** What a line says; nothing when it holds no more than a mark. */
function blockOf(line: string): Omit<CheckBlock, "id"> | null {
  const block = markedBlock(line);
  return block === null || block.text === "" ? null : block;
}

function markedBlock(line: string): Omit<CheckBlock, "id"> | null {
  const printed = withoutMarks(line);
  if (printed === "" || TABLE_ROW.test(printed) || RULE.test(printed)) return null;
  if (HEADING.test(printed)) return { kind: "heading", text: printed.replace(HEADING, "").replace(/\s+#+$/, "") };
  if (DELIVERY.test(printed)) return { kind: "paragraph", text: printed };
  if (BULLET.test(printed)) return { kind: "bullet", text: printed.replace(BULLET, "") };
  const isHeading = NUMBERED_HEADING.test(printed) && isUnended(printed);
  return { kind: isHeading ? "heading" : "paragraph", text: printed };
}

const isUnended = (text: string): boolean =>
  text.length <= LONGEST_HEADING && !/[。；;！!？?：:，]/.test(text.slice(-1));

/** Bold, escapes of Markdown, and the invisible characters that word processors leave. */
function withoutMarks(line: string): string {
  return line
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, "")
    .replace(/\\([\\`*_{}[\]()#+\-.!|~>])/g, "$1")
    .replace(/\*\*|__/g, "")
    .trim();
}

/** Of the title, where a year without a half is the whole of it, or else of the first line near it that names a year. */
function periodOf(blocks: readonly CheckBlock[]): NamedPeriod {
  const [title = NO_PERIOD, ...front] = blocks.slice(0, FRONT).map(({ text }) => periodIn(text));
  if (title.year !== null) return { ...title, half: title.half ?? 2 };
  return front.find(({ year }) => year !== null) ?? NO_PERIOD;
}

const NO_PERIOD: NamedPeriod = { year: null, half: null };
