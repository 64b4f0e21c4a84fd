import { describe, expect, it } from "vitest";
import { columnWidths, total } from "./column-widths";
import { tableLayout } from "./table-layout";

const SHEET = { width: 637.8, height: 442.2 };

describe("the columns of a printed table", () => {
  const table = {
    header: ["序号", "主要经济指标", "2024年计划完成总量", "备注"],
    rows: [
      [
        "1",
        "农村居民人均可支配收入",
        "29910.60",
        "以《关于2023年财政预算执行情况和2024年财政预算草案的报告》中的预算数为准。",
      ],
      ["2", "实际使用外商直接投资", "暂未反馈", ""],
    ],
  };

  it("fill the room exactly", () => {
    expect(total(columnWidths(table, 50))).toBeCloseTo(50);
  });

  it("never break a number or a short word", () => {
    const [number = 0, , amount = 0] = columnWidths(table, 22);
    expect(number).toBeGreaterThanOrEqual(2);
    expect(amount).toBeGreaterThanOrEqual(4);
  });

  it("give the room to the wordy column", () => {
    const [number = 0, name = 0, amount = 0, remark = 0] = columnWidths(table, 50);
    expect(name).toBeGreaterThanOrEqual(11);
    expect(remark).toBeGreaterThan(amount);
    expect(amount).toBeGreaterThan(number);
  });

  it("set 五号, and smaller when the numbers of a wide table would not fit", () => {
    expect(tableLayout(table, SHEET.width, SHEET.height).size).toBe(10.5);
    const wide = {
      header: Array.from({ length: 16 }, () => "总量"),
      rows: [Array.from({ length: 16 }, () => "123456.78")],
    };
    const { size, widths } = tableLayout(wide, SHEET.width, SHEET.height);
    expect(size).toBeLessThan(10.5);
    expect(total(widths)).toBeCloseTo(SHEET.width);
  });

  it("tear a row in two only when it is taller than half a sheet", () => {
    expect(tableLayout(table, SHEET.width, SHEET.height).breakable).toBe(false);
    const tall = { header: ["备注", "说明"], rows: [["长".repeat(3000), "短"]] };
    expect(tableLayout(tall, SHEET.width, SHEET.height).breakable).toBe(true);
  });

  it("says a remark once for the rows it repeats in, and again where these are more than half a sheet", () => {
    const rows = Array.from({ length: 30 }, (_, index) => [String(index), index < 20 ? "预计数" : ""]);
    const { spans } = tableLayout({ header: ["序号", "备注"], rows }, SHEET.width, SHEET.height);
    const remarks = spans.map((row) => row[1] ?? 1);
    expect(remarks.filter((span) => span > 1).length).toBeGreaterThan(1);
    expect(remarks.slice(0, 20).reduce((sum, span) => sum + span, 0)).toBe(20);
    expect(remarks.slice(20)).toEqual(Array.from({ length: 10 }, () => 1));
    expect(spans.every((row) => row[0] === 1)).toBe(true);
  });
});
