import { oneLine, type Block } from "./block";

/**
 * A block as spreadsheets copy it in plain text: cells by tabs, rows by line ends, and a cell that holds a tab, a line end
 * or a quote stands in quotes, with its quotes doubled.
 */
export function blockOf(text: string): Block {
  const rows: Block = [];
  let row: string[] = [];
  let at = 0;
  const lines = text.replaceAll("\0", "").replace(/(?:\r\n?|\n)$/, "");
  for (;;) {
    const quoted = QUOTED.exec(lines.slice(at));
    const end = quoted ? at + quoted[0].length : nextBreak(lines, at);
    row.push(oneLine(quoted ? (quoted[1] ?? "").replaceAll('""', '"') : lines.slice(at, end)));
    const mark = lines.charAt(end);
    if (mark !== "\t") {
      rows.push(row);
      row = [];
    }
    if (mark === "") return rows;
    at = end + (lines.startsWith("\r\n", end) ? 2 : 1);
  }
}

/** A block in plain text, for other spreadsheets. */
export const textOf = (block: Block): string =>
  block
    .map((row) => row.map((cell) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"))
    .join("\r\n");

/** A cell in quotes ends at a tab, a line end or the end; a quote that nothing closes is only a letter. */
const QUOTED = /^"((?:[^"]|"")*)"(?=[\t\r\n]|$)/;

function nextBreak(text: string, from: number): number {
  const found = text.slice(from).search(/[\t\r\n]/);
  return found === -1 ? text.length : from + found;
}
