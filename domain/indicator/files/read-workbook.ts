import type ExcelJS from "exceljs";
import { FIGURE_FIELDS, NUMERIC_FIELDS, type Figure, type FigureField, type Indicator } from "../figure";
import { parseFigure, type ParseErrorKey } from "../parse-figure";
import { cellText, type CellErrorKey } from "./cell-text";
import { headingOf, indicatorOf, isMixedUp, type Column, type Heading } from "./headings";
import { openWorkbook } from "./open-workbook";
import { WorkbookRefused, type WorkbookRefusal } from "./workbook-refusal";

/** Why a cell, or a whole row, is not taken: keys of messages/<locale>/figure.json, `error`. */
export const ROW_ERRORS = ["row-twice", "code-and-name-differ", "unit-differs"] as const;
export type ImportErrorKey = ParseErrorKey | CellErrorKey | (typeof ROW_ERRORS)[number];

/** `row` counts from 1 as spreadsheets do, `column` is their letter. */
export type ImportError = {
  row: number;
  column: string;
  /** The row's name as the file gives it, and the field, or null when it is the row that is wrong. */
  name: string;
  field: FigureField | null;
  typed: string;
  error: ImportErrorKey;
  params: Record<string, string | number>;
};

export type WorkbookRead = {
  sheet: string;
  /** Only what is filled in: a blank cell says nothing and erases nothing. */
  cells: { code: string; field: FigureField; figure: Figure; row: number; column: string }[];
  errors: ImportError[];
  /** Taken as displayed although the cell holds more decimals. */
  rounded: { row: number; column: string; stored: string; taken: string }[];
  /** Rows with figures that no indicator answers to; columns with a heading that is not of the table; other sheets. */
  unknownRows: { row: number; name: string }[];
  unknownColumns: { column: string; heading: string }[];
  otherSheets: string[];
};

/**
 * The indicators' table out of an .xlsx: rows by the template's hidden code or by a name, columns by their headings in any
 * order, on the first sheet that has them. Formulas under 完成率 are passed over: it is derived here. Nothing is stored.
 */
export async function readIndicatorWorkbook(
  bytes: Uint8Array,
  report: { indicators: readonly Indicator[]; year: number; half: 1 | 2 },
): Promise<WorkbookRead | { refusal: WorkbookRefusal }> {
  try {
    const workbook = await openWorkbook(bytes);
    const sheets = workbook.worksheets.filter((sheet) => sheet.state === "visible");
    const [table, ...others] = sheets.flatMap((sheet) => tableIn(sheet, report) ?? []);
    if (!table) throw new WorkbookRefused("no-table");
    refuseOtherPeriod(table, report);
    return { ...readTable(table, report.indicators), otherSheets: others.map((other) => other.sheet.name) };
  } catch (error) {
    if (error instanceof WorkbookRefused) return { refusal: { key: error.key, params: error.params } };
    throw error;
  }
}

type Period = { year: number; half: 1 | 2 };
type Placed = Heading & { text: string; at: number; letter: string };
type Table = {
  sheet: ExcelJS.Worksheet;
  headerRow: number;
  columns: Map<Column, number>;
  headings: Placed[];
  unknown: { column: string; heading: string }[];
};

const HEADER_WITHIN = 40;
const COLUMNS_AT_MOST = 100;

/** The first row that names the indicators' column and two figures. */
function tableIn(sheet: ExcelJS.Worksheet, period: Period): Table | null {
  for (let number = 1; number <= Math.min(HEADER_WITHIN, sheet.rowCount); number += 1) {
    const texts = textsOf(sheet, number);
    const placed = texts.flatMap((each): Placed[] => {
      const heading = headingOf(each.text, period.year);
      return heading ? [{ ...heading, ...each }] : [];
    });
    const headings = chosen(placed, period);
    const columns = new Map(headings.map((heading) => [heading.column, heading.at]));
    const figures = FIGURE_FIELDS.filter((field) => columns.has(field));
    if (figures.length < 2 || !(columns.has("name") || columns.has("code"))) continue;
    const unknown = texts.filter(({ at }) => !headings.some((heading) => heading.at === at));
    return {
      sheet,
      headerRow: number,
      columns,
      headings,
      unknown: unknown.map(({ letter, text }) => ({ column: letter, heading: text })),
    };
  }
  return null;
}

/** Of two headings of one column the one of the report's period: 2023年上半年 may stand beside 2024年上半年. */
function chosen(placed: readonly Placed[], period: Period): Placed[] {
  return placed.filter((heading) => {
    const rivals = placed.filter((other) => other.column === heading.column);
    return heading === (rivals.find((rival) => isOfPeriod(rival, period)) ?? rivals[0]);
  });
}

