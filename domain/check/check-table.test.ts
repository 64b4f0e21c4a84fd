import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Figure, FigureField, IndicatorRow } from "../indicator/figure";
import { checkTable } from "./check-table";
import { readTable } from "./files/read-table";
import type { Finding } from "./finding";

const real = await readTable(readFileSync("db/demo/2024-h1.indicators.csv"));

describe("the table of the first half of 2024", () => {
  const findings = checkTable(real.rows, { half: 1, counties: 11 });

  it("keeps R1 in 12 of 12 rows and R2 in 9 of 11: the two budget rows stand by their remarks", () => {
    expect(findings.filter(({ severity, waivedBy }) => severity !== "info" && waivedBy === null)).toEqual([]);
    const waived = findings.filter(({ waivedBy }) => waivedBy !== null);
    expect(waived.map(({ rule, params, stated, expected }) => [rule, params["name"], stated, expected])).toEqual([
      ["R2", "一般公共预算总收入", "39.18", "39.57"],
      ["R2", "地方一般公共预算收入", "23.55", "23.83"],
    ]);
    expect(waived.map(({ waivedBy }) => waivedBy)).toEqual(
      [5, 6].map((index) => {
        const remark = real.rows[index]?.figures.remark;
        return remark?.state === "words" ? remark.words : "";
      }),
    );
  });

  it("has one notice of rounding: 56.82 where the displayed digits make 56.81", () => {
    const notices = findings.filter(({ severity }) => severity === "info");
    expect(notices.map(({ rule, params, stated, expected }) => [rule, params["name"], stated, expected])).toEqual([
      ["D1", "第三产业增加值", "56.82", "56.81"],
    ]);
  });

  it("fails in the two budget rows once their remarks are taken away", () => {
    const bare = real.rows.map(({ figures: { remark: _, ...figures }, ...row }) => ({ ...row, figures }));
    const open = checkTable(bare, { half: 1 }).filter(({ severity, waivedBy }) => severity === "error" && !waivedBy);
    expect(open.map(({ rule, params }) => [rule, params["name"]])).toEqual([
      ["R2", "一般公共预算总收入"],
      ["R2", "地方一般公共预算收入"],
    ]);
  });
});

describe("R1, completion = actual ÷ plan × 100", () => {
  it("takes each number as it is displayed: ± half its last digit", () => {
    expect(rulesOf({ planTotal: "551.58", actual: "313.38", completion: "56.82" })).toEqual(["D1"]);
    expect(rulesOf({ planTotal: "551.58", actual: "313.38", completion: "56.83" })).toEqual(["R1"]);
    expect(rulesOf({ planTotal: "552", actual: "313", completion: "56.82" })).toEqual(["D1"]);
    expect(rulesOf({ planTotal: "551.58", actual: "313.38", completion: "56.8" })).toEqual([]);
  });

  it("finds a slipped decimal point, another unit and a lost minus", () => {
    const [slipped] = check({ planTotal: "936.49", actual: "481.35", completion: "5.14" });
    expect(slipped).toMatchObject({
      rule: "R1",
      severity: "error",
      says: "table-completion",
      stated: "5.14",
      expected: "51.40",
      waivedBy: null,
      where: { in: "table", indicator: "gdp", field: "completion" },
    });
    expect(slipped?.also.map((place) => place.in === "table" && place.field)).toEqual(["actual", "planTotal"]);
    expect(rulesOf({ planTotal: "936.49", actual: "4813500", completion: "51.40" })).toEqual(["R1"]);
    expect(rulesOf({ planTotal: "936.49", actual: "-481.35", completion: "51.40" })).toEqual(["R1"]);
  });

  it("finds an override as it finds a typed rate, whatever its reason", () => {
    const row = rowOf({ planTotal: "100", actual: "50", completion: "51.00" });
    expect(checkTable([{ ...row, completionReason: "完成率按上级口径" }], { half: 1 })[0]).toMatchObject({
      rule: "R1",
      waivedBy: null,
    });
  });

  it("is waived only by a remark that speaks of 完成率, and not by one on its rank", () => {
    const figures = { planTotal: "100", actual: "50", completion: "55" } as const;
    expect(waivers({ ...figures, remark: "完成率按调整后的计划计算" })).toEqual(["完成率按调整后的计划计算"]);
    expect(waivers({ ...figures, remark: "计划完成总量以预算数为准" })).toEqual([null]);
    expect(waivers({ ...figures, remark: "完成率全市第二" })).toEqual([null]);
    expect(waivers({ ...figures, remark: "暂未反馈上半年数据，为预计数" })).toContain(null);
    expect(waivers({ ...figures, completion: "5.5", remark: "完成率按调整后的计划计算" })).toEqual([null]);
  });

  it("cannot be worked out of a plan of nothing", () => {
    expect(check({ planTotal: "0", actual: "5", completion: "50" })).toMatchObject([
      { rule: "R1", says: "table-completion-of-nothing", expected: "" },
    ]);
  });
});

