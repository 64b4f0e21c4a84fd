import { readFileSync } from "node:fs";
import { readDemoTable } from "../../db/demo/indicators";
import type { FigureField, IndicatorRow } from "./figure";

/** The table of the half-year report of 2024, cell by cell as it was printed: a heading and 13 rows of 12 cells. */
export const REAL_CSV: readonly string[][] = lines("2024-h1.indicators.csv").map((line) => line.split(","));

/** The 13 bullets of its text, each without the dashes before it. */
export const REAL_BULLETS: readonly string[] = lines("2024-h1.clean.md").flatMap((line) =>
  /^——.*[；。]$/.test(line) ? [line.slice(2)] : [],
);

/** The same table as rows of the demonstration's catalogue, but that they take any decimals. */
export function realRows(): IndicatorRow[] {
  return readDemoTable(read("2024-h1.indicators.csv")).map(({ owner: _, confirmer: __, ...row }) => ({
    ...row,
    decimals: {},
  }));
}

/** One of its rows, by code. */
export function realRow(code: string): IndicatorRow {
  const row = realRows().find((each) => each.code === code);
  if (!row) throw new RangeError(`No row ${code}`);
  return row;
}

/** The same row with some of its figures blank. */
export function blanked(row: IndicatorRow, ...fields: FigureField[]): IndicatorRow {
  const kept = Object.entries(row.figures).filter(([field]) => !fields.some((each) => each === field));
  return { ...row, figures: Object.fromEntries(kept) };
}

function read(file: string): string {
  return readFileSync(new URL(`../../db/demo/${file}`, import.meta.url), "utf8");
}

function lines(file: string): string[] {
  return read(file)
    .split(/\r?\n/)
    .filter((line) => line !== "");
}
