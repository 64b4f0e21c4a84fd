import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readText } from "./read-text";
import { UnreadableFile } from "./unreadable-file";

const real = readFileSync("db/demo/2024-h1.clean.md");
const blocksOf = (text: string): string[] =>
  readText(Buffer.from(text)).blocks.map(({ id, kind, text: said }) => `${id} ${kind} ${said}`);

describe("the real report", () => {
  const { blocks, period } = readText(real);

  it("has its year and half, 13 bullets, and headings at three levels", () => {
    expect(period).toEqual({ year: 2024, half: 1 });
    expect(blocks.filter(({ kind }) => kind === "bullet")).toHaveLength(13);
    const headings = blocks.filter(({ kind }) => kind === "heading").map(({ text }) => text);
    expect(headings.filter((text) => /^[一二三]、/.test(text))).toHaveLength(3);
    expect(headings.filter((text) => /^（[一二三四五六七八九]）/.test(text))).toHaveLength(9);
  });

  it("keeps every line that says something, under its number, without the marks", () => {
    const lines = real.toString("utf8").split(/\r?\n/);
    expect(blocks.map(({ id }) => id)).toEqual(
      lines.flatMap((line, index) => (line.trim() === "" ? [] : [String(index + 1)])),
    );
    for (const { id, text } of blocks) {
      const line = (lines[Number(id) - 1] ?? "").replaceAll("**", "");
      expect(line.endsWith(text)).toBe(true);
      expect(text).not.toMatch(/^[#\s]|\*\*/);
    }
    expect(blocks.find(({ kind }) => kind === "bullet")?.text.startsWith("地区生产总值481.35亿元")).toBe(true);
  });
});

describe("other ways of writing a report down", () => {
  it("knows headings of plain text by their numbers, and the title by its place", () => {
    expect(
      blocksOf(
        "某县2026年计划执行情况的报告\n一、上半年执行情况\n（一）经济运行平稳\n（二）农业稳产。全县播种5005亩。\n1.投资增长。\n二、抓好工作，确保完成：\n",
      ),
    ).toEqual([
      "1 heading 某县2026年计划执行情况的报告",
      "2 heading 一、上半年执行情况",
      "3 heading （一）经济运行平稳",
      "4 paragraph （二）农业稳产。全县播种5005亩。",
      "5 paragraph 1.投资增长。",
      "6 paragraph 二、抓好工作，确保完成：",
    ]);
  });

  it("passes over a byte order mark, CRLF, empty lines, rules and tables of Markdown", () => {
    expect(blocksOf("\uFEFF## 一、开头 ##\r\n\r\n---\r\n| a | b |\r\n**引题。**正文1\\.5亿元。\r\n")).toEqual([
      "1 heading 一、开头",
      "5 paragraph 引题。正文1.5亿元。",
    ]);
  });

  it("passes over a line that is no more than a mark", () => {
    expect(blocksOf("报告\n——\n—\n投资5亿元。")).toEqual(["1 heading 报告", "4 paragraph 投资5亿元。"]);
    expect(() => blocksOf("—")).toThrow(UnreadableFile);
  });

  it("tells the line on when and where from the bullets", () => {
    expect(
      blocksOf(
        "# 报告\n——2024年8月在芗城区第十届人民代表大会常务委员会第二十二次会议上\n——投资5亿元；\n- 消费3亿元。\n",
      ).slice(1),
    ).toEqual([
      "2 paragraph ——2024年8月在芗城区第十届人民代表大会常务委员会第二十二次会议上",
      "3 bullet 投资5亿元；",
      "4 bullet 消费3亿元。",
    ]);
  });

  it.each([
    ["关于某县2026年1-6月国民经济和社会发展计划执行情况的报告", 2026, 1],
    ["关于某县２０２５年国民经济和社会发展计划执行情况的报告", 2025, 2],
    ["某县2025年1—12月经济运行情况", 2025, 2],
    ["经济运行情况", null, null],
  ])("reads the period of %s", (title, year, half) => {
    expect(readText(Buffer.from(`# ${title}\n正文。\n`)).period).toEqual({ year, half });
  });

  it("refuses what is no text", () => {
    for (const bytes of [Buffer.from(""), Buffer.from("\n \n"), Buffer.from("---\n"), Buffer.from([0, 1, 2, 3])]) {
      expect(() => readText(bytes)).toThrow(UnreadableFile);
    }
  });
});
