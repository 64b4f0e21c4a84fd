import ExcelJS from "exceljs";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Figure, Figures, IndicatorRow } from "../../domain/indicator/figure";
import { importDryRun } from "../../domain/indicator/files/import-dry-run";
import { readIndicatorWorkbook, type WorkbookRead } from "../../domain/indicator/files/read-workbook";
import { blanked, REAL_CSV, realRow, realRows } from "../../domain/indicator/real-table.testing";
import { annexWorkbook } from "./annex-workbook";
import { aSmallReport } from "../small-report";
import { importTemplate } from "./import-template";
import { toXlsx } from "./to-xlsx";

const annexOf = (rows: readonly IndicatorRow[]) => ({
  title: "2024年上半年主要经济指标完成情况表",
  year: 2024,
  half: 1 as const,
  rows,
});

async function sheetOf(bytes: Uint8Array): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error("no sheet");
  return sheet;
}

async function readBack(bytes: Uint8Array, rows: readonly IndicatorRow[]): Promise<WorkbookRead> {
  const read = await readIndicatorWorkbook(bytes, { indicators: rows, year: 2024, half: 1 });
  if ("refusal" in read) throw new Error(read.refusal.key);
  return read;
}

const figuresOf = (read: WorkbookRead, code: string): Figures =>
  Object.fromEntries(read.cells.filter((cell) => cell.code === code).map((cell) => [cell.field, cell.figure]));

describe("the annex as a workbook", () => {
  it("is that of the sealed document's rows, and a report without a table has none", async () => {
    const document = { ...aSmallReport(), indicators: realRows().map((row) => ({ ...row, from: 0, sources: {} })) };
    const sheet = await sheetOf(await toXlsx(document));
    expect(sheet.getRow(3).getCell(4).value).toBe(872.78);
    expect(sheet.getRow(3).getCell(9).numFmt).toBe("0.00");
    await expect(toXlsx(aSmallReport())).rejects.toMatchObject({ key: "no-table" });
  });

  it("is the same bytes whenever it is made", async () => {
    const made: Buffer[] = [];
    for (const day of ["2024-07-20T08:00:00Z", "2031-01-02T20:30:40Z"]) {
      vi.useFakeTimers({ toFake: ["Date"], now: new Date(day) });
      made.push(Buffer.from(await annexWorkbook(annexOf(realRows()))));
      made.push(Buffer.from(await importTemplate(annexOf(realRows()))));
      vi.useRealTimers();
    }
    const [annex, template, annexLater, templateLater] = made;
    expect(annexLater?.equals(annex ?? Buffer.alloc(0))).toBe(true);
    expect(templateLater?.equals(template ?? Buffer.alloc(0))).toBe(true);
    expect(template?.equals(annex ?? Buffer.alloc(0))).toBe(false);
  });

  it("has the title, the 12 headings of the original and its 13 rows", async () => {
    const sheet = await sheetOf(await annexWorkbook(annexOf(realRows())));
    expect(sheet.getCell("A1").value).toBe("2024年上半年主要经济指标完成情况表");
    expect(sheet.getCell("L1").isMerged).toBe(true);
    const texts = Array.from({ length: 14 }, (_, line) =>
      Array.from({ length: 12 }, (_column, column) => {
        const cell = sheet.getCell(line + 2, column + 1);
        const decimals = /\.(0+)$/.exec(cell.numFmt ?? "")?.[1]?.length ?? 0;
        return typeof cell.value === "number" && cell.numFmt ? cell.value.toFixed(decimals) : String(cell.value ?? "");
      }),
    );
    expect(texts).toEqual(REAL_CSV);
    expect(sheet.rowCount).toBe(15);
  });

  it("holds numbers as numbers, and the other states as text", async () => {
    const sheet = await sheetOf(await annexWorkbook(annexOf(realRows())));
    expect(sheet.getCell("I3").value).toBe(51.4);
    expect(sheet.getCell("I3").numFmt).toBe("0.00");
    expect(sheet.getCell("H3").value).toBe(1);
    expect(sheet.getCell("H3").numFmt).toBe("0");
    expect([sheet.getCell("D6").value, sheet.getCell("E6").value]).toEqual(["增长1%", "/"]);
    expect(sheet.getCell("H11").value).toBe("暂未反馈");
    expect(sheet.getCell("G11").value).toBe(59.1);
    expect(JSON.stringify(sheet.getCell("G11").note)).toContain("预计数");
    expect(sheet.getCell("G10").note).toBeUndefined();
  });

  it("prints on A4 landscape, one page wide, the headings on every page", async () => {
    const sheet = await sheetOf(await annexWorkbook(annexOf(realRows())));
    expect(sheet.pageSetup).toMatchObject({ paperSize: 9, orientation: "landscape", fitToWidth: 1, fitToHeight: 0 });
    expect(sheet.pageSetup.printTitlesRow).toBe("2:2");
    expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: 2 });
    expect(sheet.getCell("B3").font).toMatchObject({ name: "仿宋" });
    expect(sheet.getCell("B3").border?.left?.style).toBe("thin");
  });

  it("writes as text what a spreadsheet's number would lose", async () => {
    const row: IndicatorRow = {
      ...realRow("gdp"),
      figures: { actual: { state: "number", digits: "123456789012345.25" } },
    };
    const sheet = await sheetOf(await annexWorkbook(annexOf([row])));
    expect(sheet.getCell("G3").value).toBe("123456789012345.25");
  });

  it("merges equal remarks of rows that follow each other, and every row still reads back with its own", async () => {
    const remark = { state: "words" as const, words: "快报数" };
    const rows = realRows().map((row, index) => ({
      ...row,
      figures: { ...row.figures, ...(index < 3 ? { remark } : {}) },
    }));
    const bytes = await annexWorkbook(annexOf(rows));
    const sheet = await sheetOf(bytes);
    expect([sheet.getCell("L4").isMerged, sheet.getCell("L4").master.address]).toEqual([true, "L3"]);
    expect(sheet.getCell("L6").isMerged).toBe(false);
    const read = await readBack(bytes, rows);
    for (const row of rows.slice(0, 3)) expect(figuresOf(read, row.code).remark).toEqual(remark);
    expect(await annexWorkbook(annexOf(rows))).toEqual(bytes);
  });

  it("reads back as the table that it was made of, estimates included", async () => {
    const rows = realRows();
    const read = await readBack(await annexWorkbook(annexOf(rows)), rows);
    expect(importDryRun(rows, read)).toMatchObject({ changes: [], errors: [] });
    expect(read).toMatchObject({ rounded: [], unknownRows: [], unknownColumns: [], otherSheets: [] });
    for (const row of rows) {
      const back = blanked({ ...row, figures: figuresOf(read, row.code) }, "completion");
      expect(back).toEqual(blanked(row, "completion"));
    }
  });
});

