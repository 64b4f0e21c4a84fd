import type { Block } from "./block";
import { COLUMNS, fieldAt } from "./columns";
import type { CellRef } from "./sheet";

/** A cell of the grid, or a corner of a range: row and column as they are shown, from 0. */
export type Spot = { row: number; column: number };
export type Range = { from: Spot; to: Spot };

export type Placed = {
  changes: (CellRef & { typed: string })[];
  /** Cells of the block that fell on cells which this person may not fill in, or that are the catalogue's. */
  locked: number;
  /** Cells that fell beyond the table's edge. */
  outside: number;
  /** Names in the block's own column of names that no row bears: their rows are left out. */
  unknown: string[];
};

type Row = { id: string; mayFill: boolean; officialName: string; shortName: string; aliases: readonly string[] };

/**
 * Lays a block over the table from a cell on, as a spreadsheet does: one value over a selected range fills the range.
 * A block with the table's own headings loses them, and one with the indicators' names goes to the rows that bear them,
 * whatever their order.
 */
export function placeBlock(block: Block, range: Range, rows: readonly Row[]): Placed {
  const body = withoutHeadings(block);
  const { from, to } = ordered(range);
  const single = body.length === 1 && body[0]?.length === 1;
  const placed: Placed = { changes: [], locked: 0, outside: 0, unknown: [] };
  if (single) {
    for (let row = from.row; row <= to.row; row++) {
      for (let column = from.column; column <= to.column; column++) put(placed, rows[row], column, body[0]?.[0] ?? "");
    }
    return placed;
  }
  const names = columnOfNames(body, from.column, rows);
  body.forEach((cells, at) => {
    const row = names === null ? rows[from.row + at] : rows.find((one) => isCalled(one, cells[names] ?? ""));
    const isNamed = names !== null && (cells[names] ?? "").trim() !== "";
    if (!row && isNamed) placed.unknown.push(cells[names] ?? "");
    else cells.forEach((typed, offset) => put(placed, row, from.column + offset, typed));
  });
  return placed;
}

export function ordered({ from, to }: Range): Range {
  return {
    from: { row: Math.min(from.row, to.row), column: Math.min(from.column, to.column) },
    to: { row: Math.max(from.row, to.row), column: Math.max(from.column, to.column) },
  };
}

function put(placed: Placed, row: Row | undefined, column: number, typed: string): void {
  const field = fieldAt(column);
  if (!row || column >= COLUMNS.length) placed.outside += typed.trim() === "" ? 0 : 1;
  else if (!field || !row.mayFill) placed.locked += typed.trim() === "" || !field ? 0 : 1;
  else placed.changes.push({ id: row.id, field, typed });
}

/** The table's first heading is 序号, its second 主要经济指标: a first row with either, and no digit of its own, heads. */
function withoutHeadings(block: Block): Block {
  const [first] = block;
  const heads =
    first?.some((cell) => /^序号$|指标/.test(cell)) && !first.some((cell) => /^[-+]?\d+(\.\d+)?$/.test(cell));
  return heads && block.length > 1 ? block.slice(1) : block;
}

/** Where in the block the indicators' names stand, if it reaches over their column and bears at least one. */
function columnOfNames(block: Block, from: number, rows: readonly Row[]): number | null {
  const at = COLUMNS.indexOf("name") - from;
  return at >= 0 && block.some((cells) => rows.some((row) => isCalled(row, cells[at] ?? ""))) ? at : null;
}

function isCalled(row: Row, name: string): boolean {
  const plain = name.replace(/\s/g, "");
  return plain !== "" && [row.officialName, row.shortName, ...row.aliases].includes(plain);
}
