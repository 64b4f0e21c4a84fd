import { describe, expect, it } from "vitest";
import type { Binding, BoundField, ClauseForm, FigureForm } from "./binding";
import type { Figure, Figures, IndicatorRow } from "./figure";
import { blanked, REAL_BULLETS, realRow, realRows } from "./real-table.testing";
import { wordBinding, wordClause, wordCount, wordFigure } from "./wording";

const amended = (row: IndicatorRow, figures: Figures): IndicatorRow => ({
  ...row,
  figures: { ...row.figures, ...figures },
});
const number = (digits: string): Figure => ({ state: "number", digits });
const PENDING: Figure = { state: "pending" };
const NOT_APPLICABLE: Figure = { state: "not-applicable" };

describe("the bullets of the half-year report of 2024", () => {
  const rows = realRows();
  const formOf = (row: IndicatorRow): ClauseForm => (row.code === "tertiary" ? "bullet-done" : "bullet");
  const closed = (clause: string | null, index: number): string => `${clause}${index === 12 ? "。" : "；"}`;

  it("are 13, one for each row", () => {
    expect(REAL_BULLETS).toHaveLength(13);
    expect(rows).toHaveLength(13);
  });

  it.each(rows.flatMap((row, index) => (row.code === "trade" ? [] : [{ row, index, name: row.officialName }])))(
    "say $name as the original",
    ({ row, index }) => {
      expect(closed(wordClause(row, formOf(row)), index)).toBe(REAL_BULLETS[index]);
    },
  );

  it("say of 外贸进出口 下降4.03% where the original prints 增长-4.03%", () => {
    expect(wordClause(realRow("trade"), "bullet")).toBe("外贸进出口预计完成59.1亿元，完成年度计划的47.29%，下降4.03%");
    expect(REAL_BULLETS[8]).toBe("外贸进出口预计完成59.1亿元，完成年度计划的47.29%，增长-4.03%；");
  });

  it("keep that original under an override of the wording", () => {
    const original = (REAL_BULLETS[8] ?? "").slice(0, -1);
    const node: Binding = {
      type: "clause",
      attrs: {
        id: "bullet-9",
        indicator: "trade",
        form: "bullet",
        text: "",
        wording: { text: original, reason: "照原文" },
      },
    };
    expect(wordBinding(node, new Map(rows.map((row) => [row.code, row])), 1)).toBe(original);
  });
});

describe("a clause in the body of the text", () => {
  it("joins amount and growth by 、 and leaves the completion out", () => {
    expect(wordClause(realRow("gdp"), "body")).toBe("地区生产总值完成481.35亿元、增长9.1%");
    expect(wordClause(realRow("trade"), "body")).toBe("外贸进出口预计完成59.1亿元、下降4.03%");
    expect(wordClause(realRow("industrial-added"), "body")).toBe("规模工业增加值增长19.1%");
    expect(wordClause(realRow("foreign-capital"), "body")).toBe("实际利用外资完成1188.9万美元");
  });
});

describe("a clause", () => {
  const gdp = realRow("gdp");
  const industry = realRow("industrial-added");

  it("says nothing while its amount is blank, pending, not applicable or in words", () => {
    for (const form of ["bullet", "bullet-done", "body"] as const) {
      expect(wordClause(blanked(gdp, "actual"), form)).toBeNull();
      expect(wordClause(amended(gdp, { actual: PENDING }), form)).toBeNull();
      expect(wordClause(amended(gdp, { actual: NOT_APPLICABLE }), form)).toBeNull();
      expect(wordClause(amended(gdp, { actual: { state: "words", words: "约480亿元" } }), form)).toBeNull();
    }
  });

  it("says an amount of zero", () => {
    expect(wordClause(amended(gdp, { actual: number("0") }), "bullet")).toBe(
      "地区生产总值0亿元，完成年度计划的0%，增长9.1%",
    );
  });

  it("says nothing while its growth or its plan is blank", () => {
    expect(wordClause(blanked(gdp, "growth"), "bullet")).toBeNull();
    expect(wordClause(blanked(gdp, "growth"), "body")).toBeNull();
    expect(wordClause(blanked(gdp, "planTotal"), "bullet")).toBeNull();
    expect(wordClause(blanked(gdp, "planTotal"), "body")).toBe("地区生产总值完成481.35亿元、增长9.1%");
  });

  it("leaves out what is not applicable or not fed back yet", () => {
    expect(wordClause(amended(gdp, { growth: PENDING }), "bullet")).toBe("地区生产总值481.35亿元，完成年度计划的51.4%");
    expect(wordClause(amended(gdp, { planTotal: NOT_APPLICABLE }), "bullet")).toBe("地区生产总值481.35亿元，增长9.1%");
    expect(wordClause(amended(industry, { planGrowth: NOT_APPLICABLE }), "bullet")).toBe("规模工业增加值增长19.1%");
  });

  it("lets words stand as they are", () => {
    const held = amended(gdp, {
      growth: { state: "words", words: "基本持平" },
      planTotal: { state: "words", words: "完成上级任务" },
    });
    expect(wordClause(held, "bullet")).toBe("地区生产总值481.35亿元，基本持平");
  });

  it("says 与上年持平 of a growth of zero, and 与计划增速持平 where growth meets the plan", () => {
    expect(wordClause(amended(gdp, { growth: number("0.0") }), "body")).toBe("地区生产总值完成481.35亿元、与上年持平");
    expect(wordClause(amended(industry, { growth: number("9.0") }), "bullet")).toBe(
      "规模工业增加值增长9%，与计划增速持平",
    );
    expect(wordClause(amended(industry, { growth: number("-1") }), "bullet")).toBe(
      "规模工业增加值下降1%，低于计划增速10个百分点",
    );
  });

  it("says 预计 once", () => {
    const estimate = (digits: string): Figure => ({ state: "estimate", digits });
    expect(wordClause(amended(industry, { growth: estimate("19.1") }), "bullet")).toBe(
      "规模工业增加值预计增长19.1%，高于计划增速10.1个百分点",
    );
    expect(wordClause(amended(gdp, { growth: estimate("9.1") }), "body")).toBe(
      "地区生产总值完成481.35亿元、预计增长9.1%",
    );
    expect(wordClause(amended(gdp, { actual: estimate("480"), growth: estimate("9.1") }), "bullet-done")).toBe(
      "地区生产总值预计完成480亿元，完成年度计划的51.26%，增长9.1%",
    );
  });
});

