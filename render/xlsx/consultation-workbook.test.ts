import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { consultationWorkbook, type ConsultationTable } from "./consultation-workbook";

const TABLE: ConsultationTable = {
  title: "《2024年上半年报告》（征求意见稿第1号）意见采纳情况表",
  sheet: "意见采纳情况",
  sealedAt: new Date("2024-07-20T01:02:03Z"),
  header: ["序号", "单位", "位置", "意见", "采纳情况", "说明"],
  rows: [
    {
      organ: "商务局",
      place: "——规模工业总产值…",
      comment: "宜作“规模以上工业”。\n请核。",
      disposition: "采纳",
      reason: "",
    },
    { organ: "统计局", place: "全文", comment: "=1+1", disposition: "留作参考", reason: "@sum" },
  ],
  notes: ["共 2 条意见：采纳 1 条，部分采纳 0 条，留作参考 1 条。"],
};

describe("the table of what became of the comments, as a workbook", () => {
  it("has a title, the headings, a row for each comment and the totals below", async () => {
    const sheet = await sheetOf(TABLE);
    expect(sheet.getCell("A1").value).toBe(TABLE.title);
    expect(textsOf(sheet, 2)).toEqual(TABLE.header);
    expect(textsOf(sheet, 3)).toEqual(["1", "商务局", "——规模工业总产值…", "宜作“规模以上工业”。\n请核。", "采纳", ""]);
    expect(sheet.getCell("A5").value).toBe(TABLE.notes[0]);
    expect(sheet.pageSetup).toMatchObject({ orientation: "landscape", paperSize: 9, printTitlesRow: "2:2" });
  });

  it("keeps what somebody wrote as text and never as a formula", async () => {
    const cell = (await sheetOf(TABLE)).getCell("D4");
    expect([cell.type, cell.value, cell.formula]).toEqual([ExcelJS.ValueType.String, "=1+1", undefined]);
  });

  it("has the same bytes for the same contents", async () => {
    const [one, other] = [await consultationWorkbook(TABLE), await consultationWorkbook(TABLE)];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });
});

async function sheetOf(table: ConsultationTable): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await consultationWorkbook(table)).buffer as ArrayBuffer);
  const [sheet] = workbook.worksheets;
  if (!sheet) throw new Error("no sheet");
  return sheet;
}

const textsOf = (sheet: ExcelJS.Worksheet, row: number): string[] =>
  [1, 2, 3, 4, 5, 6].map((column) => sheet.getRow(row).getCell(column).text);
