import { joinedLines, wordsOf, type ReadBlock, type ReadLine } from "./pasted";

/** One cell as it was read. `exact` is the number that Excel shows as ####, or "". */
export type ReadCell = {
  blocks: ReadBlock[];
  colspan: number;
  rowspan: number;
  hidden: boolean;
  isHead: boolean;
  exact: string;
};
type ReadRow = { cells: readonly ReadCell[]; hidden: boolean };
type Place = { words: string; cell: ReadCell | null };

/**
 * A table without merged cells: each cell's words once, in the first place it covers, the others blank. A first or last
 * row that is one cell over the whole width is a line before or behind the table, and a table of one cell is its lines.
 * What is hidden and the blank rows and columns at the ends fall away.
 */
export function tableFrom(rows: readonly ReadRow[], hiddenColumns: ReadonlySet<number>): ReadBlock[] {
  const grid = trimmed(gridOf(rows, hiddenColumns));
  const only = grid.length === 1 && grid[0]?.length === 1 ? grid[0][0]?.cell : undefined;
  if (only) return only.blocks;
  const before: ReadBlock[] = [];
  const behind: ReadBlock[] = [];
  while (grid.length > 1 && isOneCell(grid[0])) before.push(...(grid.shift()?.[0]?.cell?.blocks ?? []));
  while (grid.length > 1 && isOneCell(grid.at(-1))) behind.unshift(...(grid.pop()?.[0]?.cell?.blocks ?? []));
  if (grid.length === 0) return [];
  const table: ReadBlock = {
    kind: "table",
    header: isHeader(grid),
    rows: grid.map((row) => row.map((place) => place.words)),
  };
  return [...before, table, ...behind];
}

function gridOf(rows: readonly ReadRow[], hiddenColumns: ReadonlySet<number>): Place[][] {
  const grid: Place[][] = [];
  /** How many more rows each column is taken by a cell above. */
  const taken: number[] = [];
  for (const row of rows) {
    const places: Place[] = [];
    const fill = () => {
      while ((taken[places.length] ?? 0) > 0) {
        taken[places.length] = (taken[places.length] ?? 0) - 1;
        places.push({ words: "", cell: null });
      }
    };
    for (const cell of row.cells) {
      fill();
      for (let at = 0; at < cell.colspan; at += 1) {
        taken[places.length] = cell.rowspan - 1;
        places.push(at === 0 ? { words: cell.hidden ? "" : wordsIn(cell), cell } : { words: "", cell });
      }
    }
    fill();
    if (!row.hidden) grid.push(places.filter((_, at) => !hiddenColumns.has(at)));
  }
  const width = Math.max(0, ...grid.map((row) => row.length));
  return grid.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? { words: "", cell: null }));
}

/** A column too narrow for its number copies as ####; the number itself stands beside it. */
function wordsIn({ blocks, exact }: ReadCell): string {
  const words = joinedLines(blocks.flatMap(linesIn));
  return /^#+$/.test(words) && exact !== "" ? exact : words;
}

const linesIn = (block: ReadBlock): string[] =>
  block.kind === "table"
    ? block.rows.flat()
    : [`${block.list === null || /\p{N}/u.test(block.label) ? block.label : ""}${wordsOf(block)}`];

function trimmed(grid: readonly Place[][]): Place[][] {
  const isBlank = (places: readonly (Place | undefined)[]) => places.every((place) => !place || place.words === "");
  const rows = [...grid];
  while (rows.length > 0 && isBlank(rows.at(-1) ?? [])) rows.pop();
  while (rows.length > 0 && isBlank(rows[0] ?? [])) rows.shift();
  let width = rows[0]?.length ?? 0;
  while (width > 0 && isBlank(rows.map((row) => row[width - 1]))) width -= 1;
  let from = 0;
  while (from < width && isBlank(rows.map((row) => row[from]))) from += 1;
  return rows.map((row) => row.slice(from, width));
}

/** One merged cell over all columns: a title above a table, a note under it. */
const isOneCell = (row: readonly Place[] | undefined): boolean =>
  row !== undefined && row.length > 1 && row[0]?.cell !== null && row.every((place) => place.cell === row[0]?.cell);

/** The program says so, or it looks so: bold, or words above numbers. */
function isHeader(grid: readonly Place[][]): boolean {
  const [first = [], second = []] = grid;
  const cells = first.filter((place) => place.words !== "");
  if (grid.length < 2 || cells.length === 0) return false;
  if (cells.every(({ cell }) => cell?.isHead === true || isBold(cell))) return true;
  const isNumber = ({ words }: Place) => /^[-+−]?[\d,]+(?:\.\d+)?%?$/.test(words);
  return !cells.some(isNumber) && cells.length === first.length && second.some(isNumber);
}

const isBold = (cell: ReadCell | null): boolean => {
  const lines = (cell?.blocks ?? []).filter((block): block is ReadLine => block.kind === "line");
  return lines.length > 0 && lines.every((line) => line.runs.every((run) => run.bold || run.text.trim() === ""));
};