describe("R2, plan = last year × (1 + planned growth)", () => {
  it("accepts what rounding explains and says so where the digits differ", () => {
    expect(rulesOf({ lastActual: "872.78", planGrowth: "7.3", planTotal: "936.49" })).toEqual([]);
    expect(rulesOf({ lastActual: "872.78", planGrowth: "7.3", planTotal: "936.9" })).toEqual(["D2"]);
    expect(rulesOf({ lastActual: "872.78", planGrowth: "7.3", planTotal: "937.1" })).toEqual(["R2"]);
  });

  it("finds a minus that was lost and one that was added", () => {
    expect(rulesOf({ lastActual: "100.00", planGrowth: "-5.0", planTotal: "105.00" })).toEqual(["R2"]);
    expect(rulesOf({ lastActual: "100.00", planGrowth: "5.0", planTotal: "95.00" })).toEqual(["R2"]);
    expect(rulesOf({ lastActual: "100.00", planGrowth: "-5.0", planTotal: "95.00" })).toEqual([]);
  });

  const failing = { lastActual: "36.98", planGrowth: "7", planTotal: "39.18" } as const;

  it("is waived by a remark on the plan, the budget or the basis", () => {
    for (const remark of ["计划数以预算草案为准", "年初目标经人大批准调整", "统计口径调整，上年数未同口径调整"]) {
      expect(waivers({ ...failing, remark })).toEqual([remark]);
    }
  });

  it("is not waived by a remark on anything else", () => {
    for (const remark of [
      "为预计数",
      "一般公共预算总收入为预计数",
      "预计完成全年计划",
      "低于计划增速4个百分点",
      "按计划推进",
    ]) {
      expect(waivers({ ...failing, remark }, { officialName: "一般公共预算总收入" }).at(0)).toBeNull();
    }
  });

  it("is not waived where a decimal point or a sign has slipped", () => {
    const remark = "计划数以预算草案为准";
    expect(waivers({ ...failing, planTotal: "391.8", remark })).toEqual([null]);
    expect(waivers({ ...failing, planTotal: "3.92", remark })).toEqual([null]);
    expect(waivers({ ...failing, planTotal: "-39.18", remark })).toEqual([null]);
    for (const planGrowth of ["-7", "70", "0.7"]) {
      expect(waivers({ ...failing, planGrowth, remark })).toEqual([null]);
    }
  });
});

describe("a relation with a figure missing", () => {
  it("says nothing: blank, /, 暂未反馈 and words are not zero", () => {
    for (const missing of ["", "/", "暂未反馈", "增长1%"]) {
      expect(rulesOf({ planTotal: "100", actual: missing, completion: "" })).toEqual([]);
      expect(rulesOf({ planTotal: missing, actual: "50", completion: "90" })).toEqual([]);
      expect(rulesOf({ lastActual: missing, planGrowth: "5", planTotal: "90" })).toEqual([]);
      expect(rulesOf({ lastActual: "100", planGrowth: missing, planTotal: "90" })).toEqual([]);
    }
  });

  it("reckons with estimates as with numbers", () => {
    const remark = "为预计数";
    expect(rulesOf({ planTotal: "124.98", actual: "预计59.1", completion: "47.29", remark })).toEqual([]);
    expect(rulesOf({ planTotal: "124.98", actual: "预计59.1", completion: "49.27", remark })).toEqual(["R1"]);
  });
});

