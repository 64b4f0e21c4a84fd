import { FIGURE_FIELDS, type FigureField, type IndicatorRow } from "../../indicator/figure";
import type { Finding } from "../finding";
import { decodeText, refuseOddSize } from "./decode-text";
import { readDelimited } from "./delimited";
import { findHeader, problemOf, type Table } from "./find-header";
import type { Column } from "./headings";
import type { NamedPeriod } from "./named-period";
import { readRow } from "./read-row";
import { readSheets } from "./read-sheet";
import { UnreadableFile } from "./unreadable-file";

/** Where a cell stands in the file: the row as a spreadsheet counts it, from 1, and the heading as it is printed. */
export type FilePlace = { row: number; column: string };

export type TableFile = {
  rows: IndicatorRow[];
  placeOf(code: string, field: FigureField): FilePlace;
  /** Cells that could not be read and so took no part. */
  problems: Finding[];
  period: NamedPeriod;
};

/**
 * Reads a table of indicators, CSV or XLSX, of any county and year: columns are known by their headings, in any order;
 * titles, rows of units, empty rows and notes are passed over. `code` of a row is made up. Throws UnreadableFile when it
 * is no such table, or a heading that the rules cannot do without is missing or stands there twice.
 */
export async function readTable(bytes: Uint8Array): Promise<TableFile> {
  refuseOddSize(bytes);
  const isWorkbook = WORKBOOKS.some((mark) => mark.every((byte, index) => bytes[index] === byte));
  const sheets = isWorkbook ? await readSheets(bytes) : [readDelimited(decodeText(bytes))];
  const tables = sheets.flatMap((rows) => findHeader(rows) ?? []);
  const table = tables.find((each) => problemOf(each) === null) ?? tables[0];
  if (!table) throw new UnreadableFile("no-headings");
  const problem = problemOf(table);
  if (problem) throw problem;
  const file = readRows(table);
  if (file.rows.length === 0) throw new UnreadableFile("no-rows");
  return file;
}

/** The rows of a table whose header was found and is whole. */
export function readRows({ rows, header, headings, printed, title }: Table): TableFile {
  const lines = new Map<string, number>();
  const found: IndicatorRow[] = [];
  const problems: Finding[] = [];
  const unitOfAll = /单位[:：]?\s*([^\s()（）,，]+)/.exec(title)?.[1] ?? "";
  for (const [index, cells] of rows.entries()) {
    const text = (column: Column): string => (cells[headings.columns.get(column) ?? -1] ?? "").trim();
    const isHeader = index < header.to || cells.every((cell, at) => cell.trim() === (printed[at] ?? ""));
    if (isHeader || !isIndicator(text)) continue;
    const code = `row-${found.length + 1}`;
    const read = readRow({ code, text, unitOfAll });
    found.push(read.row);
    problems.push(...read.problems);
    lines.set(code, index + 1);
  }
  const nameColumn = headings.columns.get("name") ?? 0;
  return {
    rows: found,
    problems,
    period: headings.period,
    placeOf: (code, field) => ({
      row: lines.get(code) ?? header.to,
      column: printed[headings.columns.get(field) ?? nameColumn] ?? "",
    }),
  };
}

/** An indicator has a name and a figure or a unit; headings of groups, rows of units and notes have not. */
function isIndicator(text: (column: Column) => string): boolean {
  const name = text("name");
  if (name === "" || NOT_A_NAME.test(name)) return false;
  // A cell merged across the row says the same everywhere: a heading of a group.
  return [...FIGURE_FIELDS, "unit" as const].some((column) => text(column) !== "" && text(column) !== name);
}

const NOT_A_NAME = /^(?:注|说明|备注|附注|数据来源|资料来源|填报|制表|审核)[：:\d]|^(?:计算|计量)?单位(?:[：:].*)?$/;

/** How a zip file begins, which an .xlsx is, and an .xls or an encrypted workbook. */
const WORKBOOKS = [
  [0x50, 0x4b],
  [0xd0, 0xcf, 0x11, 0xe0],
] as const;
