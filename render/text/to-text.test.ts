import { describe, expect, it } from "vitest";
import { aSmallReport, aSpan, POINTS_AND_TABLES } from "../small-report";
import { toMarkdown } from "./to-markdown";
import { toPlainText } from "./to-plain-text";

describe("the report as Markdown", () => {
  it("has one block a paragraph and the annex by name only", () => {
    expect(toMarkdown(aSmallReport())).toBe(`# 关于某区计划执行情况的报告

——2024年8月在某区人大常委会会议上

区发展和改革局

各位委员：

## 一、执行情况

——地区生产总值增长9.1%。

### （一）夯实农业基础，抓好稳产保供

总体平稳。**抓粮食。**丰收在望。

1. 投资不足。

附件：主要指标表
`);
  });

  it("keeps the characters that Markdown gives a meaning", () => {
    const blocks = [{ kind: "paragraph" as const, id: "b-1", spans: [aSpan("*甲*_乙_[丙](丁)`戊`#<己>\\")] }];
    expect(toMarkdown(aSmallReport({ blocks, annexes: [] }))).toBe("*甲*_乙_[丙](丁)`戊`#<己>\\\n");
  });

  it("writes a table between paragraphs as Markdown has it, and a point with its number", () => {
    expect(toMarkdown(aSmallReport({ blocks: POINTS_AND_TABLES, annexes: [] }))).toBe(`（1）扩大投资。

| 项目 | 投资\\|亿元 |
| --- | --- |
| 一期 | 2.5 |

|  |  |
| --- | --- |
| 甲 | <乙> |
`);
  });

  it("numbers the annexes' names when there are several", () => {
    const { annexes } = aSmallReport();
    const both = aSmallReport({
      blocks: [],
      annexes: [...annexes, ...annexes.map((annex) => ({ ...annex, title: "项目表" }))],
    });
    expect(toMarkdown(both)).toBe("附件：1. 主要指标表\n2. 项目表\n");
    expect(toPlainText(both)).toBe("附件：1. 主要指标表\n2. 项目表\n");
  });
});

describe("the report as plain text", () => {
  it("has the words and numbers without marks", () => {
    const lines = toPlainText(aSmallReport()).split("\n\n");
    expect(lines.slice(4)).toEqual([
      "一、执行情况",
      "——地区生产总值增长9.1%。",
      "（一）夯实农业基础，抓好稳产保供",
      "总体平稳。抓粮食。丰收在望。",
      "1. 投资不足。",
      "附件：主要指标表\n",
    ]);
    expect(lines[0]).toBe("关于某区计划执行情况的报告");
    expect(toPlainText(aSmallReport({ blocks: POINTS_AND_TABLES, annexes: [] }))).toBe(
      "（1）扩大投资。\n\n项目\t投资|亿元\n一期\t2.5\n\n甲\t<乙>\n",
    );
  });
});
