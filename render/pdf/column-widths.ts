import type { Annex } from "../report-document";
import { linePieces } from "./line-pieces";
import { textWidth } from "./text-width";
import { widestWord } from "./title-lines";

const STEP = 0.5;
/** A word of up to so many ems (万美元, 暂未反馈, 2024年) stays on one line, and so does a longer figure with its unit. */
const SHORT = 4;
const LONG = 6;

/**
 * Widths in ems that make a table low: each column gets room for its longest figure and short word, then the room that
 * is left goes, piece by piece, where it saves the most lines. The sum is `room`, or more when nothing fits.
 */
export function columnWidths({ header, rows }: Pick<Annex, "header" | "rows">, room: number): number[] {
  const table = [header, ...rows];
  const cells = header.map((_, x) => table.map((row) => textWidth(row[x] ?? "")));
  const widths = header.map((title, x) =>
    Math.max(2, longestNumber(title), Math.min(SHORT, widestWord(title)), ...rows.map((row) => unbroken(row[x] ?? ""))),
  );
  let left = room - total(widths);
  while (left >= STEP) {
    const gain = bestGain(cells, widths, left);
    if (!gain) break;
    widths[gain.column] = (widths[gain.column] ?? 0) + gain.ems;
    left -= gain.ems;
  }
  return left > 0 ? widths.map((width) => width + left / widths.length) : widths;
}

/** How many lines the row's tallest cell takes in columns of these widths. */
export function rowLines(row: readonly string[], widths: readonly number[]): number {
  return Math.max(1, ...row.map((cell, x) => linesOf(textWidth(cell), widths[x] ?? 1)));
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function unbroken(cell: string): number {
  const width = textWidth(cell);
  return width <= SHORT ? width : Math.max(longestNumber(cell), longestFigure(cell));
}

function longestFigure(cell: string): number {
  const widths = linePieces(cell).map((piece) => (piece.kept ? textWidth(piece.text) : 0));
  return Math.max(0, ...widths.filter((width) => width <= LONG));
}

/** Ascii runs (numbers, unit signs) are not broken. */
function longestNumber(cell: string): number {
  return Math.max(0, ...(cell.match(/[!-~]+/g) ?? []).map(textWidth));
}

function linesOf(cell: number, width: number): number {
  return Math.ceil(cell / Math.max(1, Math.floor(width * 2) / 2));
}

/** The widening that saves the most lines per em. `cells` are the widths of each column's texts. */
function bestGain(cells: number[][], widths: number[], left: number): { column: number; ems: number } | null {
  let best: { column: number; ems: number; rate: number } | null = null;
  const lines = cells.map((column, x) => column.map((cell) => linesOf(cell, widths[x] ?? 1)));
  for (const [x, column] of cells.entries()) {
    const besides = column.map((_, y) => Math.max(1, ...lines.map((other, z) => (z === x ? 1 : (other[y] ?? 1)))));
    const now = cost(lines[x] ?? [], besides);
    for (let ems = STEP; ems <= left; ems += STEP) {
      const wider = column.map((cell) => linesOf(cell, (widths[x] ?? 0) + ems));
      const rate = (now - cost(wider, besides)) / ems;
      if (rate > (best?.rate ?? 0)) best = { column: x, ems, rate };
    }
  }
  return best;
}

/** A cell's own lines count a little, so that one long cell beside another in its row is worth widening. */
function cost(column: readonly number[], besides: readonly number[]): number {
  let lines = 0;
  for (const [y, own] of column.entries()) lines += Math.max(own, besides[y] ?? 1) + 0.1 * own;
  return lines;
}
