import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify, completion, completionShown, gap, impliedPlan, isAhead, pace, shares } from "./derive";
import type { Figure, Figures, IndicatorRow } from "./figure";
import { plainDigits } from "./printing";
import { REAL_CSV, realRow, realRows } from "./real-table.testing";

const number = (digits: string): Figure => ({ state: "number", digits });
const estimate = (digits: string): Figure => ({ state: "estimate", digits });
const PENDING: Figure = { state: "pending" };
const NOT_APPLICABLE: Figure = { state: "not-applicable" };
const gdpWith = (figures: Figures): IndicatorRow => ({ ...realRow("gdp"), figures });

describe("完成率", () => {
  it("of every row of the half-year report of 2024 is what it printed, but for row 10", () => {
    const derived = realRows().map((row) => [row.code, completion(row)?.figure] as const);
    const printed = REAL_CSV.slice(1).map((cells) => cells[8]);
    const differing = derived.filter(([, figure], index) => {
      const said = figure && "digits" in figure ? figure.digits : figure?.state === "words" ? figure.words : "";
      return said !== printed[index];
    });
    expect(differing).toEqual([["tertiary", number("56.81")]]);
  });

  it("names its operands as they were displayed", () => {
    expect(completion(realRow("gdp"))).toEqual({
      figure: number("51.40"),
      formula: "actual-over-plan",
      operands: [
        { field: "actual", printed: "481.35" },
        { field: "planTotal", printed: "936.49" },
      ],
    });
  });

  it("rounds half up at two decimals", () => {
    expect(completion(gdpWith({ actual: number("1.00005"), planTotal: number("1") }))?.figure).toEqual(
      number("100.01"),
    );
    expect(completion(gdpWith({ actual: number("1.00004"), planTotal: number("1") }))?.figure).toEqual(
      number("100.00"),
    );
    expect(completion(gdpWith({ actual: number("-1.00005"), planTotal: number("1") }))?.figure).toEqual(
      number("-100.01"),
    );
  });

  it("of an estimate is an estimate", () => {
    expect(completion(realRow("trade"))?.figure).toEqual(estimate("47.29"));
  });

  it.each<[string, Figures, Figure | null]>([
    ["nothing while the amount is blank", { planTotal: number("9") }, null],
    ["nothing while the plan is blank", { actual: number("9") }, null],
    ["pending while the amount is", { actual: PENDING, planTotal: number("9") }, PENDING],
    ["not applicable without a plan", { actual: number("9"), planTotal: NOT_APPLICABLE }, NOT_APPLICABLE],
    [
      "not applicable without a plan, even while pending",
      { actual: PENDING, planTotal: NOT_APPLICABLE },
      NOT_APPLICABLE,
    ],
    ["nothing of a plan in words", { actual: number("9"), planTotal: { state: "words", words: "完成上级任务" } }, null],
    ["nothing of a plan of zero", { actual: number("9"), planTotal: number("0.00") }, null],
    ["nothing of a plan below zero", { actual: number("9"), planTotal: number("-3") }, null],
    ["zero of an amount of zero", { actual: number("0"), planTotal: number("3") }, number("0.00")],
    [
      "zero without a minus of what rounds to it",
      { actual: number("-0.00001"), planTotal: number("3") },
      number("0.00"),
    ],
  ])("is %s", (_name, figures, figure) => {
    expect(completion(gdpWith(figures))?.figure ?? null).toEqual(figure);
  });

  it("of a growth-only indicator says the difference to the plan", () => {
    const industry = realRow("industrial-added");
    const of = (growth: Figure, plan: Figure): Figure | undefined =>
      completion({ ...industry, figures: { growth, planGrowth: plan } })?.figure;
    expect(completion(industry)?.figure).toEqual({ state: "words", words: "高于计划增速10.1个百分点" });
    expect(of(number("7.5"), number("9"))).toEqual({ state: "words", words: "低于计划增速1.5个百分点" });
    expect(of(number("9.0"), number("9"))).toEqual({ state: "words", words: "与计划增速持平" });
    expect(of(estimate("10"), number("9"))).toEqual({ state: "words", words: "预计高于计划增速1个百分点" });
    expect(of(PENDING, number("9"))).toEqual(PENDING);
    expect(of(number("9"), NOT_APPLICABLE)).toEqual(NOT_APPLICABLE);
  });

  it("shows the typed one, and says so", () => {
    expect(completionShown(realRow("tertiary"))).toEqual({ figure: number("56.82"), isOverride: true });
    expect(completionShown(realRow("gdp"))).toEqual({ figure: number("51.40"), isOverride: false });
    expect(completionShown(gdpWith({}))).toEqual({ figure: null, isOverride: false });
  });
});

describe("the difference to the plan's growth", () => {
  it("is exact where floats are not, at the finer of both displays", () => {
    expect(gap(realRow("industrial-added"))).toEqual({
      figure: number("10.1"),
      formula: "growth-minus-plan",
      operands: [
        { field: "growth", printed: "19.1" },
        { field: "planGrowth", printed: "9" },
      ],
    });
    expect(gap(realRow("trade"))?.figure).toEqual(estimate("-8.33"));
    expect(gap(realRow("foreign-capital"))?.figure).toEqual(NOT_APPLICABLE);
    expect(gap(gdpWith({ growth: number("1") }))).toBeNull();
  });
});

