import ExcelJS from "exceljs";
import { bytesOf } from "./annex-workbook";
import { landscapeSheet } from "./landscape-sheet";

export type ConsultationTable = {
  title: string;
  sheet: string;
  /** Of the edition that was commented on: the file's own time, so that equal contents are equal bytes. */
  sealedAt: Date;
  /** Of six columns: 序号, 单位, 位置, 意见, 采纳情况, 说明. */
  header: readonly string[];
  rows: readonly { organ: string; place: string; comment: string; disposition: string; reason: string }[];
  /** Lines under the table: the totals, who had no comments. */
  notes: readonly string[];
};

/**
 * 意见采纳情况表 as an .xlsx of one sheet: title, headings on every page, a row for each comment, then the notes. A4 landscape.
 * What somebody wrote is text and never a formula. Equal input gives equal bytes.
 */
export async function consultationWorkbook(table: ConsultationTable): Promise<Uint8Array> {
  const { workbook, sheet } = landscapeSheet({
    title: table.title,
    sheet: table.sheet,
    at: table.sealedAt,
    headerRow: HEADER_ROW,
  });
  for (const [index, width] of WIDTHS.entries()) sheet.getColumn(index + 1).width = width;
  writeLine(sheet, 1, table.title, { name: SONG, size: 18, bold: true }, "center");
  sheet.getRow(1).height = 36;
  writeCells(sheet, HEADER_ROW, table.header, { name: SONG, size: 11, bold: true });
  for (const [index, { organ, place, comment, disposition, reason }] of table.rows.entries()) {
    const cells = [index + 1, organ, place, comment, disposition, reason];
    writeCells(sheet, HEADER_ROW + 1 + index, cells, { name: FANG_SONG, size: 11 });
  }
  for (const [index, note] of table.notes.entries()) {
    writeLine(sheet, HEADER_ROW + 1 + table.rows.length + index, note, { name: FANG_SONG, size: 11 }, "left");
  }
  return bytesOf(workbook);
}

const HEADER_ROW = 2;
/** In characters: 序号, 单位, 位置, 意见, 采纳情况, 说明. */
const WIDTHS = [6, 16, 40, 40, 12, 36] as const;
const CENTRED = new Set([0, 1, 4]);
const LINE_POINTS = 15;
const SONG = "SimSun";
const FANG_SONG = "仿宋";

function writeLine(sheet: ExcelJS.Worksheet, row: number, text: string, font: Partial<ExcelJS.Font>, at: Horizontal) {
  sheet.mergeCells(row, 1, row, WIDTHS.length);
  const cell = sheet.getCell(row, 1);
  cell.value = text;
  cell.font = font;
  cell.alignment = { horizontal: at, vertical: "middle", wrapText: true };
  const width = WIDTHS.reduce((sum, one) => sum + one, 0);
  sheet.getRow(row).height = Math.ceil(widthOf(text) / width) * LINE_POINTS + 6;
}

type Horizontal = "left" | "center";

function writeCells(
  sheet: ExcelJS.Worksheet,
  row: number,
  values: readonly (string | number)[],
  font: Partial<ExcelJS.Font>,
) {
  const line = sheet.getRow(row);
  for (const [index, value] of values.entries()) {
    const cell = line.getCell(index + 1);
    cell.value = value;
    cell.font = font;
    const side = { style: "thin" } as const;
    cell.border = { top: side, left: side, bottom: side, right: side };
    cell.alignment = { horizontal: CENTRED.has(index) ? "center" : "left", vertical: "middle", wrapText: true };
  }
  // Readers do not grow a row for its text when a file is opened. A sheet's row is 409 points high at most.
  const lines = values.map((value, index) => linesOf(String(value), (WIDTHS[index] ?? 1) - 0.5));
  line.height = Math.min(Math.max(...lines, 1) * LINE_POINTS + 6, 409);
}

const linesOf = (text: string, width: number): number =>
  text.split("\n").reduce((sum, one) => sum + (Math.ceil(widthOf(one) / width) || 1), 0);

/** In the units of a column's width, a digit of the default font: a Chinese character takes two. */
const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (c > "\u2E7F" ? 2.1 : 1.05), 0);