describe("the template", () => {
  it("filled in and handed back, is the same table", async () => {
    const rows = realRows();
    const read = await readBack(await importTemplate(annexOf(rows)), rows);
    expect(read.errors).toEqual([]);
    for (const row of rows) expect(figuresOf(read, row.code)).toEqual(row.figures);
    const own = rows.reduce((sum, row) => sum + Object.keys(row.figures).length, 0);
    expect(importDryRun(rows, read)).toEqual({ changes: [], same: own, errors: [] });
  });

  it("handed back empty, erases nothing", async () => {
    const rows = realRows();
    const read = await readBack(await importTemplate(annexOf(rows.map((row) => ({ ...row, figures: {} })))), rows);
    expect(read.cells).toEqual([]);
    expect(importDryRun(rows, read)).toEqual({ changes: [], same: 0, errors: [] });
  });

  it("leaves the figures open and locks the rest, the grey completion with it", async () => {
    const sheet = await sheetOf(await importTemplate(annexOf(realRows())));
    expect(sheet.getCell("G3").protection).toMatchObject({ locked: false });
    expect(sheet.getCell("L3").protection).toMatchObject({ locked: false });
    for (const locked of ["A3", "B3", "C3", "I3", "M3"])
      expect(sheet.getCell(locked).protection?.locked ?? true).toBe(true);
    expect(sheet.getCell("I3").fill).toMatchObject({ pattern: "solid" });
    expect(sheet.getColumn(13).hidden).toBe(true);
    expect([sheet.getCell("M2").value, sheet.getCell("M3").value]).toEqual(["指标代码", "gdp"]);
  });

  it("works the completion out with the result that the table derives", async () => {
    const sheet = await sheetOf(await importTemplate(annexOf(realRows())));
    expect(sheet.getCell("I3").result).toBe(51.4);
    expect(sheet.getCell("I6").result).toBe("高于计划增速10.1个百分点");
    expect(sheet.getCell("I11").result).toBe(47.29);
    expect(sheet.getCell("I12").value).toBe(56.82); // row 10's override is no formula
  });

  it("carries any figures there and back", async () => {
    const digits = fc
      .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }))
      .map(([value, decimals]) => (value / 1000).toFixed(decimals))
      .filter((text) => !/^-0(?:\.0*)?$/.test(text));
    const figure: fc.Arbitrary<Figure> = fc.oneof(
      digits.map((text) => ({ state: "number" as const, digits: text })),
      digits.map((text) => ({ state: "estimate" as const, digits: text })),
      fc.constant<Figure>({ state: "not-applicable" }),
      fc.constant<Figure>({ state: "pending" }),
    );
    const figures = fc.record(
      { lastActual: figure, planTotal: figure, planGrowth: figure, actual: figure, growth: figure },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(figures, { minLength: 1, maxLength: 13 }), async (filled) => {
        const rows = realRows().map((row, index) => ({ ...row, figures: filled[index] ?? {} }));
        for (const bytes of [await importTemplate(annexOf(rows)), await annexWorkbook(annexOf(rows))]) {
          const read = await readBack(bytes, rows);
          for (const row of rows) {
            const back = blanked({ ...row, figures: figuresOf(read, row.code) }, "completion");
            expect(back.figures).toEqual(row.figures);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