describe("R3, the words of an indicator that has only its growth", () => {
  const growthOnly = (completion: string, growth = "19.1", planGrowth = "9"): Finding[] =>
    check({ planTotal: "/", actual: "/", planGrowth, growth, completion }, { kind: "growth-only" });

  it("holds for the difference of the two growths, either way", () => {
    expect(growthOnly("高于计划增速10.1个百分点")).toEqual([]);
    expect(growthOnly("超计划增速10.1个百分点")).toEqual([]);
    expect(growthOnly("比计划增速高10.1个百分点")).toEqual([]);
    expect(growthOnly("低于计划增速1.5个百分点", "7.5")).toEqual([]);
    expect(growthOnly("比年度计划目标低１．５个百分点", "7.5")).toEqual([]);
    expect(growthOnly("与计划增速持平", "9.0")).toEqual([]);
  });

  it("fails for another difference, the wrong side, and a tie that is none", () => {
    expect(growthOnly("高于计划增速11.1个百分点")).toMatchObject([
      { rule: "R3", severity: "error", stated: "11.1", expected: "10.1", where: { field: "completion" } },
    ]);
    expect(growthOnly("低于计划增速10.1个百分点")).toMatchObject([{ severity: "error", stated: "-10.1" }]);
    expect(growthOnly("比计划增速低10.1个百分点")).toMatchObject([{ severity: "error", stated: "-10.1" }]);
    expect(growthOnly("与计划增速持平", "19.1", "9.0")).toMatchObject([{ severity: "error", expected: "10.1" }]);
  });

  it("asks for a second look at a difference that only a rounded plan would allow", () => {
    expect(growthOnly("高于计划增速10.5个百分点")).toMatchObject([{ rule: "R3", severity: "warning" }]);
  });
});

describe("R12, status and label", () => {
  it("wants a remark for an estimate, and an estimate for such a remark", () => {
    expect(says({ planTotal: "100", actual: "预计50" })).toEqual(["table-estimate-unsaid"]);
    expect(says({ planTotal: "100", actual: "50", remark: "为预计数" })).toEqual(["table-estimate-unmarked"]);
    expect(says({ planTotal: "100", actual: "预计50", remark: "为预计数" })).toEqual([]);
    expect(says({ planTotal: "100", actual: "50", remark: "预计下半年完成全年计划" })).toEqual([]);
  });

  it("finds what is filled in though the remark says 暂未反馈, and only that", () => {
    const remark = "增速站位暂未反馈";
    expect(says({ rankTotal: "1", rankGrowth: "2", remark })).toEqual(["table-rank-not-fed-back"]);
    expect(says({ rankTotal: "1", rankGrowth: "暂未反馈", remark })).toEqual([]);
    expect(says({ actual: "预计5", rankTotal: "3", remark: "暂未反馈上半年数据，为预计数" })).toEqual([
      "table-rank-not-fed-back",
    ]);
    expect(says({ actual: "5", remark: "上半年数据暂未反馈" })).toEqual(["table-figure-not-fed-back"]);
  });

  it("finds a rate of what is not there, and an amount where only growth is published", () => {
    expect(says({ planTotal: "100", actual: "暂未反馈", completion: "50" })).toEqual(["table-rate-of-pending"]);
    expect(says({ actual: "12.5", planTotal: "/" }, { kind: "growth-only" })).toEqual(["table-amount-of-growth-only"]);
    expect(says({ actual: "/", planTotal: "/", lastActual: "1" }, { kind: "growth-only" })).toEqual([]);
  });

  it("finds 增长 with a minus", () => {
    expect(check({ lastActual: "增长-1%" })).toMatchObject([
      { rule: "R12", severity: "warning", stated: "增长-1%", expected: "下降1%" },
    ]);
    expect(check({ lastActual: "下降－0.5%" })).toMatchObject([{ expected: "增长0.5%" }]);
    expect(check({ lastActual: "增长1%" })).toEqual([]);
  });
});

