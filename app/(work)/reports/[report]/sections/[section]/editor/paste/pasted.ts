/** What the clipboard holds, as lines and tables; nothing of its fonts, colours and sizes. */
export type ReadRun = { text: string; bold: boolean };
export type ReadLine = {
  kind: "line";
  runs: ReadRun[];
  /** The number or bullet that the program gave it: part of no text. */
  label: string;
  /** Which list the label counts in; null where it was typed. */
  list: string | null;
  /** A heading keeps its number as text. */
  isHeading: boolean;
  /** It began after a hard line break within a paragraph, which may mean nothing. */
  soft: boolean;
};
export type ReadTable = { kind: "table"; header: boolean; rows: string[][] };
export type ReadBlock = ReadLine | ReadTable;

export type PastedRun = { text: string; lead: boolean };
export type PastedLine = { type: "paragraph" | "bullet" | "numbered"; runs: PastedRun[]; soft: boolean };
export type PastedTable = { type: "table"; header: boolean; rows: string[][] };
export type PastedBlock = PastedLine | PastedTable;

export const wordsOf = (line: { runs: readonly { text: string }[] }): string =>
  line.runs.map((run) => run.text).join("");

/** All that will be seen, with the numbers that are counted and not the dashes. */
export function visibleText(blocks: readonly PastedBlock[]): string {
  return blocks.map((block) => (block.type === "table" ? block.rows.flat().join("") : wordsOf(block))).join("");
}

/** Lines of a cell or of a title as one: Chinese needs no blank where it was broken. */
export function joinedLines(lines: readonly string[]): string {
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .reduce((before, line) => `${before}${needsBlank(before, line) ? " " : ""}${line}`, "");
}

const needsBlank = (before: string, after: string): boolean =>
  before !== "" && !WIDE_END.test(before) && !WIDE_START.test(after);
const WIDE_END = /[\u2e80-\uffef“”‘’—…]$/;
const WIDE_START = /^[\u2e80-\uffef“”‘’—…]/;

/** jsonb takes no NUL and no half of a surrogate pair. */
export const storable = (text: string): string =>
  text.replaceAll("\0", "").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
