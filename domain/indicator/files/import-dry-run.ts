import { completion, completionShown } from "../derive";
import { numberOf, type Figure, type FigureField, type IndicatorRow } from "../figure";
import type { WorkbookRead } from "./read-workbook";

/** `needsReason`: a completion that is neither the derived one nor the override that stands. */
export type ImportChange = {
  indicator: string;
  field: FigureField;
  before: Figure | null;
  after: Figure | null;
  needsReason: boolean;
};

/**
 * What taking a file over would change, cell by cell, and how many cells say what stands already: 51.4 says the same as
 * 51.40. A completion that is the derived one of the new figures changes nothing, or takes an override away.
 */
export function importDryRun(
  rows: readonly IndicatorRow[],
  read: {
    cells: readonly Pick<WorkbookRead["cells"][number], "code" | "field" | "figure">[];
    errors: WorkbookRead["errors"];
  },
): { changes: ImportChange[]; same: number; errors: WorkbookRead["errors"] } {
  const changes: ImportChange[] = [];
  let same = 0;
  for (const row of rows) {
    const typed = read.cells.filter((cell) => cell.code === row.code);
    const others = typed.filter((cell) => cell.field !== "completion");
    const filled = Object.fromEntries(others.map((cell) => [cell.field, cell.figure]));
    const after: IndicatorRow = { ...row, figures: { ...row.figures, ...filled } };
    for (const cell of typed) {
      const change = cell.field === "completion" ? completionChange(row, after, cell.figure) : plainChange(row, cell);
      if (change) changes.push(change);
      else same += 1;
    }
  }
  return { changes, same, errors: read.errors };
}

function plainChange(row: IndicatorRow, cell: { field: FigureField; figure: Figure }): ImportChange | null {
  const before = row.figures[cell.field] ?? null;
  if (saysTheSame(before, cell.figure)) return null;
  return { indicator: row.code, field: cell.field, before, after: cell.figure, needsReason: false };
}

function completionChange(row: IndicatorRow, after: IndicatorRow, typed: Figure): ImportChange | null {
  if (agrees(completionShown(after).figure, typed)) return null;
  const isDerived = agrees(completion(after)?.figure ?? null, typed);
  return {
    indicator: row.code,
    field: "completion",
    before: completionShown(row).figure,
    after: isDerived ? null : typed,
    needsReason: !isDerived,
  };
}

/** A sheet shows the completion of an estimate as a plain number. */
function agrees(shown: Figure | null, typed: Figure): boolean {
  const [one, other] = [numberOf(shown), numberOf(typed)];
  return one && other ? one.eq(other) : saysTheSame(shown, typed);
}

function saysTheSame(one: Figure | null, other: Figure): boolean {
  if (one?.state !== other.state) return false;
  const number = numberOf(one);
  if (number) return number.eq(numberOf(other) ?? Number.NaN);
  return one.state !== "words" || (other.state === "words" && one.words === other.words);
}
