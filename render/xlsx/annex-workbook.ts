import ExcelJS from "exceljs";
import { completionShown } from "../../domain/indicator/derive";
import {
  decimalsOf,
  FIGURE_FIELDS,
  type Figure,
  type FigureField,
  type IndicatorRow,
} from "../../domain/indicator/figure";
import { annexHeader, printFigure } from "../../domain/indicator/printing";
import { mergedRows } from "../merged-cells";
import { withFixedTimes } from "./fixed-times";
import { landscapeSheet } from "./landscape-sheet";
import { withMergedRemarks } from "./merged-remarks";

export type Annex = { title: string; year: number; half: 1 | 2; rows: readonly IndicatorRow[] };

/**
 * The annex as an .xlsx of one sheet: title, the 12 headings, a row for each indicator. Numbers are numbers with their
 * displayed decimals; "/", 暂未反馈 and words are text; an estimate has a comment. A4 landscape, headings on every page.
 * Equal input gives equal bytes.
 */
export async function annexWorkbook(annex: Annex): Promise<Uint8Array> {
  const { workbook, sheet } = annexSheet(annex, annexHeader(annex.year, annex.half));
  for (const [index, row] of annex.rows.entries()) {
    for (const [place, field] of FIGURE_FIELDS.entries()) {
      const figure = field === "completion" ? completionShown(row).figure : row.figures[field];
      const cell = sheet.getCell(FIRST_ROW + index, FIRST_FIGURE + place);
      putFigure(cell, figure);
      if (figure?.state === "estimate" && field !== "completion") cell.note = "预计数";
    }
  }
  return withMergedRemarks(await bytesOf(workbook), remarkMerges(annex));
}

export const HEADER_ROW = 2;
export const FIRST_ROW = 3;
/** The column of the first figure, after 序号, 主要经济指标 and 计算单位. */
export const FIRST_FIGURE = 4;

/** The sheet with everything but its figures; `headings` beyond the twelve are written, their columns left plain. */
export function annexSheet(
  annex: Annex,
  headings: readonly string[],
): { workbook: ExcelJS.Workbook; sheet: ExcelJS.Worksheet } {
  const { workbook, sheet } = landscapeSheet({
    title: annex.title,
    sheet: "主要经济指标",
    // The end of the period.
    at: new Date(Date.UTC(annex.year, annex.half === 1 ? 5 : 11, annex.half === 1 ? 30 : 31)),
    headerRow: HEADER_ROW,
    view: { xSplit: 2, topLeftCell: "C3", activeCell: "D3" },
    // ExcelJS writes a $ before each end and none before the row.
    printArea: `A$1:L$${HEADER_ROW + annex.rows.length}`,
  });
  for (const [index, width] of WIDTHS.entries()) sheet.getColumn(index + 1).width = width;
  writeTitle(sheet, annex.title);
  writeHeadings(sheet, headings);
  for (const [index, row] of annex.rows.entries()) writeRow(sheet, FIRST_ROW + index, index + 1, row);
  return { workbook, sheet };
}

/** A figure as it is printed; a number that a double cannot hold exactly is written as text. */
export function putFigure(cell: ExcelJS.Cell, figure: Figure | null | undefined): void {
  const isNumber = figure?.state === "number" || figure?.state === "estimate";
  if (isNumber && figure.digits.replace(/\D/g, "").length <= EXACT_DIGITS) {
    cell.value = Number(figure.digits);
    cell.numFmt = formatOf(decimalsOf(figure.digits));
  } else if (figure) {
    cell.value = printFigure(figure);
  }
}

export const formatOf = (decimals: number): string => (decimals === 0 ? "0" : `0.${"0".repeat(decimals)}`);

export async function bytesOf(workbook: ExcelJS.Workbook): Promise<Uint8Array> {
  const bytes = await workbook.xlsx.writeBuffer();
  return withFixedTimes(Buffer.from(bytes));
}

/** Equal remarks of consecutive rows, as ranges of the last column: L3:L5. */
function remarkMerges({ rows }: Annex): string[] {
  const spans = mergedRows(
    rows.map((row) => [printFigure(row.figures.remark)]),
    0,
  );
  return spans.flatMap((span, index) => (span > 1 ? [`L${FIRST_ROW + index}:L${FIRST_ROW + index + span - 1}`] : []));
}

const EXACT_DIGITS = 15;
/** In characters: 序号, 指标, 单位, eight figures, 备注. */
const WIDTHS = [6, 24, 10, 12, 12, 11, 12, 11, 13, 11, 12, 32] as const;
const LINE_POINTS = 15;
const SONG = "SimSun";
const FANG_SONG = "仿宋";

function writeTitle(sheet: ExcelJS.Worksheet, title: string): void {
  sheet.mergeCells(1, 1, 1, WIDTHS.length);
  const cell = sheet.getCell(1, 1);
  cell.value = title;
  cell.font = { name: SONG, size: 18, bold: true };
  cell.alignment = { horizontal: "center", vertical: "middle", wrapText: true };
  sheet.getRow(1).height = 36;
}

function writeHeadings(sheet: ExcelJS.Worksheet, headings: readonly string[]): void {
  const row = sheet.getRow(HEADER_ROW);
  row.height = 3 * LINE_POINTS + 6;
  for (const [index, heading] of headings.entries()) {
    const cell = row.getCell(index + 1);
    cell.value = heading;
    if (index >= WIDTHS.length) continue;
    cell.font = { name: SONG, size: 11, bold: true };
    frame(cell, "center");
  }
}

function writeRow(sheet: ExcelJS.Worksheet, number: number, position: number, row: IndicatorRow): void {
  const line = sheet.getRow(number);
  for (const index of WIDTHS.keys()) {
    const cell = line.getCell(index + 1);
    cell.font = { name: FANG_SONG, size: 11 };
    frame(cell, index === 1 || index === WIDTHS.length - 1 ? "left" : "center");
  }
  line.getCell(1).value = position;
  line.getCell(2).value = row.officialName;
  line.getCell(3).value = row.unit;
  line.height = linesOf(row) * LINE_POINTS + 6;
}

function frame(cell: ExcelJS.Cell, horizontal: "left" | "center"): void {
  const side = { style: "thin" } as const;
  cell.border = { top: side, left: side, bottom: side, right: side };
  cell.alignment = { horizontal, vertical: "middle", wrapText: true };
}

/** Lines that the fullest cell of a row wraps to: readers do not grow a row for its text when a file is opened. */
function linesOf(row: IndicatorRow): number {
  const printed = FIGURE_FIELDS.map((field: FigureField) =>
    printFigure(field === "completion" ? completionShown(row).figure : row.figures[field]),
  );
  const texts = ["", row.officialName, row.unit, ...printed];
  return Math.max(...texts.map((text, index) => Math.ceil(widthOf(text) / ((WIDTHS[index] ?? 1) - 0.5)) || 1));
}

/** In the units of a column's width, a digit of the default font: a Chinese character takes two. */
const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (c > "\u2E7F" ? 2.1 : 1.05), 0);
