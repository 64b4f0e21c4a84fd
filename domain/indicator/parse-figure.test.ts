import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Digits, Figure, FIGURE_FIELDS, type FigureField, type Indicator } from "./figure";
import { parseFigure, type ParseErrorKey } from "./parse-figure";
import { typedFigure } from "./printing";

const GDP: Indicator = {
  code: "gdp",
  officialName: "地区生产总值",
  shortName: "地区生产总值",
  aliases: [],
  unit: "亿元",
  kind: "total",
  basis: "constant",
  decimals: { actual: 2, planTotal: 2, growth: 1, completion: 2 },
};
const FDI: Indicator = { ...GDP, code: "foreign-capital", unit: "万美元", decimals: {} };
const INCOME: Indicator = { ...GDP, code: "income", unit: "元", decimals: {} };
const JOBLESS: Indicator = { ...GDP, code: "jobless", unit: "%", decimals: {} };
const INDUSTRY: Indicator = { ...GDP, code: "industry", kind: "growth-only" };
const ANY: Indicator = { ...GDP, decimals: {} };

const figureOf = (field: FigureField, typed: string, indicator = GDP): Figure | null => {
  const parsed = parseFigure(field, indicator, typed);
  if ("error" in parsed) throw new Error(`${typed}: ${parsed.error}`);
  return parsed.figure;
};
const errorOf = (field: FigureField, typed: string, indicator = GDP): ParseErrorKey | null => {
  const parsed = parseFigure(field, indicator, typed);
  return "error" in parsed ? parsed.error : null;
};
const number = (digits: string): Figure => ({ state: "number", digits });
const estimate = (digits: string): Figure => ({ state: "estimate", digits });
const words = (text: string): Figure => ({ state: "words", words: text });

describe("the states of a cell", () => {
  it.each(["", " ", "\u3000", "\u200B", "\uFEFF\u00A0\n", "'"])("are blank for %j", (typed) => {
    expect(figureOf("actual", typed)).toBeNull();
  });

  it.each(["/", "／", " / ", "N/A", "不适用"])("are not applicable for %s", (typed) => {
    expect(figureOf("actual", typed)).toEqual({ state: "not-applicable" });
  });

  it.each(["暂未反馈", " 暂未反馈 ", "暂未反馈数据", "尚未反馈", "未反馈", "待反馈"])("are pending for %s", (typed) => {
    expect(figureOf("rankTotal", typed)).toEqual({ state: "pending" });
    expect(figureOf("actual", typed)).toEqual({ state: "pending" });
  });

  it.each(["-", "—", "——", "－", "–", "−", "--", "…", "······", "一", "一一", "无", "暂无", "."])(
    "are ambiguous for %s: not applicable, pending or zero?",
    (typed) => {
      expect(errorOf("actual", typed)).toBe("ambiguous-empty");
      expect(errorOf("rankGrowth", typed)).toBe("ambiguous-empty");
    },
  );

  it.each([
    ["预计59.1", "59.1"],
    ["59.1（预计）", "59.1"],
    ["59.1(预计数)", "59.1"],
    ["预计 59.10亿元", "59.10"],
    ["预计完成59.1亿元", "59.1"],
    ["预计数：59.1", "59.1"],
    ["预计1,059.1", "1059.1"],
    ["预计０", "0"],
  ])("are an estimate for %s", (typed, digits) => {
    expect(figureOf("actual", typed)).toEqual(estimate(digits));
  });

  it("want a number in an estimate", () => {
    expect(errorOf("actual", "预计")).toBe("estimate-without-number");
    expect(errorOf("actual", "预计暂未反馈")).toBe("estimate-without-number");
    expect(errorOf("growth", "预计/")).toBe("estimate-without-number");
  });

  it("keep zero a number", () => {
    expect(figureOf("actual", "0")).toEqual(number("0"));
    expect(figureOf("growth", "0.0%")).toEqual(number("0.0"));
    expect(figureOf("growth", "-0.0")).toEqual(number("0.0"));
  });
});

