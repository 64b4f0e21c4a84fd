import { describe, expect, it } from "vitest";
import { textWidth } from "./text-width";
import { titleLines, widestWord } from "./title-lines";

describe("breaking a title into centred lines", () => {
  it("leaves a title that fits on one line", () => {
    expect(titleLines("芗城区2024年上半年主要经济指标完成情况表", 27)).toEqual([
      "芗城区2024年上半年主要经济指标完成情况表",
    ]);
    expect(titleLines("", 19)).toEqual([]);
  });

  it("breaks after a phrase near the middle", () => {
    expect(titleLines("关于漳州市芗城区2024年上半年国民经济和社会发展计划执行情况的报告", 19)).toEqual([
      "关于漳州市芗城区2024年上半年",
      "国民经济和社会发展计划执行情况的报告",
    ]);
  });

  it("keeps the head of a narrow column in one piece with its unit below", () => {
    expect(titleLines("完成率(%)", 3)).toEqual(["完成率", "(%)"]);
  });

  it("breaks between a post and a name rather than inside the name", () => {
    expect(titleLines("区发展和改革局党组成员、粮储局局长、一级主任科员 农业农村局经办人", 27).at(-1)).not.toMatch(
      /^(业|村|农村|经办人)/,
    );
    expect(titleLines("甲甲甲甲甲甲甲甲甲 乙乙乙乙乙乙", 10)).toEqual(["甲甲甲甲甲甲甲甲甲", "乙乙乙乙乙乙"]);
  });

  it("never tears a number, begins a line with 的 or goes over the room", () => {
    for (let lead = 0; lead < 20; lead++) {
      const lines = titleLines(`${"甲".repeat(lead)}完成581234.18万元的《某某》（2024—2026）计划，说明的说明`, 12);
      expect(lines.join("")).toContain("581234.18");
      expect(lines.some((line) => line.includes("581234.18"))).toBe(true);
      for (const line of lines) {
        expect(line).not.toMatch(/^[的，》）]|[（《]$/);
        expect(textWidth(line)).toBeLessThanOrEqual(12);
      }
    }
  });

  it("splits no word, place, name or fixed term", () => {
    expect(titleLines("——2024年8月在漳州市芗城区第十届人民代表大会常务委员会第二十二次会议上", 27)).toEqual([
      "——2024年8月在漳州市芗城区",
      "第十届人民代表大会常务委员会第二十二次会议上",
    ]);
    expect(titleLines("芗城区发展和改革局党组成员、粮储局局长、一级主任科员 林淑平", 27)).toEqual([
      "芗城区发展和改革局党组成员、",
      "粮储局局长、一级主任科员 林淑平",
    ]);
    expect(titleLines("城镇居民人均可支配收入", 9)).toEqual(["城镇居民", "人均可支配收入"]);
  });

  it("makes a trapezium or a diamond of three lines, not a waist", () => {
    const lines = titleLines(
      "关于北京市海淀区2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划草案的报告",
      19,
    );
    expect(lines).toEqual([
      "关于北京市海淀区2023年",
      "国民经济和社会发展计划执行情况与2024年",
      "国民经济和社会发展计划草案的报告",
    ]);
  });

  it("splits a word only where a column is narrower than it, and never a year", () => {
    expect(titleLines("主要经济指标", 1)).toEqual(["主", "要", "经", "济", "指", "标"]);
    expect(titleLines("2024年计划增速(%)", 3)).toEqual(["2024年", "计划", "增速", "(%)"]);
    expect(widestWord("2024年计划增速(%)")).toBe(3);
    expect(widestWord("")).toBe(0);
  });
});
