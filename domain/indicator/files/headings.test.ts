import { describe, expect, it } from "vitest";
import { FIGURE_FIELDS } from "../figure";
import { annexHeader } from "../printing";
import { headingOf } from "./headings";

describe("a heading", () => {
  it.each([
    [2024, 1],
    [2025, 2],
  ] as const)("of the annex of %i is its column", (year, half) => {
    const columns = annexHeader(year, half).map((heading) => headingOf(heading, year)?.column);
    expect(columns).toEqual(["position", "name", "unit", ...FIGURE_FIELDS]);
  });

  it.each([
    ["指标名称", "name"],
    ["指　标", "name"],
    ["计量单位", "unit"],
    ["上年实际完成", "lastActual"],
    ["2023年实际完成", "lastActual"],
    ["年度计划目标", "planTotal"],
    ["计划增长（％）", "planGrowth"],
    ["1-6月完成", "actual"],
    ["上半年实际完成", "actual"],
    ["总量位次", "rankTotal"],
    ["完成总量全市排名", "rankTotal"],
    ["增幅排名", "rankGrowth"],
    ["占年度计划完成率", "completion"],
    ["完成年度计划（%）", "completion"],
    ["同比±%", "growth"],
    ["备注（说明）", "remark"],
    ["指标代码", "code"],
  ])("%s is %s", (heading, column) => {
    expect(headingOf(heading, 2024)?.column).toBe(column);
  });

  it.each(["全市站位", "责任单位", "联系人", "2023年增速", "数据", ""])("%s is none of the table", (heading) => {
    expect(headingOf(heading, 2024)).toBeNull();
  });

  it("says its year and its half", () => {
    expect(headingOf("2024年上半年完成总量", 2024)).toEqual({ column: "actual", year: 2024, half: 1 });
    expect(headingOf("2023年1—6月完成总量", 2024)).toEqual({ column: "actual", year: 2023, half: 1 });
    expect(headingOf("2024年全年增速(%)", 2024)).toEqual({ column: "growth", year: 2024, half: 2 });
    expect(headingOf("完成率(%)", 2024)).toEqual({ column: "completion", year: null, half: null });
  });
});
