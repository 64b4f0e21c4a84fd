import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalise, type Normalised } from "./normalise";
import { REAL_TEXT } from "./report-docx.testing";

const countsOf = ({ counts }: Normalised): Record<string, number> =>
  Object.fromEntries(counts.map(({ kind, count }) => [kind, count]));

describe("Chinese as it was typed", () => {
  it.each([
    ["上半年完成 481.35 亿元,增长 9.1%.", "上半年完成481.35亿元，增长9.1%。"],
    ["其中:一产增长;二产下降?是的!", "其中：一产增长；二产下降？是的！"],
    ["投资(含房地产)完成，增速(%)为5", "投资（含房地产）完成，增速（%）为5"],
    ["（试行)已印发", "（试行）已印发"],
    ["1)抓项目", "1）抓项目"],
    ["ＧＤＰ增长９．１％", "GDP增长9.1%"],
    ['实现"双过半",打造"一区两园"', "实现“双过半”，打造“一区两园”"],
    ["实现”双过半”目标", "实现“双过半”目标"],
    ["推进'三年行动'", "推进‘三年行动’"],
    ["一、 上半年 情况", "一、上半年情况"],
    ["\u3000\u3000今年\u00a0以来，\t成效明显 ", "今年以来，成效明显"],
    ["经济总体\n平稳，稳中\r\n有进。", "经济总体平稳，稳中有进。"],
    ["抓好落实。。持续发力，，", "抓好落实。持续发力，"],
    ["稳增长，。促改革", "稳增长。促改革"],
    ["项目、资金等等...", "项目、资金等等……"],
    ["-- 地区生产总值", "——地区生产总值"],
    ["零\u200b宽\u00ad字符", "零宽字符"],
    ["左\u202e右\u200f标\u0007记\u2066", "左右标记"],
    ["\uf0b7抓项目\uf0e0见效\uf0ff", "•抓项目→见效□"],
  ])("%j becomes %j", (typed, printed) => {
    expect(normalise(typed).text).toBe(printed);
  });

  it.each([
    "总量1,234.5亿元",
    "见https://www.gov.cn/a,b?c=1:2;d(e)和www.a.cn/x--y",
    "邮箱a.b-c@d.gov.cn",
    "开会时间8:30，比例为1:2:3",
    "产业结构调整为0.72:34.18:65.1",
    "引进Hello, World (Phase 2) Ltd.等",
    "1-6月、2024-2026年",
    "1. 投资增长动能不足",
    "一级主任科员 林淑平",
    "局长\u3000王\u3000某",
    "第一部分 执行情况\n一、总体情况\n平稳。\n（一）工业",
    "他说：“好。”",
    "it's a plan",
    "一家人👩‍👩‍👧和🏳️‍🌈",
    'No blank, no change: "straight" (half-width).',
    '5"管道',
  ])("%j stays", (text) => {
    expect(normalise(text)).toEqual({ text, repairs: [], counts: [] });
  });

  it("leaves the whole of the real report as it is", () => {
    for (const block of REAL_TEXT.trimEnd().split("\n\n")) {
      expect(normalise(block.replaceAll("**", "").replace(/^#+ /, "")).repairs).toEqual([]);
    }
  });

  it("says what it changed, and where", () => {
    const typed = '上半年 GDP 完成 481.35 亿元,增长"9.1"%.';
    const result = normalise(typed);
    expect(result.text).toBe("上半年 GDP 完成481.35亿元，增长“9.1”%.");
    expect(countsOf(result)).toEqual({ space: 2, quote: 2, punctuation: 1 });
    expect(result.counts.map(({ kind }) => kind)).toEqual(["quote", "space", "punctuation"]);
    expect(result.repairs[0]).toEqual({ kind: "space", from: 10, to: 11, insert: "" });
  });

  it("counts what stands side by side once", () => {
    expect(countsOf(normalise("ＧＤＰ增长"))).toEqual({ width: 1 });
    expect(normalise("ＧＤＰ增长").repairs).toEqual([{ kind: "width", from: 0, to: 3, insert: "GDP" }]);
  });
});

const typed = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."项目增长完成一二"),
      fc.constantFrom(..."0123４５.,%％．，"),
      fc.constantFrom(..."aBc Ａｂ'\"“”‘’"),
      fc.constantFrom(..."()（）;:?!。；：？！、…—-~～"),
      fc.constantFrom(
        " ",
        "\u3000",
        "\t",
        "\u00a0",
        "\n",
        "\r\n",
        "\u200b",
        "\u00ad",
        "..",
        "--",
        "。。",
        "www.a.cn",
        "1,234.5",
        "𠀀",
      ),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(""));

describe("whatever was typed", () => {
  it("is left alone the second time", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const once = normalise(text).text;
        expect(normalise(once)).toEqual({ text: once, repairs: [], counts: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("becomes the text when its repairs are applied from the last to the first", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { text: wanted, repairs } = normalise(text);
        const applied = repairs.reduceRight(
          (sum, { from, to, insert }) => sum.slice(0, from) + insert + sum.slice(to),
          text,
        );
        expect(applied).toBe(wanted);
        for (const [index, { from, to }] of repairs.entries()) {
          expect(from).toBeLessThanOrEqual(to);
          expect(from).toBeGreaterThanOrEqual(repairs[index - 1]?.to ?? 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps its Chinese, its letters and its digits, in order", () => {
    const words = (text: string) => text.normalize("NFKC").replace(/[^\p{Script=Han}A-Za-z0-9]/gu, "");
    fc.assert(
      fc.property(typed, (text) => {
        expect(words(normalise(text).text)).toBe(words(text));
      }),
      { numRuns: 300 },
    );
  });
});
