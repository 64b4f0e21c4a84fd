import type { Annex } from "./report-document";

/**
 * How many rows each cell of a column spans when equal remarks of consecutive rows are printed once: 1 for a cell of its own, n for the first of n equal ones, 0 for those it covers. Blanks stay apart.
 */
export function mergedRows(rows: readonly (readonly string[])[], column: number): number[] {
  const spans: number[] = [];
  let first = 0;
  for (const [index, row] of rows.entries()) {
    const text = row[column]?.trim() ?? "";
    if (index > 0 && text !== "" && text === rows[first]?.[column]?.trim()) {
      spans[first] = (spans[first] ?? 0) + 1;
      spans.push(0);
    } else {
      first = index;
      spans.push(1);
    }
  }
  return spans;
}

/**
 * The spans of a whole table, row by row: only the columns of remarks (备注, 说明) are merged, since equal numbers, ranks
 * or units in rows below each other are facts of their own.
 */
export function mergedCells({ header, rows }: Pick<Annex, "header" | "rows">): number[][] {
  const columns = header.map((title, x) => (isRemarks(title) ? mergedRows(rows, x) : null));
  return rows.map((row, y) => row.map((_, x) => columns[x]?.[y] ?? 1));
}

/** True of a column whose head says that it holds remarks. */
export const isRemarks = (title: string): boolean => /^(备\s*注|说\s*明)$/.test(title.trim());