describe("a figure in prose", () => {
  it.each<[string, BoundField, FigureForm, string]>([
    ["gdp", "actual", "number", "481.35"],
    ["gdp", "actual", "unit", "481.35亿元"],
    ["foreign-capital", "actual", "unit", "1188.9万美元"],
    ["rural-income", "planTotal", "unit", "29910.6元"],
    ["gdp", "lastActual", "unit", "872.78亿元"],
    ["gdp", "planGrowth", "rate", "7.3%"],
    ["gdp", "completion", "rate", "51.4%"],
    ["tertiary", "completion", "rate", "56.82%"],
    ["gdp", "growth", "change", "增长9.1%"],
    ["gdp", "growth", "rate", "9.1%"],
    ["trade", "growth", "change", "下降4.03%"],
    ["trade", "growth", "rate", "-4.03%"],
    ["industrial-added", "gap", "against", "高于计划增速10.1个百分点"],
    ["industrial-added", "gap", "points", "10.1个百分点"],
    ["farm-output", "gap", "against", "低于计划增速0.9个百分点"],
    ["farm-output", "gap", "points", "-0.9个百分点"],
    ["gdp", "rankGrowth", "rank", "第二"],
    ["farm-output", "rankTotal", "rank", "第十"],
    ["retail", "rankGrowth", "rank", "第十一"],
    ["retail", "rankGrowth", "number", "11"],
  ])("of %s, %s as %s, is %s", (code, field, form, said) => {
    expect(wordFigure(realRow(code), field, form)).toBe(said);
  });

  it.each<[string, BoundField, FigureForm]>([
    ["industrial-added", "actual", "unit"], // "/"
    ["industrial-added", "lastActual", "unit"], // 增长1%
    ["industrial-added", "completion", "rate"], // 高于计划增速10.1个百分点
    ["trade", "rankTotal", "rank"], // 暂未反馈
    ["foreign-capital", "rankGrowth", "rank"], // 完成率全市第二
    ["foreign-capital", "gap", "against"], // no growth
    ["gdp", "actual", "rate"], // no form of an amount
  ])("of %s, %s as %s, is nothing to say", (code, field, form) => {
    expect(wordFigure(realRow(code), field, form)).toBeNull();
  });

  it("does not call a rank what is no whole place", () => {
    expect(wordFigure(amended(realRow("gdp"), { rankTotal: number("1.5") }), "rankTotal", "rank")).toBeNull();
    expect(wordFigure(amended(realRow("gdp"), { rankTotal: number("0") }), "rankTotal", "rank")).toBeNull();
    expect(wordFigure(amended(realRow("gdp"), { rankTotal: number("100") }), "rankTotal", "rank")).toBeNull();
  });
});

describe("the counts", () => {
  it("are 13 indicators, 10 ahead and 3 behind at mid-year", () => {
    expect(wordCount(realRows(), "all", 1)).toBe("13");
    expect(wordCount(realRows(), "ahead", 1)).toBe("10");
    expect(wordCount(realRows(), "behind", 1)).toBe("3");
  });

  it("say no split while one row is undecided, and nothing of no rows", () => {
    const rows = realRows().map((row) => (row.code === "gdp" ? amended(row, { actual: PENDING }) : row));
    expect(wordCount(rows, "all", 1)).toBe("13");
    expect(wordCount(rows, "ahead", 1)).toBeNull();
    expect(wordCount(rows, "behind", 1)).toBeNull();
    expect(wordCount([], "all", 1)).toBeNull();
  });
});

describe("a node of the text", () => {
  const rows = new Map(realRows().map((row) => [row.code, row]));
  const figure = (indicator: string, wording: Binding["attrs"]["wording"] = null): Binding => ({
    type: "figure",
    attrs: { id: "node-1", indicator, field: "actual", form: "unit", text: "480亿元", wording },
  });

  it("takes its words from its row, not from what it said before", () => {
    expect(wordBinding(figure("gdp"), rows, 1)).toBe("481.35亿元");
    expect(
      wordBinding(
        { type: "clause", attrs: { id: "node-2", indicator: "gdp", form: "body", text: "", wording: null } },
        rows,
        1,
      ),
    ).toBe("地区生产总值完成481.35亿元、增长9.1%");
    expect(
      wordBinding({ type: "count", attrs: { id: "node-3", form: "behind", text: "", wording: null } }, rows, 1),
    ).toBe("3");
  });

  it("says nothing of an indicator that is not in the table, unless its wording is given", () => {
    expect(wordBinding(figure("removed"), rows, 1)).toBeNull();
    expect(wordBinding(figure("removed", { text: "480多亿元", reason: "概数" }), rows, 1)).toBe("480多亿元");
  });
});
