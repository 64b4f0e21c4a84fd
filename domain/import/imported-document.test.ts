import { expect, test } from "vitest";
import { cellGrid, widthOf, type ImportedTable } from "./imported-document";
import { fits } from "./outline-draft";
import { recogniseOutline } from "./recognise-outline";

const cell = (text: string, colspan = 1, rowspan = 1) => ({ text, colspan, rowspan });
const table = (...rows: ImportedTable["rows"]): ImportedTable => ({ kind: "table", rows });

test("a table is as wide as its grid, the cells that reach down from above counted", () => {
  const merged = table(
    [cell("指标", 1, 2), cell("计划", 2)],
    [cell("总量"), cell("增速"), cell("备注", 2, 9)],
    [cell("甲")],
  );
  expect(widthOf(merged)).toBe(5);
  expect(cellGrid(merged)[0]).toHaveLength(5);
  expect(widthOf(table())).toBe(0);
});

test("a width that no grid could be made for is told, and does not fit, by one cell as by many rows", () => {
  const vast = table([cell("甲", 2 ** 40)], [cell("乙")]);
  expect(widthOf(vast)).toBe(2 ** 40);
  expect(fits(vast)).toBe(false);
  expect(fits(table(...Array.from({ length: 21 }, (_, y) => [cell("甲", 1, 21 - y)])))).toBe(false);
  expect(fits(table(...Array.from({ length: 20 }, (_, y) => [cell("甲", 1, 20 - y)])))).toBe(true);
});

test("a table that is too wide is listed with all its words, also below the headings of indicators", () => {
  const headings = ["指标名称", "单位", "年计划", "上半年完成"].map((text) => cell(text));
  const figures = table(headings, [cell("地区生产总值"), cell("亿元"), cell("1700"), cell("850", 2 ** 40)]);
  const { nodes, leftOver } = recogniseOutline({ blocks: [figures], leftOver: [] });
  expect(nodes.filter(({ kind }) => kind === "annex" || kind === "indicators")).toEqual([]);
  expect(leftOver).toEqual([
    {
      reason: "table-too-large",
      block: 0,
      text: "指标名称\t单位\t年计划\t上半年完成\n地区生产总值\t亿元\t1700\t850",
    },
  ]);
});
