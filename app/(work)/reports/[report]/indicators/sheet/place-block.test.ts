import { expect, test } from "vitest";
import { columnOf } from "./columns";
import { ordered, placeBlock } from "./place-block";

const aRow = (id: string, officialName: string, mayFill = true, shortName = officialName) => ({
  id,
  officialName,
  shortName,
  aliases: [],
  mayFill,
});
const ROWS = [
  aRow("gdp", "地区生产总值"),
  aRow("farm", "农林牧渔业总产值", false),
  aRow("fdi", "实际使用外商直接投资", true, "实际利用外资"),
];
const at = (row: number, column: number) => ({ from: { row, column }, to: { row, column } });
const LAST = columnOf("lastActual");

test("a block goes from the active cell on, and says what it could not fill", () => {
  const placed = placeBlock(
    [
      ["872.78", "936.49"],
      ["20.48", ""],
      ["1695", "1760"],
      ["1", ""],
    ],
    at(0, LAST),
    ROWS,
  );
  expect(placed.changes).toEqual([
    { id: "gdp", field: "lastActual", typed: "872.78" },
    { id: "gdp", field: "planTotal", typed: "936.49" },
    { id: "fdi", field: "lastActual", typed: "1695" },
    { id: "fdi", field: "planTotal", typed: "1760" },
  ]);
  expect(placed).toMatchObject({ locked: 1, outside: 1, unknown: [] });
});

test("the whole annex pasted on its first cell loses its headings and finds its rows by their names", () => {
  const placed = placeBlock(
    [
      ["序号", "主要经济指标", "计算单位", "2023年实际完成情况"],
      ["1", "实际利用外资", "万美元", "1695"],
      ["2", "地区生产 总值", "亿元", "872.78"],
      ["3", "不在表里的", "亿元", "5"],
    ],
    at(0, 0),
    ROWS,
  );
  expect(placed.changes).toEqual([
    { id: "fdi", field: "lastActual", typed: "1695" },
    { id: "gdp", field: "lastActual", typed: "872.78" },
  ]);
  expect(placed).toMatchObject({ locked: 0, outside: 0, unknown: ["不在表里的"] });
});

test("one value fills the range that is selected, from whichever corner it was drawn", () => {
  const range = { from: { row: 2, column: columnOf("rankGrowth") }, to: { row: 0, column: columnOf("growth") } };
  expect(ordered(range).from).toEqual({ row: 0, column: columnOf("growth") });
  expect(placeBlock([["暂未反馈"]], range, ROWS).changes.map(({ id, field }) => `${id} ${field}`)).toEqual([
    "gdp growth",
    "gdp rankGrowth",
    "fdi growth",
    "fdi rankGrowth",
  ]);
});