function isOfPeriod(heading: Heading, { year, half }: Period): boolean {
  const wanted = heading.column === "lastActual" ? year - 1 : year;
  return (heading.year === null || heading.year === wanted) && (heading.half === null || heading.half === half);
}

function refuseOtherPeriod(table: Table, period: Period): void {
  const other = table.headings.find((heading) => !isOfPeriod(heading, period));
  if (!other) return;
  const wanted = `${period.year}年${period.half === 1 ? "上半年" : "全年"}`;
  throw new WorkbookRefused("other-period", { found: other.text, wanted });
}

type Read = Omit<WorkbookRead, "otherSheets">;

function readTable(table: Table, indicators: readonly Indicator[]): Read {
  const read: Read = {
    sheet: table.sheet.name,
    cells: [],
    errors: [],
    rounded: [],
    unknownRows: [],
    unknownColumns: table.unknown,
  };
  const seen = new Set<string>();
  table.sheet.eachRow((row, number) => {
    if (number <= table.headerRow) return;
    const [code, name] = [textAt(row, table.columns.get("code")), textAt(row, table.columns.get("name"))];
    const indicator = indicatorOf(indicators, code, name);
    const fail = (column: Column, typed: string, error: ImportErrorKey, params = {}): void => {
      const letter = letterOf(row, table.columns.get(column) ?? 1);
      const field = FIGURE_FIELDS.find((each) => each === column) ?? null;
      read.errors.push({ row: number, column: letter, name, field, typed, error, params: { typed, ...params } });
    };
    if (!indicator) {
      if ((code || name) !== "" && hasFigures(row, table)) read.unknownRows.push({ row: number, name: name || code });
      return;
    }
    if (isMixedUp(indicators, code, name)) return fail("name", name, "code-and-name-differ", { code });
    if (seen.has(indicator.code)) return fail("name", name, "row-twice");
    seen.add(indicator.code);
    const unit = textAt(row, table.columns.get("unit"));
    const isOtherUnit = unit !== "" && bare(unit) !== bare(indicator.unit);
    if (isOtherUnit) fail("unit", unit, "unit-differs", { unit: indicator.unit, found: unit });
    for (const field of FIGURE_FIELDS) {
      const column = table.columns.get(field);
      if (column !== undefined && !(isOtherUnit && AMOUNTS.has(field)))
        readCell(row, column, field, indicator, read, fail);
    }
  });
  return read;
}

type Fail = (column: Column, typed: string, error: ImportErrorKey, params?: Record<string, string | number>) => void;

function readCell(
  row: ExcelJS.Row,
  column: number,
  field: FigureField,
  indicator: Indicator,
  read: Read,
  fail: Fail,
): void {
  const numeric = NUMERIC_FIELDS.find((each) => each === field);
  const seen = cellText(row.getCell(column), (numeric && indicator.decimals[numeric]) ?? null);
  const isFormula = "error" in seen ? seen.error === "formula-without-value" : seen.isFormula;
  if (field === "completion" && isFormula) return;
  if ("error" in seen) return fail(field, seen.typed, seen.error);
  const parsed = parseFigure(field, indicator, seen.text);
  if ("error" in parsed) return fail(field, seen.text, parsed.error, parsed.params);
  if (parsed.figure === null) return;
  const place = { row: row.number, column: letterOf(row, column) };
  if (seen.stored !== null) read.rounded.push({ ...place, stored: seen.stored, taken: seen.text });
  read.cells.push({ code: indicator.code, field, figure: parsed.figure, ...place });
}

const AMOUNTS: ReadonlySet<FigureField> = new Set(["lastActual", "planTotal", "actual"]);

const bare = (text: string): string => text.normalize("NFKC").replace(/[\s()]/g, "");

function textAt(row: ExcelJS.Row, column: number | undefined): string {
  const seen = column === undefined ? null : cellText(row.getCell(column), null);
  return seen && "text" in seen ? seen.text.trim() : "";
}

function textsOf(sheet: ExcelJS.Worksheet, number: number): Pick<Placed, "at" | "letter" | "text">[] {
  const row = sheet.getRow(number);
  const columns = Array.from({ length: Math.min(row.cellCount, COLUMNS_AT_MOST) }, (_, index) => index + 1);
  return columns
    .map((column) => ({ at: column, letter: letterOf(row, column), text: textAt(row, column) }))
    .filter(({ text }) => text !== "");
}

function hasFigures(row: ExcelJS.Row, table: Table): boolean {
  return FIGURE_FIELDS.some((field) => textAt(row, table.columns.get(field)) !== "");
}

const letterOf = (row: ExcelJS.Row, column: number): string => row.getCell(column).address.replace(/\d+$/, "");