describe("R13, bounds", () => {
  it("lets ranks be whole numbers from 1 to the number of counties, the same rank twice too", () => {
    expect(rulesOf({ rankTotal: "1", rankGrowth: "11" }, {}, 11)).toEqual([]);
    for (const rank of ["0", "-1", "1.5", "12"]) expect(rulesOf({ rankTotal: rank }, {}, 11)).toEqual(["R13"]);
    const twins = [rowOf({ rankTotal: "1" }), rowOf({ rankTotal: "1" })];
    expect(checkTable(twins, { half: 1, counties: 11 })).toEqual([]);
  });

  it("finds only the impossible where it is not known how many counties there are", () => {
    expect(rulesOf({ rankTotal: "12" })).toEqual([]);
    expect(rulesOf({ rankTotal: "201" })).toEqual(["R13"]);
    expect(rulesOf({ rankGrowth: "全市第二" })).toEqual([]);
  });

  it("warns of a completion below nothing and of a fall by more than all", () => {
    expect(check({ completion: "-3" })).toMatchObject([{ rule: "R13", severity: "warning" }]);
    expect(check({ growth: "-100" })).toMatchObject([{ rule: "R13", severity: "warning" }]);
    expect(rulesOf({ growth: "-99.9", completion: "0" })).toEqual([]);
  });
});

describe("the key of a finding", () => {
  const figures = { lastActual: "36.98", planGrowth: "7", planTotal: "39.18" } as const;
  const keyOf = (changed: Figures): string | undefined => check({ ...figures, ...changed })[0]?.key;

  it("stays while the figures stay and lapses with any that takes part", () => {
    expect(keyOf({ growth: "3", actual: "21.86" })).toBe(keyOf({}));
    for (const changed of [{ lastActual: "36.97" }, { planGrowth: "8" }, { planTotal: "39.19" }]) {
      expect(keyOf(changed)).not.toBe(keyOf({}));
    }
  });
});

type Figures = Partial<Record<FigureField, string>>;

function rowOf(figures: Figures, more: Partial<IndicatorRow> = {}): IndicatorRow {
  const entries = Object.entries(figures).flatMap(([field, typed]) => {
    const figure = figureOf(typed);
    return figure ? [[field, figure] as const] : [];
  });
  return {
    code: "gdp",
    officialName: "地区生产总值",
    shortName: "地区生产总值",
    aliases: [],
    unit: "亿元",
    kind: "total",
    basis: "current",
    decimals: {},
    completionReason: null,
    ...more,
    figures: Object.fromEntries(entries),
  };
}

function figureOf(typed: string): Figure | null {
  if (typed === "") return null;
  if (typed === "/") return { state: "not-applicable" };
  if (typed === "暂未反馈") return { state: "pending" };
  const [, estimate, digits] = /^(预计)?(-?\d+(?:\.\d+)?)$/.exec(typed) ?? [];
  return digits === undefined
    ? { state: "words", words: typed }
    : { state: estimate === undefined ? "number" : "estimate", digits };
}

function check(figures: Figures, more: Partial<IndicatorRow> = {}, counties?: number): Finding[] {
  return checkTable([rowOf(figures, more)], { half: 1, ...(counties === undefined ? {} : { counties }) });
}

function rulesOf(...args: Parameters<typeof check>): string[] {
  return check(...args).map(({ rule }) => rule);
}

function says(...args: Parameters<typeof check>): string[] {
  return check(...args).map((finding) => finding.says);
}

/** By whom the R1 and R2 findings are waived. */
function waivers(...args: Parameters<typeof check>): (string | null)[] {
  return check(...args)
    .filter(({ rule }) => rule === "R1" || rule === "R2")
    .map(({ waivedBy }) => waivedBy);
}
