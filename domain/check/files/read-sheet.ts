import type { Cell, Worksheet } from "exceljs";
import { UnreadableFile } from "./unreadable-file";

/**
 * The visible sheets of a workbook, each as rows of cells as they are displayed: a number with the decimals of its format,
 * a merged cell's text in every cell that it covers. Throws UnreadableFile when it cannot be opened.
 */
export async function readSheets(bytes: Uint8Array): Promise<string[][][]> {
  // Loaded when asked for: the library takes longer to load than a CSV takes to check.
  const [{ openWorkbook }, { WorkbookRefused }, { cellText }] = await Promise.all([
    import("../../indicator/files/open-workbook"),
    import("../../indicator/files/workbook-refusal"),
    import("../../indicator/files/cell-text"),
  ]);
  const displayed = (cell: Cell): string => {
    // No decimals are wanted beyond those that are shown.
    const read = cellText(cell.isMerged ? cell.master : cell, 0);
    return "text" in read ? read.text : read.typed;
  };
  try {
    const workbook = await openWorkbook(bytes, { merges: true });
    return workbook.worksheets.filter(({ state }) => state === "visible").map((sheet) => readRows(sheet, displayed));
  } catch (error) {
    if (error instanceof WorkbookRefused) throw new UnreadableFile(PROBLEMS[error.key] ?? "broken-excel", error.params);
    throw error;
  }
}

const PROBLEMS = {
  "not-xlsx": "broken-excel",
  "old-excel": "old-excel",
  encrypted: "encrypted-excel",
  macros: "macro-excel",
  "too-large": "too-large",
  "too-much-inside": "too-large",
  damaged: "broken-excel",
  "no-table": "no-headings",
  "other-period": "no-headings",
} as const;

function readRows(sheet: Worksheet, displayed: (cell: Cell) => string): string[][] {
  const rows: string[][] = [];
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      cells[column - 1] = displayed(cell);
    });
    rows[number - 1] = Array.from(cells, (cell) => cell ?? "");
  });
  return Array.from(rows, (row) => row ?? []);
}
