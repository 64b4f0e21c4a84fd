import type { Change, ComparedGrid, ComparedRow, ComparedSpan } from "../../render/comparison";
import { align, inOneOrder, type Pair } from "../section/compare-lists";
import { cellAs, compareCell, type Room } from "./compare-spans";

/** A table as printed, every row equally long; `ids` are what its rows are of, where that is known. */
export type Grid = { header: readonly string[] | null; rows: readonly (readonly string[])[]; ids?: readonly string[] };

/**
 * Two tables cell by cell: columns matched by heading, rows by what they are of, then by what they say, then by name. Both
 * have a header, or neither.
 */
export function compareGrids(before: Grid, after: Grid, room: Room): ComparedGrid {
  const columns = align(headingsOf(before), headingsOf(after), [(heading) => heading]);
  const was = pairRows(before, after, columns);
  const header = before.header && after.header ? compareRow(columns, before.header, after.header, room) : null;
  const numbers = numberColumns(header);
  const moves = new Map<number, number>();
  const rows = inOneOrder(was, before.rows.length, after.rows.length).map(({ from, to, stands }): ComparedRow => {
    const [old, now] = [from === null ? null : before.rows[from], to === null ? null : after.rows[to]];
    const id = to === null ? before.ids?.[from ?? 0] : after.ids?.[to];
    const about = {
      ...(old && now && stands !== "still" ? { move: numbered(moves, to ?? 0) } : {}),
      ...(id === undefined ? {} : { of: id }),
    };
    if (old && (!now || stands === "left")) {
      return { change: "deleted", ...about, cells: columns.map(([x]) => oneCell(old, x, "deleted")) };
    }
    if (now && (!old || stands === "came")) {
      return { change: "inserted", ...about, cells: columns.map(([, x]) => oneCell(now, x, "inserted")) };
    }
    const cells = compareRow(columns, old ?? [], now ?? [], room);
    if (cells.every(isSame)) return { change: "same", ...about, cells };
    const isNumberOnly = cells.every((cell, x) => isSame(cell) || (numbers.has(x) && cell.every(isDigits)));
    return { change: "changed", ...about, ...(isNumberOnly ? { renumbered: true as const } : {}), cells };
  });
  return { columns: columns.map(columnChange), header, rows };
}

/** The whole table with one change. */
export const gridAs = ({ header, rows, ids }: Grid, change: Change): ComparedGrid => ({
  columns: widestOf({ header, rows }).map(() => change),
  header: header && header.map((cell) => cellAs(cell, change)),
  rows: rows.map((row, at) => {
    const id = ids?.[at];
    return { change, ...(id === undefined ? {} : { of: id }), cells: row.map((cell) => cellAs(cell, change)) };
  }),
});

/** How many cells changed, came or went; a row's running number that follows from rows before it is none. */
export function changedCells({ columns, header, rows }: ComparedGrid): number {
  const numbers = numberColumns(header);
  const count = (cells: readonly ComparedSpan[][]) =>
    cells.filter((cell, x) => {
      if (columns[x] !== "same") return cell.length > 0;
      return !isSame(cell) && !(numbers.has(x) && cell.every(isDigits));
    }).length;
  const whole = (cells: readonly ComparedSpan[][]) => cells.filter((cell) => cell.length > 0).length;
  const inRows = rows.map(({ change, cells }) =>
    change === "changed" ? count(cells) : change === "same" ? 0 : whole(cells),
  );
  return [count(header ?? []), ...inRows].reduce((sum, cells) => sum + cells, 0);
}

const numberColumns = (header: readonly ComparedSpan[][] | null): Set<number> =>
  new Set(header?.flatMap((cell, x) => (cell.map(({ text }) => text).join("") === "序号" ? [x] : [])));
const isDigits = ({ text }: ComparedSpan): boolean => /^\d+$/.test(text);
export const isSame = (spans: readonly ComparedSpan[]): boolean => spans.every(({ change }) => change === "same");

const widestOf = ({ header, rows }: Pick<Grid, "header" | "rows">): readonly string[] =>
  rows.reduce<readonly string[]>((widest, row) => (row.length > widest.length ? row : widest), header ?? []);

const headingsOf = (grid: Grid): string[] => widestOf(grid).map((_, x) => grid.header?.[x] ?? `#${x}`);

function pairRows(before: Grid, after: Grid, columns: readonly Pair[]): Map<number, number> {
  const was = new Map<number, number>();
  const byId = new Map(before.ids?.map((id, from) => [id, from]));
  for (const [to, id] of after.ids?.entries() ?? []) {
    const from = byId.get(id);
    if (from !== undefined) was.set(to, from);
  }
  const taken = new Set(was.values());
  const shared = columns.flatMap(([from, to]) => (from !== null && to !== null ? [{ from, to }] : []));
  type Line = { at: number; cells: readonly string[]; side: "from" | "to" };
  const line = (side: Line["side"]) => (cells: readonly string[], at: number) => ({ at, cells, side });
  const all = ({ cells, side }: Line) => JSON.stringify(shared.map((column) => cells[column[side]] ?? ""));
  const name = ({ cells }: Line) => cells.find((cell) => /\p{L}/u.test(cell)) ?? cells[0] ?? "";
  const old = before.rows.map(line("from")).filter(({ at }) => !taken.has(at));
  const now = after.rows.map(line("to")).filter(({ at }) => !was.has(at));
  const put = (from: Line | undefined, to: Line | undefined) => {
    if (from && to) was.set(to.at, from.at);
  };
  // A row known to be of something else does not become another for standing in its place.
  if (!before.ids || !after.ids) {
    for (const [from, to] of align(old, now, [all, name])) {
      if (from !== null && to !== null) put(old[from], now[to]);
    }
  }
  const paired = new Set(was.values());
  for (const key of [all, name]) {
    const left = old.filter(({ at }) => !paired.has(at));
    const come = now.filter(({ at }) => !was.has(at));
    const here = onlyOnes(left, key);
    for (const [said, to] of onlyOnes(come, key)) {
      const from = here.get(said);
      put(from, to);
      if (from) paired.add(from.at);
    }
  }
  return was;
}

/** Those that no other is like. */
function onlyOnes<T>(items: readonly T[], key: (item: T) => string): Map<string, T> {
  const lists = new Map<string, T[]>();
  for (const item of items) lists.set(key(item), [...(lists.get(key(item)) ?? []), item]);
  return new Map([...lists].flatMap(([said, [one, ...others]]) => (one && others.length === 0 ? [[said, one]] : [])));
}

const compareRow = (
  columns: readonly Pair[],
  old: readonly string[],
  now: readonly string[],
  room: Room,
): ComparedSpan[][] =>
  columns.map(([from, to]) => {
    if (from === null) return oneCell(now, to, "inserted");
    if (to === null) return oneCell(old, from, "deleted");
    return compareCell(old[from] ?? "", now[to] ?? "", room);
  });

const oneCell = (cells: readonly string[], x: number | null, change: Change): ComparedSpan[] =>
  x === null ? [] : cellAs(cells[x] ?? "", change);

const columnChange = ([from, to]: Pair): Change => (from === null ? "inserted" : to === null ? "deleted" : "same");

function numbered<K>(numbers: Map<K, number>, key: K): number {
  const number = numbers.get(key) ?? numbers.size + 1;
  numbers.set(key, number);
  return number;
}
