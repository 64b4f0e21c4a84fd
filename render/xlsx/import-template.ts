import type ExcelJS from "exceljs";
import { completion, completionShown } from "../../domain/indicator/derive";
import {
  ESTIMATED,
  FIGURE_FIELDS,
  NUMERIC_FIELDS,
  type FigureField,
  type IndicatorRow,
} from "../../domain/indicator/figure";
import { CODE_HEADING } from "../../domain/indicator/files/headings";
import { annexHeader, printFigure, typedFigure } from "../../domain/indicator/printing";
import { annexSheet, bytesOf, FIRST_FIGURE, FIRST_ROW, formatOf, putFigure, type Annex } from "./annex-workbook";

/**
 * The annex as a sheet to fill in and hand back (domain/indicator/files/read-workbook.ts): figures are open, all else is
 * locked without a password; 完成率 is grey and works itself out; a hidden column holds the indicators' codes.
 */
export async function importTemplate(annex: Annex): Promise<Uint8Array> {
  const headings = [...annexHeader(annex.year, annex.half), CODE_HEADING];
  const { workbook, sheet } = annexSheet(annex, headings);
  sheet.getColumn(headings.length).hidden = true;
  for (const [index, row] of annex.rows.entries()) {
    const line = sheet.getRow(FIRST_ROW + index);
    line.getCell(headings.length).value = row.code;
    for (const [place, field] of FIGURE_FIELDS.entries()) {
      const cell = line.getCell(FIRST_FIGURE + place);
      if (field === "completion") putCompletion(cell, row, FIRST_ROW + index);
      else putOpen(cell, row, field);
    }
  }
  writeGuidance(sheet, FIRST_ROW + annex.rows.length + 1);
  await sheet.protect("", { formatCells: false, formatColumns: false, formatRows: false });
  return bytesOf(workbook);
}

const LOCKED = { type: "pattern", pattern: "solid", fgColor: { argb: "FFE7E6E6" } } as const;
const GUIDANCE =
  "填报说明：不适用填“/”；还没有反馈填“暂未反馈”；预计数在数前写“预计”，如 预计59.1；没有数就留空，确实为零填 0。" +
  "只填数字，不改单位。灰色的完成率自动算出，不用填。";

function putOpen(cell: ExcelJS.Cell, row: IndicatorRow, field: Exclude<FigureField, "completion">): void {
  const figure = row.figures[field];
  const numeric = NUMERIC_FIELDS.find((each) => each === field);
  const decimals = numeric && row.decimals[numeric];
  if (decimals !== undefined) cell.numFmt = formatOf(decimals);
  // As text, so that the final number that is typed over it is not marked as an estimate any more.
  if (figure?.state === "estimate") cell.value = typedFigure(figure);
  else putFigure(cell, figure);
  cell.protection = { locked: false };
}

function putCompletion(cell: ExcelJS.Cell, row: IndicatorRow, line: number): void {
  cell.fill = LOCKED;
  const shown = completionShown(row);
  if (shown.isOverride) {
    putFigure(cell, shown.figure);
    return;
  }
  const derived = completion(row)?.figure;
  const isNumber = derived?.state === "number" || derived?.state === "estimate";
  const result = isNumber ? Number(derived.digits) : printFigure(derived).replace(ESTIMATED, "");
  cell.value = { formula: row.kind === "total" ? rateFormula(line) : againstFormula(line), result };
  cell.numFmt = formatOf(2);
}

function rateFormula(line: number): string {
  const [actual, plan] = [addressOf("actual", line), addressOf("planTotal", line)];
  return ifStated(actual, plan, `ROUND(${numberIn(actual)}/${numberIn(plan)}*100,2)`);
}

function againstFormula(line: number): string {
  const [growth, plan] = [addressOf("growth", line), addressOf("planGrowth", line)];
  const gap = `ROUND(${numberIn(growth)}-${numberIn(plan)},6)`;
  const side = `IF(${gap}>0,"高于","低于")&"计划增速"&ABS(${gap})&"个百分点"`;
  return ifStated(growth, plan, `IF(${gap}=0,"与计划增速持平",${side})`);
}

/** "/" and 暂未反馈 pass through, anything else that is no number leaves the cell blank (derive.ts, `completion`). */
function ifStated(one: string, other: string, value: string): string {
  const either = (word: string): string => `OR(${one}="${word}",${other}="${word}")`;
  return `IF(${either("/")},"/",IF(${either("暂未反馈")},"暂未反馈",IFERROR(${value},"")))`;
}

const numberIn = (address: string): string => `VALUE(SUBSTITUTE(${address},"${ESTIMATED}",""))`;

function addressOf(field: FigureField, line: number): string {
  const column = FIRST_FIGURE + FIGURE_FIELDS.findIndex((each) => each === field);
  return `${String.fromCodePoint(64 + column)}${line}`;
}

function writeGuidance(sheet: ExcelJS.Worksheet, line: number): void {
  sheet.mergeCells(line, 1, line, 12);
  const cell = sheet.getCell(line, 1);
  cell.value = GUIDANCE;
  cell.font = { name: "仿宋", size: 11 };
  cell.alignment = { vertical: "middle", wrapText: true };
  sheet.getRow(line).height = 36;
}