describe("the plan that last year and its growth make", () => {
  it("is the printed plan in 9 of 11 rows; the two of the budget differ, as their remarks explain", () => {
    const rows = realRows().flatMap((row) => {
      const implied = impliedPlan(row, 2)?.figure;
      const plan = row.figures.planTotal;
      return implied && "digits" in implied && plan && "digits" in plan
        ? [{ code: row.code, agrees: new Decimal(implied.digits).eq(plan.digits) }]
        : [];
    });
    expect(rows).toHaveLength(11);
    expect(rows.filter((row) => !row.agrees).map((row) => row.code)).toEqual(["budget-total", "budget-local"]);
  });

  it("is given to the decimals of last year's figure unless asked otherwise", () => {
    expect(impliedPlan(realRow("gdp"))?.figure).toEqual(number("936.49"));
    expect(impliedPlan(realRow("retail"))?.figure).toEqual(number("381.0"));
    expect(impliedPlan(realRow("retail"), 2)?.figure).toEqual(number("380.99"));
    expect(impliedPlan(realRow("urban-income"))?.figure).toEqual(number("58091"));
  });

  it("cannot be made of words or of what is not applicable", () => {
    expect(impliedPlan(realRow("industrial-added"))).toBeNull();
    expect(impliedPlan(realRow("foreign-capital"))?.figure).toEqual(NOT_APPLICABLE);
  });
});

describe("the pace of the time of year", () => {
  it("is half of the plan at mid-year and the whole at its end", () => {
    expect(pace(realRow("gdp"), 1)).toEqual({ rate: "51.40", expected: "50", ahead: true });
    expect(pace(realRow("gdp"), 2)).toEqual({ rate: "51.40", expected: "100", ahead: false });
    expect(pace(gdpWith({ actual: number("50"), planTotal: number("100") }), 1)?.ahead).toBe(true);
    expect(pace(gdpWith({ actual: number("49.99"), planTotal: number("100") }), 1)?.ahead).toBe(false);
    expect(pace(realRow("industrial-added"), 1)).toBeNull();
  });

  it("finds 10 of the 13 rows ahead and 3 behind", () => {
    expect(classify(realRows(), 1)).toEqual({ all: 13, ahead: 10, behind: 3, undecided: 0 });
    const behind = realRows().filter((row) => isAhead(row, 1) === false);
    expect(behind.map((row) => row.code)).toEqual(["farm-output", "trade", "retail"]);
  });

  it("leaves a row undecided that has no rate", () => {
    expect(isAhead(gdpWith({ actual: PENDING, planTotal: number("9") }), 1)).toBeNull();
    expect(isAhead(gdpWith({ completion: { state: "words", words: "超额完成" } }), 1)).toBeNull();
    expect(isAhead({ ...realRow("industrial-added"), figures: { growth: number("9") } }, 1)).toBeNull();
  });

  it("holds a growth-only row ahead that meets its plan's growth", () => {
    const of = (growth: string): boolean | null =>
      isAhead({ ...realRow("industrial-added"), figures: { growth: number(growth), planGrowth: number("9.0") } }, 1);
    expect([of("9"), of("8.9"), of("9.1")]).toEqual([true, false, true]);
  });
});

describe("shares", () => {
  it("of the three sectors in the published total are 0.72:34.18:65.1", () => {
    const sectors = shares(["3.46", "164.5", "313.38"], 2, "481.35");
    expect(sectors).toEqual(["0.72", "34.18", "65.10"]);
    expect(sectors?.map(plainDigits).join(":")).toBe("0.72:34.18:65.1");
  });

  it("give the first of equal remainders the last unit", () => {
    expect(shares(["1", "1", "1"], 0)).toEqual(["34", "33", "33"]);
    expect(shares(["1", "1", "1"], 2)).toEqual(["33.34", "33.33", "33.33"]);
  });

  it("are nothing of no parts, negative parts, or parts of another whole", () => {
    expect(shares([], 2)).toBeNull();
    expect(shares(["0", "0"], 2)).toBeNull();
    expect(shares(["-1", "2"], 2)).toBeNull();
    expect(shares(["10", "20"], 2, "300")).toBeNull();
    expect(shares(["10", "20"], 2, "3")).toBeNull();
  });

  it("always add up to exactly 100, each within one unit of its exact share", () => {
    const part = fc.integer({ min: 0, max: 10_000_000 }).map((value) => new Decimal(value).div(100).toFixed(2));
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 4 }),
        (parts, decimals) => {
          const total = Decimal.sum(...parts);
          fc.pre(!total.isZero());
          const printed = shares(parts, decimals) ?? [];
          expect(Decimal.sum(...printed).toString()).toBe("100");
          for (const [index, share] of printed.entries()) {
            const exact = new Decimal(parts[index] ?? 0).div(total).times(100);
            expect(exact.minus(share).abs().lt(new Decimal(10).pow(-decimals))).toBe(true);
          }
        },
      ),
    );
  });
});
