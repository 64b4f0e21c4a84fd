import { mergedCells } from "../merged-cells";
import type { Annex } from "../report-document";
import { columnWidths, rowLines, total } from "./column-widths";
import { titleLines } from "./title-lines";

/** In points; `widths` are whole columns with their insets. `header` is in lines. */
export type TableLayout = {
  size: number;
  leading: number;
  inset: { x: number; y: number };
  widths: number[];
  header: string[][];
  /** How many rows each cell spans (render/merged-cells.ts); 0 for those that are covered. */
  spans: number[][];
  /** False when every row fits on a sheet and so need not be torn in two. */
  breakable: boolean;
};

/** 五号, and smaller only for a table whose numbers would not fit side by side. */
const SIZES = [10.5, 9, 7.5, 6] as const;
const SMALLEST = 6;
const LEADING = 0.3;
/** A table of many columns needs every point for its words. */
const insetOf = (columns: number) => ({ x: columns > 8 ? 2 : 4, y: 5 });

/**
 * Type size, columns and header lines of a table. `width` and `height` in points are its room on a sheet; `largest` is the
 * type that is tried first: 小四 in the text, 五号 in an annex.
 */
export function tableLayout(
  table: Pick<Annex, "header" | "rows">,
  width: number,
  height: number,
  largest: number = SIZES[0],
): TableLayout {
  const inset = insetOf(table.header.length);
  const room = width - 2 * inset.x * table.header.length;
  const { size, ems } = fittingColumns(table, room, largest);
  const tall = table.rows.map((row) => rowLines(row, ems) * size * (1 + LEADING));
  return {
    size,
    leading: LEADING * size,
    inset,
    widths: ems.map((em) => em * size + 2 * inset.x),
    header: table.header.map((cell, x) => titleLines(cell, Math.max(1, Math.floor((ems[x] ?? 1) * 2) / 2))),
    // Half a sheet leaves room for what the estimate does not know: punctuation that may not begin a line.
    breakable: Math.max(...tall) > height / 2,
    spans: onOneSheet(
      mergedCells(table),
      tall.map((row) => row + 2 * inset.y),
      height / 3,
    ),
  };
}

/** A remark over more rows than half a sheet is said again, so that each part stands whole on one. */
function onOneSheet(spans: readonly number[][], tall: readonly number[], most: number): number[][] {
  const split = spans.map((row) => [...row]);
  for (const [y, row] of spans.entries()) {
    for (const [x, span] of row.entries()) {
      let first = y;
      let height = 0;
      for (let below = y; below < y + span; below++) {
        height += tall[below] ?? 0;
        const line = split[below];
        if (!line) continue;
        const begins = below === first || height > most;
        if (below > first && begins) [first, height] = [below, tall[below] ?? 0];
        line[x] = below === first ? 1 : 0;
        const head = split[first];
        if (head && below > first) head[x] = below - first + 1;
      }
    }
  }
  return split;
}

/** The largest type in which the columns fit; their widths take long to find, so no smaller one is tried. */
function fittingColumns(
  table: Pick<Annex, "header" | "rows">,
  room: number,
  largest: number,
): { size: number; ems: number[] } {
  for (const size of new Set([largest, ...SIZES])) {
    const ems = columnWidths(table, room / size);
    if (total(ems) * size <= room + 0.01) return { size, ems };
  }
  return { size: SMALLEST, ems: columnWidths(table, room / SMALLEST) };
}
