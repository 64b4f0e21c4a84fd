import { joinedLines, storable, type ReadBlock, type ReadLine } from "./pasted";

/**
 * The lines of plain text; neighbouring lines of as many cells parted by tabs are a table. A long line that ends in the
 * middle of a sentence was perhaps broken by the program it comes from.
 */
export function readPlain(plain: string): ReadBlock[] {
  const blocks: ReadBlock[] = [];
  let rows: string[][] = [];
  const endTable = () => {
    const isTable = rows.length > 1 && rows.some((row) => row[0] !== "");
    if (isTable) blocks.push({ kind: "table", header: false, rows });
    else for (const row of rows) push(blocks, row.join(" "), false);
    rows = [];
  };
  let before = "";
  for (const { cells, soft } of linesOf(storable(plain))) {
    if (cells.length > 1) {
      if (rows.length > 0 && rows[0]?.length !== cells.length) endTable();
      rows.push(cells);
      before = "";
      continue;
    }
    endTable();
    const [line = ""] = cells;
    push(blocks, line, soft || (before.length >= LONG && !/[。！？；：!?;:”）]\s*$/.test(before)));
    before = line.trim();
  }
  endTable();
  return blocks;
}

/** Shorter lines are headings or items, whatever they end with. */
const LONG = 20;

function push(blocks: ReadBlock[], text: string, soft: boolean): void {
  const words = text.replace(/[\t ]+/g, " ").trim();
  if (!/[^\s\u200b-\u200f\u2060\ufeff]/.test(words)) return;
  const line: ReadLine = {
    kind: "line",
    runs: [{ text: words, bold: false }],
    label: "",
    list: null,
    isHeading: false,
    soft,
  };
  blocks.push(line);
}

type Line = { cells: string[]; soft: boolean };

function* linesOf(text: string): Generator<Line> {
  let [cells, soft]: [string[], boolean] = [[], false];
  for (let at = 0; at <= text.length;) {
    QUOTED.lastIndex = at;
    WORDS.lastIndex = at;
    const quoted = QUOTED.exec(text);
    // A spreadsheet puts a cell in quotes only where it must; other quotes are the text's own.
    const isCell = quoted !== null && /[\t\r\n]|""/.test(quoted[1] ?? "");
    const words = isCell ? quoted[0] : (WORDS.exec(text)?.[0] ?? "");
    cells.push(isCell ? joinedLines((quoted[1] ?? "").replaceAll('""', '"').split(/[\t\r\n]+/)) : words);
    const end = at + words.length;
    const mark = text.charAt(end);
    at = end + (text.startsWith("\r\n", end) ? 2 : 1);
    if (mark === "\t") continue;
    yield { cells: cells.length > 1 ? cells.map((cell) => cell.trim()) : cells, soft };
    [cells, soft] = [[], /[\v\f\u2028]/.test(mark)];
  }
}

const QUOTED = /"((?:[^"]|""){0,5000})"(?=[\t\r\n]|$)/y;
const WORDS = /[^\t\r\n\v\f\u0085\u2028\u2029]*/y;
