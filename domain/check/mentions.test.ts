import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FORMS_OF } from "../indicator/binding";
import type { IndicatorRow } from "../indicator/figure";
import { wordFigure } from "../indicator/wording";
import { readTable } from "./files/read-table";
import { readText } from "./files/read-text";
import { basesOf, isOfCity, mentions, type Mention } from "./mentions";

const demo = (name: string): Uint8Array => readFileSync(new URL(`../../db/demo/${name}`, import.meta.url));
const { rows } = await readTable(demo("2024-h1.indicators.csv"));
const { blocks } = readText(demo("2024-h1.clean.md"));
const period = { year: 2024, half: 1 } as const;

const byName = (name: string): string => rows.find(({ officialName }) => officialName === name)?.code ?? "";
const inText = (text: string): Mention[] => mentions(text, rows, period);
/** The words of a mention, the name that it is of, its field and form, and whether it agrees. */
const shown = (text: string): string[] =>
  inText(text).map(({ from, to, indicator, field, form, agrees }) => {
    const name = rows.find(({ code }) => code === indicator)?.officialName ?? "";
    return `${text.slice(from, to)} ${name} ${field} ${form}${agrees ? "" : " ≠"}`;
  });

describe("the numbers of the real report that its table knows", () => {
  const all = blocks.flatMap((block) => inText(block.text).map((mention) => ({ block, mention })));

  it("are the 37 of the bullets and the 6 that the text repeats, and all agree", () => {
    const repeated = all.filter(({ block }) => block.kind !== "bullet").map(({ mention }) => mention.stated);
    expect(all.length - repeated.length).toBe(37);
    expect(repeated).toEqual(["481.35亿元", "增长9.1%", "第二", "313.38亿元", "增长6.2%", "增长5.6%"]);
    expect(all.filter(({ mention }) => !mention.agrees)).toEqual([]);
  });

  it("say in their node's words what they said, but for the minus in words", () => {
    const changed = all.flatMap(({ mention: { stated, expected } }) =>
      stated === expected ? [] : [[stated, expected]],
    );
    expect(changed).toEqual([["增长-4.03%", "下降4.03%"]]);
  });

  it("are found again where their node's words stand in their place", () => {
    for (const { block, mention } of all) {
      const { from, to, expected, ...same } = mention;
      const words = expected ?? "";
      const text = `${block.text.slice(0, from)}${words}${block.text.slice(to)}`;
      expect(inText(text)).toContainEqual({ ...same, from, to: from + words.length, expected, stated: words });
    }
  });
});

