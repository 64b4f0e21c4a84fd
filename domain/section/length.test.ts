import { describe, expect, it } from "vitest";
import type { Content, ContentBlock } from "./content";
import { textLength, wordCount } from "./length";

describe("the length of a text as Word counts it", () => {
  it.each([
    ["", 0, 0],
    ["全区上下", 4, 4],
    ["，。；：“”、（）《》", 11, 11],
    ["——稳增长……", 7, 7],
    ["160.09亿元", 8, 3],
    ["增长10%，", 6, 4],
    ["A股B股", 4, 4],
    ["GDP per capita", 12, 3],
    ["R&D经费", 5, 3],
    ["1 234.5", 6, 2],
    ["１２３", 3, 3],
    ["上半年　全区\t投资\n下降", 9, 9],
    ["№1：①②Ⅲ℃", 7, 7],
    ["𠮷野家😀", 4, 4],
    ["é̀a", 3, 1],
  ])("%j has %d characters without blanks and %d words", (text, characters, words) => {
    expect(textLength(text)).toEqual({ characters, words });
  });

  it("counts the words of bound figures and the cells of a table, and no run across two cells", () => {
    const figure = {
      id: "figure-1",
      indicator: "gdp",
      field: "actual",
      form: "unit",
      text: "481.35亿元",
      wording: null,
    };
    const cell = (text: string) => ({
      type: "tableCell" as const,
      content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text }] }],
    });
    const blocks: ContentBlock[] = [
      {
        type: "paragraph",
        attrs: { id: "block-1" },
        content: [
          { type: "text", text: "完成" },
          { type: "figure", attrs: figure } as never,
          { type: "text", text: "。" },
        ],
      },
      { type: "table", attrs: { id: "block-2" }, content: [{ type: "tableRow", content: [cell("10%"), cell("20%")] }] },
    ];
    expect(wordCount(text(blocks))).toEqual({ characters: 11 + 6, words: 6 + 2 });
  });

  it("leaves out what is printed from the structure: a bullet's dashes", () => {
    const bullet: ContentBlock = {
      type: "bullet",
      attrs: { id: "block-1" },
      content: [{ type: "text", text: "粮食播种面积6.8万亩；" }],
    };
    expect(wordCount(text([bullet]))).toEqual({ characters: 12, words: 10 });
  });
});

const text = (content: ContentBlock[]): Content => ({ type: "doc", content });
