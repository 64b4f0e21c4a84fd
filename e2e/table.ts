import { readFile } from "node:fs/promises";
import ExcelJS from "exceljs";
import { expect, type Locator, type Page } from "playwright/test";
import { readDemoTable } from "../db/demo/indicators";
import type { TestDatabase } from "../db/testing/database";
import { aReport, type Department, type District } from "../db/testing/factories";
import { annexRows } from "../domain/indicator/printing";
import type { FigureField } from "../domain/indicator/figure";
import type { CatalogueEntry } from "../domain/indicator/schema";

export type TablePage = { slug: string; reportId: string; path: string };

/** The real report's table: its catalogue, and its cells as they were printed. */
export async function theRealTable() {
  const rows = readDemoTable(await readFile(new URL("../db/demo/2024-h1.indicators.csv", import.meta.url), "utf8"));
  return { rows, printed: annexRows(rows) };
}

/** A report of its own with these indicators of the real table, blank, owned by one office. */
export async function aTable(
  district: District,
  plan: { codes?: readonly string[]; owner?: Department; confirmer?: Department } = {},
): Promise<TablePage> {
  const { rows } = await theRealTable();
  const { owner = "agriculture", confirmer } = plan;
  const catalogue = rows
    .filter((row) => plan.codes?.includes(row.code) ?? true)
    .map(({ code, officialName, shortName, aliases, unit, kind, basis, decimals }): CatalogueEntry => ({
      code,
      officialName,
      shortName,
      aliases,
      unit,
      kind,
      basis,
      decimals: { ...decimals },
      organId: district.organId[owner],
      confirmOrganId: confirmer ? district.organId[confirmer] : null,
    }));
  const { id, slug } = await aReport(district, { catalogue });
  return { slug, reportId: id, path: `/reports/${slug}/indicators` };
}

export const grid = (page: Page): Locator => page.getByRole("grid");

/** A cell by its indicator and the field it holds. */
export const cellOf = (page: Page, name: string, field: FigureField | "number" | "name" | "unit"): Locator =>
  grid(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name}`) }) })
    .locator(`[data-column="${field}"]`);

/** What stands in a cell, also while it is the active one and its text is a field's. */
export async function textOf(cell: Locator): Promise<string> {
  const field = cell.locator("input[data-cell]");
  return (await field.count()) > 0 ? field.inputValue() : cell.innerText();
}

export const expectText = (cell: Locator, text: string) => expect.poll(() => textOf(cell)).toBe(text);

export const bar = (page: Page): Locator => page.getByRole("group", { name: "这一格" });

/** Pastes as Excel or WPS does, on the active cell: plain text, and with it a table if there is one. */
export async function pasteInto(page: Page, text: string, html?: string): Promise<void> {
  await page.evaluate(
    (given) => {
      const data = new DataTransfer();
      data.setData("text/plain", given.text);
      if (given.html) data.setData("text/html", given.html);
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    },
    { text, html },
  );
}

/** The working cells that the server has, as "code field" → digits, words or state. */
export async function savedCells(database: TestDatabase, reportId: string): Promise<Map<string, string>> {
  const rows = await database.owner.sql`
    select i.code, f.field, coalesce(f.value::text, f.words, f.state::text) as says
      from figures f join indicators i on i.id = f.indicator_id
     where i.report_id = ${reportId} and f.state is not null`;
  return new Map(rows.map((row) => [`${row["code"]} ${row["field"]}`, String(row["says"])]));
}

/** A workbook of ours with cells typed into it, each by the name of its row and words of its heading. */
export async function filledIn(bytes: Buffer, cells: [name: string, heading: string, typed: string | number][]) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  const [sheet] = workbook.worksheets;
  if (!sheet) throw new Error("the workbook has no sheet");
  for (const [name, heading, typed] of cells) {
    const [row] = placesOf(sheet, (text) => text === name);
    const [head] = placesOf(sheet, (text) => text.includes(heading));
    if (!row || !head) throw new Error(`the sheet has no ${name} or no ${heading}`);
    sheet.getCell(row.row, head.column).value = typed;
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function placesOf(sheet: ExcelJS.Worksheet, is: (text: string) => boolean): { row: number; column: number }[] {
  const found: { row: number; column: number }[] = [];
  sheet.eachRow((row, at) =>
    row.eachCell((cell, column) => {
      if (is(cell.text)) found.push({ row: at, column });
    }),
  );
  return found;
}
