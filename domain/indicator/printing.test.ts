import { describe, expect, it } from "vitest";
import { annexHeader, annexRows, plainDigits, printFigure, typedFigure } from "./printing";
import { blanked, REAL_CSV, realRow, realRows } from "./real-table.testing";

describe("the annex", () => {
  it("prints the table of the half-year report of 2024 cell by cell", () => {
    expect([annexHeader(2024, 1), ...annexRows(realRows())]).toEqual(REAL_CSV);
  });

  it("prints the typed completion of row 10, 56.82, although the displayed figures give 56.81", () => {
    const tertiary = realRow("tertiary");
    expect(annexRows([tertiary])[0]?.[8]).toBe("56.82");
    expect(annexRows([blanked(tertiary, "completion")])[0]?.[8]).toBe("56.81");
  });

  it("speaks of the whole year in its second half", () => {
    expect(annexHeader(2025, 2)).toEqual([
      "序号",
      "主要经济指标",
      "计算单位",
      "2024年实际完成情况",
      "2025年计划完成总量",
      "2025年计划增速(%)",
      "2025年全年完成总量",
      "总量在全市站位",
      "完成率(%)",
      "2025年全年增速(%)",
      "增速在全市站位",
      "备注",
    ]);
  });
});

describe("a figure", () => {
  it("prints each of its five states and blank differently", () => {
    expect(printFigure({ state: "number", digits: "51.40" })).toBe("51.40");
    expect(printFigure({ state: "number", digits: "0" })).toBe("0");
    expect(printFigure({ state: "not-applicable" })).toBe("/");
    expect(printFigure({ state: "pending" })).toBe("暂未反馈");
    expect(printFigure({ state: "words", words: "增长1%" })).toBe("增长1%");
    expect(printFigure(null)).toBe("");
    expect(printFigure(undefined)).toBe("");
  });

  it("prints an estimate as its digits and is typed with 预计", () => {
    expect(printFigure({ state: "estimate", digits: "59.1" })).toBe("59.1");
    expect(typedFigure({ state: "estimate", digits: "59.1" })).toBe("预计59.1");
    expect(typedFigure({ state: "number", digits: "59.1" })).toBe("59.1");
    expect(typedFigure(null)).toBe("");
  });

  it.each([
    ["51.40", "51.4"],
    ["10.0", "10"],
    ["100", "100"],
    ["0", "0"],
    ["0.00", "0"],
    ["-0.00", "0"],
    ["-4.030", "-4.03"],
    ["1000.50", "1000.5"],
  ])("of %s says %s in prose", (digits, plain) => {
    expect(plainDigits(digits)).toBe(plain);
  });
});