describe("a number", () => {
  it.each([
    ["481.35", "481.35"],
    ["481.30", "481.30"],
    ["1,234.5", "1234.5"],
    ["1，234.5", "1234.5"],
    ["1 234.5", "1234.5"],
    ["1\u00A0234.5", "1234.5"],
    ["1\u2009234.5", "1234.5"],
    ["1\u202F234\u202F567", "1234567"],
    ["１２３．４５", "123.45"],
    ["12。5", "12.5"],
    ["+12.5", "12.5"],
    ["＋12.5", "12.5"],
    ["-12.5", "-12.5"],
    ["−12.5", "-12.5"],
    ["－12.5", "-12.5"],
    ["–12.5", "-12.5"],
    ["- 12.5", "-12.5"],
    ["007.50", "7.50"],
    ["-007", "-7"],
    ["000", "0"],
    [".5", "0.5"],
    ["-.5", "-0.5"],
    ["5.", "5"],
    ["'481.35", "481.35"],
    ["\u200E481.35\u200F", "481.35"],
    ["48\u200B1.3\uFEFF5", "481.35"],
    ["\u202B481.35\u202C", "481.35"],
    ["481.35\n", "481.35"],
    ["\t481.35\t", "481.35"],
  ])("is read from %j", (typed, digits) => {
    expect(figureOf("actual", typed)).toEqual(number(digits));
  });

  it.each<[string, ParseErrorKey]>([
    ["#N/A", "spreadsheet-error"],
    ["#REF!", "spreadsheet-error"],
    ["#DIV/0!", "spreadsheet-error"],
    ["#VALUE!", "spreadsheet-error"],
    ["########", "spreadsheet-error"],
    ["1.2E+05", "exponent"],
    ["1e5", "exponent"],
    ["1,23", "separators"],
    ["1,2345", "separators"],
    ["12 3", "separators"],
    ["1,234 567", "separators"],
    ["——4.03", "minus-sign"],
    ["—4.03", "minus-sign"],
    ["--4.03", "minus-sign"],
    ["(4.03)", "minus-sign"],
    ["（4.03）", "minus-sign"],
    ["4.03-", "minus-sign"],
    ["约59.1", "approximate"],
    ["59.1左右", "approximate"],
    ["超500亿元", "approximate"],
    ["1.2.3", "not-a-number"],
    ["48l.35", "not-a-number"],
    ["12..5", "not-a-number"],
    ["abc", "not-a-number"],
    ["?", "ambiguous-empty"],
    ["持平", "words-not-here"],
    ["1234567890123456", "too-many-digits"],
  ])("is not read from %s: %s", (typed, error) => {
    expect(errorOf("actual", typed, ANY)).toBe(error);
  });

  it("in scientific notation is answered with its plain digits", () => {
    expect(parseFigure("actual", GDP, "1.2E+05")).toEqual({
      error: "exponent",
      params: { typed: "1.2E+05", plain: "120000" },
    });
  });

  it("takes the catalogue's decimals and fewer; more are an error that says how many are wanted", () => {
    expect(figureOf("actual", "481")).toEqual(number("481"));
    expect(parseFigure("actual", GDP, "481.355")).toEqual({
      error: "too-many-decimals",
      params: { typed: "481.355", wanted: 2, found: 3 },
    });
    expect(errorOf("growth", "9.10")).toBe("too-many-decimals");
    expect(figureOf("planGrowth", "7.123456")).toEqual(number("7.123456"));
    expect(parseFigure("planGrowth", GDP, "7.1234567")).toEqual({
      error: "too-many-decimals",
      params: { typed: "7.1234567", wanted: 6, found: 7 },
    });
  });
});

