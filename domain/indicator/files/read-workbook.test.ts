import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import type { Figure, Indicator } from "../figure";
import { annexHeader } from "../printing";
import { REAL_CSV, realRows } from "../real-table.testing";
import { readIndicatorWorkbook, type WorkbookRead } from "./read-workbook";
import { storedZip, unpacked, zipEntries } from "./zip-parts";

const INDICATORS: readonly Indicator[] = realRows().map((indicator) => ({
  ...indicator,
  aliases: indicator.code === "gdp" ? ["GDP", "生产总值"] : [],
  decimals: indicator.code === "gdp" ? { actual: 2, growth: 1 } : {},
}));
const HEADER = annexHeader(2024, 1);
const number = (digits: string): Figure => ({ state: "number", digits });

async function bytesOf(fill: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook.addWorksheet("表一"), workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const readBytes = (bytes: Uint8Array, half: 1 | 2 = 1) =>
  readIndicatorWorkbook(bytes, { indicators: INDICATORS, year: 2024, half });

async function read(fill: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void): Promise<WorkbookRead> {
  const result = await readBytes(await bytesOf(fill));
  if ("refusal" in result) throw new Error(result.refusal.key);
  return result;
}

async function refusalOf(bytes: Uint8Array, half: 1 | 2 = 1): Promise<unknown> {
  const result = await readBytes(bytes, half);
  return "refusal" in result ? result.refusal : null;
}

/** One figure of 地区生产总值 under 2024年上半年完成总量 unless another heading is given. */
async function readCell(fill: (cell: ExcelJS.Cell) => void, heading = "2024年上半年完成总量"): Promise<WorkbookRead> {
  return read((sheet) => {
    sheet.addRow(["主要经济指标", heading, "备注"]);
    sheet.addRow(["地区生产总值"]);
    fill(sheet.getCell("B2"));
  });
}

const figureIn = (result: WorkbookRead): Figure | undefined => result.cells[0]?.figure;

describe("an office's own sheet", () => {
  it("is read by names and headings, in any order, below merged titles and above notes", async () => {
    const result = await read((sheet) => {
      sheet.mergeCells("A1:E1");
      sheet.getCell("A1").value = "芗城区2024年上半年主要经济指标";
      sheet.addRow(["单位：亿元、%"]);
      sheet.addRow(["备注", "2024年上半年\n增速（%）", "指标名称", "2024年计划增速（％）", "2024年上半年完成总量"]);
      sheet.addRow(["初步数", 9.1, "GDP", 7.3, 481.35]);
      sheet.addRow(["", 19.1, " 规模工业增加值 ", 9, "/"]);
      sheet.addRow([null, null, null, null, null]);
      sheet.mergeCells("A7:E7");
      sheet.getCell("A7").value = "注：以上为初步数，填报人另附。";
      sheet.addRow([null, null, "审核：", null, null]);
    });
    expect(result.cells).toEqual([
      { code: "gdp", field: "planGrowth", figure: number("7.3"), row: 4, column: "D" },
      { code: "gdp", field: "actual", figure: number("481.35"), row: 4, column: "E" },
      { code: "gdp", field: "growth", figure: number("9.1"), row: 4, column: "B" },
      { code: "gdp", field: "remark", figure: { state: "words", words: "初步数" }, row: 4, column: "A" },
      { code: "industrial-added", field: "planGrowth", figure: number("9"), row: 5, column: "D" },
      { code: "industrial-added", field: "actual", figure: { state: "not-applicable" }, row: 5, column: "E" },
      { code: "industrial-added", field: "growth", figure: number("19.1"), row: 5, column: "B" },
    ]);
    expect(result).toMatchObject({ errors: [], unknownRows: [], unknownColumns: [], rounded: [] });
  });

  it("is read on the first sheet that has the table; other such sheets are named", async () => {
    const result = await read((sheet, workbook) => {
      sheet.addRow(["说明"]);
      for (const [name, value] of [
        ["表二", 1],
        ["表三", 2],
      ] as const) {
        const table = workbook.addWorksheet(name);
        table.addRow(HEADER);
        table.addRow([1, "地区生产总值", "亿元", value]);
      }
      const hidden = workbook.addWorksheet("旧表", { state: "hidden" });
      hidden.addRow(HEADER);
    });
    expect(result.sheet).toBe("表二");
    expect(result.cells.map((cell) => cell.figure)).toEqual([number("1")]);
    expect(result.otherSheets).toEqual(["表三"]);
  });

  it("read whole, is the real table", async () => {
    const result = await read((sheet) => {
      for (const cells of REAL_CSV) sheet.addRow([...cells]);
    });
    expect(result.errors).toEqual([]);
    expect(
      result.cells.filter((cell) => cell.code === "foreign-capital").map((cell) => [cell.field, cell.figure]),
    ).toEqual([
      ["lastActual", number("1695")],
      ["planTotal", number("1760")],
      ["planGrowth", { state: "not-applicable" }],
      ["actual", number("1188.9")],
      ["rankTotal", number("1")],
      ["completion", number("67.55")],
      ["growth", { state: "not-applicable" }],
      ["rankGrowth", { state: "words", words: "完成率全市第二" }],
    ]);
    expect(result.cells).toHaveLength(
      REAL_CSV.slice(1)
        .flatMap((cells) => cells.slice(3))
        .filter((cell) => cell !== "").length,
    );
  });

  it("names the rows and columns that it does not know", async () => {
    const result = await read((sheet) => {
      sheet.addRow(["主要经济指标", "2024年上半年完成总量", "2024年上半年增速", "责任领导", "去年同期增幅差"]);
      sheet.addRow(["地区生产总值", 481.35, 9.1, "", ""]);
      sheet.addRow(["建筑业总产值", 65.2, 16.1]);
      sheet.addRow(["其中：", null, null]);
    });
    expect(result.unknownRows).toEqual([{ row: 3, name: "建筑业总产值" }]);
    expect(result.unknownColumns).toEqual([
      { column: "D", heading: "责任领导" },
      { column: "E", heading: "去年同期增幅差" },
    ]);
    expect(result.cells).toHaveLength(2);
  });

  it("may show last year's first half beside this year's: this year's is taken", async () => {
    const result = await read((sheet) => {
      sheet.addRow([
        "主要经济指标",
        "2023年上半年完成总量",
        "2024年上半年完成总量",
        "上年同期完成",
        "2024年上半年增速(%)",
      ]);
      sheet.addRow(["地区生产总值", 441.2, 481.35, 441.2, 9.1]);
    });
    expect(result.cells.map((cell) => [cell.field, cell.figure])).toEqual([
      ["actual", number("481.35")],
      ["growth", number("9.1")],
    ]);
    expect(result.unknownColumns.map((column) => column.column)).toEqual(["B", "D"]);
  });

  it("is refused whole when its headings are of another year or half", async () => {
    const headed = (header: string[]) => bytesOf((sheet) => void sheet.addRow(header));
    expect(await refusalOf(await headed(annexHeader(2023, 1)))).toEqual({
      key: "other-period",
      params: { found: "2022年实际完成情况", wanted: "2024年上半年" },
    });
    expect(await refusalOf(await headed(annexHeader(2024, 2)))).toMatchObject({ key: "other-period" });
    expect(await refusalOf(await headed(annexHeader(2024, 2)), 2)).toBeNull();
  });

  it("is refused without a table", async () => {
    expect(await refusalOf(await bytesOf((sheet) => void sheet.addRow(["只有", "文字"])))).toEqual({
      key: "no-table",
      params: {},
    });
    expect(await refusalOf(await bytesOf((sheet) => void sheet.addRow(["主要经济指标", "完成率"])))).toMatchObject({
      key: "no-table",
    });
  });
});

describe("a row of a file", () => {
  it("goes by its code although its name has been changed", async () => {
    const result = await read((sheet) => {
      sheet.addRow(["主要经济指标", "2024年计划完成总量", "2024年上半年完成总量", "指标代码"]);
      sheet.addRow(["地区总产值（初）", 936.49, 481.35, "gdp"]);
    });
    expect(result.cells.map((cell) => cell.code)).toEqual(["gdp", "gdp"]);
  });

  it("with the code of one indicator and the name of another is an error", async () => {
    const result = await read((sheet) => {
      sheet.addRow(["主要经济指标", "2024年计划完成总量", "2024年上半年完成总量", "指标代码"]);
      sheet.addRow(["固定资产投资", 284.39, 160.09, "gdp"]);
    });
    expect(result.cells).toEqual([]);
    expect(result.errors).toMatchObject([
      { row: 2, column: "A", name: "固定资产投资", field: null, error: "code-and-name-differ" },
    ]);
  });

  it("that comes twice is an error the second time", async () => {
    const result = await read((sheet) => {
      sheet.addRow(["主要经济指标", "2024年上半年完成总量", "备注"]);
      sheet.addRow(["地区生产总值", 481.35]);
      sheet.addRow(["GDP", 500]);
    });
    expect(result.cells.map((cell) => cell.figure)).toEqual([number("481.35")]);
    expect(result.errors).toMatchObject([{ row: 3, error: "row-twice" }]);
  });

  it("in another unit gives no amounts: nothing is converted", async () => {
    const result = await read((sheet) => {
      sheet.addRow(["主要经济指标", "计算单位", "2024年上半年完成总量", "2024年上半年增速(%)"]);
      sheet.addRow(["地区生产总值", "万元", 4_813_500, 9.1]);
      sheet.addRow(["固定资产投资", "（亿元）", 160.09, 10]);
    });
    expect(result.errors).toMatchObject([
      { row: 2, column: "B", error: "unit-differs", params: { found: "万元", unit: "亿元" } },
    ]);
    expect(result.cells.map((cell) => [cell.code, cell.field])).toEqual([
      ["gdp", "growth"],
      ["investment", "actual"],
      ["investment", "growth"],
    ]);
  });
});

describe("a cell of a file", () => {
  it.each<[string, number, string | undefined, string]>([
    ["with the decimals that its format shows", 51.4, "0.00", "51.40"],
    ["without a format", 51.4, undefined, "51.4"],
    ["with noise of binary sums", 0.1 + 0.2, undefined, "0.3"],
    ["with noise under a format", 160.09 + 0.1 + 0.2 - 0.3, "0.00", "160.09"],
    ["with the noise of a long sum", 481.350000000007, undefined, "481.35"],
    ["with thousands", 1234567.5, "#,##0.00", "1234567.50"],
    ["with optional decimals", 51.4, "0.0#", "51.4"],
    ["in an accounting format", -4.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-4.50"],
    ["in red", -4.5, "0.0_);[Red]\\(0.0\\)", "-4.5"],
    ["with its unit in the format", 481.35, '0.00"亿元"', "481.35"],
    ["of zero", 0, "0.00", "0.00"],
    ["in a format that divides by a thousand: as it is", 1481.35, "0.00,", "1481.35"],
    ["of ten digits before the point", 1234567890.12, undefined, "1234567890.12"],
    ["of ten digits before the point, with noise", 1234567890.1200001, undefined, "1234567890.12"],
  ])("is a number %s", async (_name, value, format, digits) => {
    const result = await readCell((cell) => {
      cell.value = value;
      if (format !== undefined) cell.numFmt = format;
    });
    expect(result.errors).toEqual([]);
    expect(figureIn(result)).toEqual(number(digits));
  });

  it("is a percentage in percent", async () => {
    const result = await readCell((cell) => Object.assign(cell, { value: 0.514, numFmt: "0.00%" }), "完成率(%)");
    expect(figureIn(result)).toEqual(number("51.40"));
    const noisy = await readCell(
      (cell) => Object.assign(cell, { value: 0.091, numFmt: "0.0%" }),
      "2024年上半年增速(%)",
    );
    expect(figureIn(noisy)).toEqual(number("9.1"));
    const amount = await readCell((cell) => Object.assign(cell, { value: 0.514, numFmt: "0.00%" }));
    expect(amount.errors).toMatchObject([{ error: "other-unit", typed: "51.40%" }]);
  });

  it("may be text, rich text, a link or the result of a formula", async () => {
    const values: ExcelJS.CellValue[] = [
      " 481.35 ",
      "４８１．３５亿元",
      { richText: [{ text: "481" }, { font: { bold: true }, text: ".35" }] },
      { text: "481.35", hyperlink: "https://example.org/" },
      { formula: "SUM(X1:X9)", result: 481.35 },
      { formula: 'X1&""', result: "481.35" },
    ];
    for (const value of values) {
      const result = await readCell((cell) => Object.assign(cell, { value }));
      expect(result.errors).toEqual([]);
      expect(figureIn(result)).toEqual(number("481.35"));
    }
  });

  it("of a formula is taken as displayed, and what that leaves out is told", async () => {
    const result = await readCell((cell) => {
      cell.value = { formula: "X1/X2", result: 481.3512345 };
      cell.numFmt = "0.00";
    });
    expect(figureIn(result)).toEqual(number("481.35"));
    expect(result.rounded).toEqual([{ row: 2, column: "B", stored: "481.3512345", taken: "481.35" }]);
  });

  it("that somebody typed is taken whole where its format hides decimals that the catalogue wants", async () => {
    const result = await readCell((cell) => Object.assign(cell, { value: 481.35, numFmt: "0.0" }));
    expect(figureIn(result)).toEqual(number("481.35"));
    expect(result.rounded).toEqual([]);
    const beyond = await readCell((cell) => Object.assign(cell, { value: 481.357, numFmt: "0.0" }));
    expect(figureIn(beyond)).toEqual(number("481.4"));
    expect(beyond.rounded).toHaveLength(1);
  });

  it.each<[string, ExcelJS.CellValue, string]>([
    ["a spreadsheet's error", { error: "#REF!" } as ExcelJS.CellErrorValue, "spreadsheet-error"],
    [
      "a formula's error",
      { formula: "1/0", result: { error: "#DIV/0!" } } as ExcelJS.CellFormulaValue,
      "spreadsheet-error",
    ],
    ["a formula without a result", { formula: "X1" } as ExcelJS.CellFormulaValue, "formula-without-value"],
    ["a date", new Date(Date.UTC(2024, 0, 2)), "date"],
    ["a truth value", true, "truth-value"],
    ["too many decimals", 481.3512, "too-many-decimals"],
    ["a dash", "—", "ambiguous-empty"],
    ["another unit", "48万元", "other-unit"],
  ])("with %s is an error at its place", async (_name, value, error) => {
    const result = await readCell((cell) => Object.assign(cell, { value }));
    expect(result.cells).toEqual([]);
    expect(result.errors).toMatchObject([{ row: 2, column: "B", name: "地区生产总值", field: "actual", error }]);
  });

  it("with a comment 预计数 is an estimate", async () => {
    const result = await readCell((cell) => Object.assign(cell, { value: 59.1, note: "预计数" }));
    expect(figureIn(result)).toEqual({ state: "estimate", digits: "59.1" });
    const formatted = await readCell((cell) => Object.assign(cell, { value: 59.1, numFmt: '"预计"0.0' }));
    expect(figureIn(formatted)).toEqual({ state: "estimate", digits: "59.1" });
  });

  it("of a formula under 完成率 is passed over, a typed one is not", async () => {
    const formula = await readCell(
      (cell) => Object.assign(cell, { value: { formula: "X1/X2*100", result: 51.4 } }),
      "完成率(%)",
    );
    expect(formula.cells).toEqual([]);
    expect(formula.errors).toEqual([]);
    const typed = await readCell((cell) => Object.assign(cell, { value: 51.4 }), "完成率(%)");
    expect(typed.cells).toMatchObject([{ field: "completion", figure: number("51.4") }]);
  });
});

describe("a file", () => {
  const table = (sheet: ExcelJS.Worksheet): void => {
    sheet.addRow(HEADER);
    sheet.addRow([1, "地区生产总值", "亿元", 872.78]);
  };
  const partsOf = async (bytes: Uint8Array): Promise<Map<string, Buffer>> => unpacked(bytes, zipEntries(bytes));
  const edited = (parts: Map<string, Buffer>, name: string, from: string, to: string): Uint8Array => {
    const text = parts.get(name)?.toString("utf8") ?? "";
    expect(text).toContain(from);
    return storedZip(new Map(parts).set(name, Buffer.from(text.replace(from, to))));
  };
  const keyOf = async (bytes: Uint8Array): Promise<unknown> => {
    const refusal = await refusalOf(bytes);
    return refusal === null ? null : (refusal as { key: string }).key;
  };

  it.each<[string, Uint8Array, string]>([
    ["that is empty", Buffer.alloc(0), "not-xlsx"],
    ["of text", Buffer.from("序号,主要经济指标\n1,地区生产总值\n"), "not-xlsx"],
    ["of another kind", Buffer.from("%PDF-1.7 …"), "not-xlsx"],
    ["of old Excel", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]), "old-excel"],
    [
      "with a password",
      Buffer.concat([
        Buffer.from("d0cf11e0a1b11ae1", "hex"),
        Buffer.alloc(600),
        Buffer.from("EncryptedPackage", "utf16le"),
      ]),
      "encrypted",
    ],
    ["of more than 5 MB", Buffer.alloc(5 * 1024 * 1024 + 1), "too-large"],
    [
      "that is a zip of something else",
      storedZip(new Map([["mimetype", Buffer.from("application/epub+zip")]])),
      "not-xlsx",
    ],
    [
      "that breaks off",
      storedZip(new Map([["xl/workbook.xml", Buffer.from("<workbook/>")]])).subarray(0, 60),
      "damaged",
    ],
  ])("%s is refused", async (_name, bytes, key) => {
    expect(await keyOf(bytes)).toBe(key);
  });

  it("with macros is refused, by what it carries or by what it calls itself", async () => {
    const parts = await partsOf(await bytesOf(table));
    expect(await keyOf(storedZip(new Map(parts).set("xl/vbaProject.bin", Buffer.from([1]))))).toBe("macros");
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    const macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
    expect(await keyOf(edited(parts, "[Content_Types].xml", type, macros))).toBe("macros");
  });

  it("with an encrypted entry is refused", async () => {
    const bytes = Buffer.from(await bytesOf(table));
    const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt16LE(1, directory + 8);
    expect(await keyOf(bytes)).toBe("encrypted");
  });

  it("whose XML is broken is refused", async () => {
    const parts = await partsOf(await bytesOf(table));
    expect(await keyOf(edited(parts, "xl/worksheets/sheet1.xml", "</sheetData>", "</sheet"))).toBe("damaged");
  });

  it("that unpacks to more than 10 MB is refused, also when it lies about it", async () => {
    const bytes = Buffer.from(
      await bytesOf((sheet) => {
        table(sheet);
        for (let row = 0; row < 400; row += 1) sheet.addRow([`${row}`.padEnd(32_000, "0")]);
      }),
    );
    expect(bytes.length).toBeLessThan(1024 * 1024);
    expect(await keyOf(bytes)).toBe("too-much-inside");
    const signature = Buffer.from([0x50, 0x4b, 1, 2]);
    for (let at = bytes.indexOf(signature); at !== -1; at = bytes.indexOf(signature, at + 4))
      bytes.writeUInt32LE(10, at + 24);
    expect(await keyOf(bytes)).toBe("too-much-inside");
  });

  it.each<[string, string, string, string]>([
    [
      "merges",
      "xl/worksheets/sheet1.xml",
      "</sheetData>",
      '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ],
    [
      "validates",
      "xl/worksheets/sheet1.xml",
      "</sheetData>",
      '</sheetData><dataValidations count="1"><dataValidation type="whole" sqref="A1:XFD1048576"><formula1>1</formula1></dataValidation></dataValidations>',
    ],
    [
      "widens",
      "xl/worksheets/sheet1.xml",
      "<sheetData>",
      '<cols><col min="1" max="999999999" width="9"/></cols><sheetData>',
    ],
    [
      "names",
      "xl/workbook.xml",
      "</sheets>",
      "</sheets><definedNames><definedName name=\"all\">'表一'!$A$1:$XFD$1048576</definedName></definedNames>",
    ],
  ])("that %s a billion cells is read as fast as any", async (_name, part, from, to) => {
    const parts = await partsOf(await bytesOf(table));
    const result = await readBytes(edited(parts, part, from, to));
    expect(result).toMatchObject({ cells: [{ code: "gdp", figure: number("872.78") }] });
  });
});
