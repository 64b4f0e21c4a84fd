import { expect, it } from "vitest";
import { mergedCells, mergedRows } from "./merged-cells";

it("prints equal remarks of consecutive rows once", () => {
  const rows = [["甲"], ["甲"], [" 甲 "], ["乙"], ["甲"], ["甲"]];
  expect(mergedRows(rows, 0)).toEqual([3, 0, 0, 1, 2, 0]);
  expect(mergedRows([], 0)).toEqual([]);
});

it("keeps blanks apart", () => {
  expect(mergedRows([[""], [""], [" "], ["甲"], [""]], 0)).toEqual([1, 1, 1, 1, 1]);
  expect(mergedRows([["甲"], []], 1)).toEqual([1, 1]);
});

it("merges the columns of remarks only: equal figures are facts of their own", () => {
  const table = {
    header: ["指标", "单位", "备 注"],
    rows: [
      ["产值", "亿元", "预计数"],
      ["投资", "亿元", "预计数"],
    ],
  };
  expect(mergedCells(table)).toEqual([
    [1, 1, 2],
    [1, 1, 0],
  ]);
});