describe("the unit in a cell", () => {
  it.each<[Indicator, string, string]>([
    [GDP, "481.35亿元", "481.35"],
    [GDP, "481.35 亿元", "481.35"],
    [GDP, "481.35（亿元）", "481.35"],
    [GDP, "481.35亿", "481.35"],
    [FDI, "1188.9万美元", "1188.9"],
    [INCOME, "30,276元", "30276"],
    [JOBLESS, "4.1%", "4.1"],
  ])("may be the indicator's own", (indicator, typed, digits) => {
    expect(figureOf("actual", typed, indicator)).toEqual(number(digits));
  });

  it.each<[Indicator, string, string]>([
    [GDP, "4813500万元", "万元"],
    [GDP, "481.35元", "元"],
    [GDP, "481.35%", "%"],
    [GDP, "481.35吨", "吨"],
    [FDI, "1188.9万元", "万元"],
    [FDI, "1188.9万", "万"],
    [INCOME, "3.0276万元", "万元"],
    [GDP, "¥481.35", "¥"],
  ])("is never converted from another", (indicator, typed, found) => {
    expect(parseFigure("actual", indicator, typed)).toEqual({
      error: "other-unit",
      params: { typed, found, unit: indicator.unit },
    });
  });

  it("of a rate is %, ％ or 百分点", () => {
    for (const typed of ["9.1%", "9.1％", "9.1 %", "9.1百分点", "9.1个百分点"]) {
      expect(figureOf("growth", typed)).toEqual(number("9.1"));
    }
    expect(figureOf("completion", "51.40%")).toEqual(number("51.40"));
    expect(errorOf("growth", "9.1‰")).toBe("other-unit");
    expect(errorOf("growth", "9.1亿元")).toBe("other-unit");
  });
});

describe("a growth", () => {
  it.each([
    ["增长9.1%", "9.1"],
    ["同比增长9.1%", "9.1"],
    ["下降4.0%", "-4.0"],
    ["同比下降4.0", "-4.0"],
    ["-4.0%", "-4.0"],
    ["预计下降4.0%", "-4.0"],
  ])("may be said with its direction: %s", (typed, digits) => {
    const state = typed.startsWith("预计") ? "estimate" : "number";
    expect(figureOf("growth", typed)).toEqual({ state, digits });
  });

  it("with a direction and a sign is an error", () => {
    expect(errorOf("growth", "增长-4.0%")).toBe("direction-twice");
    expect(errorOf("growth", "下降-4.0%")).toBe("direction-twice");
  });
});

describe("words", () => {
  it.each<[FigureField, Indicator, string]>([
    ["lastActual", INDUSTRY, "增长1%"],
    ["actual", INDUSTRY, "增长19.1%"],
    ["completion", INDUSTRY, "高于计划增速10.1个百分点"],
    ["completion", INDUSTRY, "预计高于计划增速10.1个百分点"],
    ["completion", GDP, "超额完成"],
    ["rankGrowth", FDI, "完成率全市第二"],
    ["rankTotal", FDI, "并列第2"],
    ["planTotal", GDP, "完成上级下达任务"],
    ["planGrowth", GDP, "6%左右"],
    ["planGrowth", GDP, "6以上"],
    ["growth", GDP, "与上年持平"],
    ["remark", GDP, "2024年计划完成总量以《报告》（草案）为准。"],
    ["remark", GDP, "/"],
    ["remark", GDP, "12.5"],
  ])("stay as they are in %s", (field, indicator, typed) => {
    expect(figureOf(field, typed, indicator)).toEqual(words(typed));
  });

  it("are not an amount reached", () => {
    expect(errorOf("actual", "增长19.1%", GDP)).toBe("words-not-here");
  });

  it("of a remark may run over lines, and end at 400 characters", () => {
    expect(figureOf("remark", "暂未反馈\n 上半年数据")).toEqual(words("暂未反馈上半年数据"));
    expect(figureOf("remark", "line one\nline two")).toEqual(words("line one line two"));
    expect(figureOf("remark", "数".repeat(400))).toEqual(words("数".repeat(400)));
    expect(errorOf("remark", "数".repeat(401))).toBe("too-long");
    expect(errorOf("remark", "#REF!")).toBe("spreadsheet-error");
  });
});