describe("a mention", () => {
  it("covers the words that a node of its form replaces", () => {
    expect(shown("地区生产总值481.35亿元，完成年度计划的51.4%，同比增长9.1%，总量居全市第一位。")).toEqual([
      "481.35亿元 地区生产总值 actual unit",
      "51.4% 地区生产总值 completion rate",
      "增长9.1% 地区生产总值 growth change",
      "第一 地区生产总值 rankTotal rank",
    ]);
    expect(shown("规上工业增加值增速19.1%，计划增速9%，高于计划增速10.1个百分点，增速排名全市第1。")).toEqual([
      "19.1% 规模工业增加值 growth rate",
      "9% 规模工业增加值 planGrowth rate",
      "高于计划增速10.1个百分点 规模工业增加值 gap against",
      "第1 规模工业增加值 rankGrowth rank",
    ]);
    expect(shown("地区生产总值481.35亿，年度计划936.49亿元。")).toEqual([
      "481.35 地区生产总值 actual number",
      "936.49亿元 地区生产总值 planTotal unit",
    ]);
    expect(shown("2023年，地区生产总值872.78亿元。")).toEqual(["872.78亿元 地区生产总值 lastActual unit"]);
  });

  it("takes only forms that its field has, and expects what the node says", () => {
    const text =
      "地区生产总值480亿元，增速9.2%，完成年度计划的52%，计划增长7.3%。外贸进出口增幅-4.03%，社零总额居全市第11。";
    for (const { field, form, indicator, expected } of inText(text)) {
      expect(FORMS_OF[field]).toContain(form);
      const row = rows.find(({ code }) => code === indicator);
      expect(row && wordFigure(row, field, form)).toBe(expected);
    }
    expect(inText(text)).toHaveLength(6);
  });

  it("goes by every usual name, the longest first", () => {
    const named = (text: string): string[] => inText(text).map(({ indicator }) => indicator);
    const names: [string, string[]][] = [
      ["地区生产总值", ["GDP", "生产总值", "地区生产总值（GDP）"]],
      ["规模工业增加值", ["规模以上工业增加值", "规上工业增加值"]],
      ["固定资产投资", ["固投", "全社会固定资产投资", "固定资产投资额"]],
      ["一般公共预算总收入", ["一般公共预算总收入", "财政总收入"]],
      ["地方一般公共预算收入", ["一般公共预算收入", "地方级一般公共预算收入"]],
      ["实际使用外商直接投资", ["实际利用外资", "实际使用外资"]],
      ["外贸进出口总额", ["外贸进出口", "进出口总额"]],
      ["社会消费品零售总额", ["社零", "社零总额"]],
      ["农村居民人均可支配收入", ["农民人均可支配收入", "农村常住居民人均可支配收入"]],
    ];
    for (const [official, others] of names) {
      for (const name of others) expect([name, named(`全区${name}增长1%。`)]).toEqual([name, [byName(official)]]);
    }
  });

  it("is none by a usual name that two indicators of the table could bear", () => {
    const named = (code: string, name: string): IndicatorRow[] =>
      rows.slice(4, 5).map((row) => ({ ...row, code, officialName: name, shortName: name }));
    const both = [...named("all", "全社会固定资产投资"), ...named("done", "固定资产投资完成额")];
    expect(mentions("固投增长10%。", both, period)).toEqual([]);
    expect(mentions("全社会固定资产投资增长10%。", both, period).map(({ indicator }) => indicator)).toEqual(["all"]);
  });

  it("is none where its sign or place is said with another's", () => {
    expect(shown("地区生产总值、固定资产投资分别增长9.1%、10%。")).toEqual([
      "增长9.1% 地区生产总值 growth change",
      "10% 固定资产投资 growth rate",
    ]);
    expect(shown("外贸进出口、固定资产投资分别下降4.03%和3%。")).toEqual(["下降4.03% 外贸进出口总额 growth change"]);
    expect(shown("规模工业总产值总量和增速均居全市第一。")).toEqual([]);
    expect(shown("规模工业总产值总量和增速分别居全市第一、第一。")).toHaveLength(2);
  });

  it("contradicts the table, or has nothing to agree with where the cell has no number", () => {
    expect(
      inText("社零总额174.4亿元，增长5.60%。").map(({ stated, expected, agrees }) => [stated, expected, agrees]),
    ).toEqual([
      ["174.4亿元", "174.41亿元", false],
      ["增长5.60%", "增长5.6%", true],
    ]);
    expect(inText("外贸进出口总量居全市第三。").map(({ expected, agrees }) => [expected, agrees])).toEqual([
      [null, false],
    ]);
  });

  it("never overlaps another", () => {
    for (const { text } of blocks) {
      const ends = inText(text).map(({ from, to }) => [from, to] as const);
      for (const [index, [from]] of ends.entries()) expect(from).toBeGreaterThanOrEqual(ends[index - 1]?.[1] ?? 0);
    }
  });
});

describe("what a text as a whole tells of its paragraphs", () => {
  it("are hopes under 下半年 and next year, until a heading looks back again", () => {
    const headings = [
      "2024年报告",
      "一、上半年计划执行情况",
      "（一）工业",
      "二、下半年工作安排",
      "（一）工业",
      "三、2024年完成情况",
    ];
    const all = headings.map((text, index) => ({ id: String(index), kind: "heading" as const, text }));
    expect(basesOf(all, period)).toEqual(["current", "current", "current", "other", "other", "current"]);
    expect(basesOf([{ id: "1", kind: "heading", text: "二、2025年主要目标" }], period)).toEqual(["other"]);
  });

  it("is of a city where it says 我市 and never 全区 or 全县", () => {
    const of = (text: string): boolean => isOfCity([{ id: "1", kind: "paragraph", text }]);
    expect([of("我市经济平稳。"), of("我市、我区经济平稳。"), of("全市第一。"), isOfCity(blocks)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