describe("a rank", () => {
  it.each([
    ["2", "2"],
    ["第2", "2"],
    ["第二", "2"],
    ["2位", "2"],
    ["第2位", "2"],
    ["第二名", "2"],
    ["全市第二", "2"],
    ["第十", "10"],
    ["第十一", "11"],
    ["二", "2"],
    ["第二十", "20"],
    ["第二十三位", "23"],
    ["２", "2"],
    ["2.0", "2"],
    ["02", "2"],
  ])("is read from %s", (typed, digits) => {
    expect(figureOf("rankTotal", typed)).toEqual(number(digits));
  });

  it.each(["0", "-1", "1.5", "1000", "2/11", "2%", "第零", "第〇"])("is a whole place, not %s", (typed) => {
    const parsed = parseFigure("rankTotal", GDP, typed);
    expect("error" in parsed ? parsed.error : parsed.figure?.state).not.toBe("number");
  });
});

describe("what is printed", () => {
  const digits = fc
    .tuple(
      fc.boolean(),
      fc.bigInt({ min: 0n, max: 999_999_999_999_999n }),
      fc.integer({ min: 0, max: 999_999 }),
      fc.integer({ min: 0, max: 6 }),
    )
    .map(([isDown, whole, part, places]) => {
      const magnitude = places === 0 ? `${whole}` : `${whole}.${String(part).padStart(6, "0").slice(0, places)}`;
      return isDown && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude;
    });
  const amount: fc.Arbitrary<Figure> = fc.oneof(
    digits.map(number),
    digits.map(estimate),
    fc.constant<Figure>({ state: "not-applicable" }),
    fc.constant<Figure>({ state: "pending" }),
  );
  const rank: fc.Arbitrary<Figure> = fc.oneof(
    fc.integer({ min: 1, max: 999 }).map((place) => number(String(place))),
    fc.constantFrom(words("完成率全市第二"), words("并列第3")),
  );

  it("is read back as the same figure, in every field that holds a number", () => {
    const field = fc.constantFrom(...FIGURE_FIELDS.filter((each) => each !== "remark" && !each.startsWith("rank")));
    fc.assert(
      fc.property(field, amount, (each, figure) => {
        expect(parseFigure(each, ANY, typedFigure(figure))).toEqual({ figure });
      }),
    );
  });

  it("is read back with the thousands separated, in full-width digits and with the unit", () => {
    const fullWidth = (text: string): string =>
      text.replace(/[-.\d,]/gu, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));
    const grouped = (text: string): string => {
      const [whole = "", fraction] = text.split(".");
      return whole.replace(/\B(?=(\d{3})+$)/gu, ",") + (fraction === undefined ? "" : `.${fraction}`);
    };
    fc.assert(
      fc.property(digits, (text) => {
        for (const typed of [grouped(text), fullWidth(grouped(text)), `${text}亿元`, ` ${text} 亿元 `]) {
          expect(parseFigure("actual", ANY, typed)).toEqual({ figure: number(text) });
        }
      }),
    );
  });

  it("is read back as the same rank", () => {
    fc.assert(
      fc.property(rank, (figure) => {
        expect(parseFigure("rankGrowth", ANY, typedFigure(figure))).toEqual({ figure });
      }),
    );
  });

  it("is a figure or an error that the catalogue of errors knows, whatever is typed", () => {
    const any = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.string({ unit: fc.constantFrom(..."0123456789.,-— %亿元增长预计第二位/／#E+()（）约"), maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FIGURE_FIELDS), any, (field, typed) => {
        const parsed = parseFigure(field, GDP, typed);
        if ("error" in parsed) return;
        if (parsed.figure !== null) expect(Figure.safeParse(parsed.figure).success).toBe(true);
        if (parsed.figure && "digits" in parsed.figure) {
          expect(Digits.safeParse(parsed.figure.digits).success).toBe(true);
          expect(typed).toMatch(/[\d０-９一二三四五六七八九十]|\p{N}/u);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
