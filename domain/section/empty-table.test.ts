import { describe, expect, it } from "vitest";
import { tableText, type Content } from "./content";
import { emptyTableLike } from "./empty-table";

const last = aTable(
  ["序号", "主要经济指标", "计算单位", "2023年实际完成情况", "2024年上半年增速(%)"],
  ["1", "地区生产总值（2020年价）", "亿元", "888.88", "9.1"],
);

describe("last period's annex as this period's form", () => {
  const form = emptyTableLike(last, 2024, 2025);
  const rows = form.content.flatMap((block) => (block.type === "table" ? tableText(block) : []));

  it("moves every year of the header on", () => {
    expect(rows[0]).toEqual(["序号", "主要经济指标", "计算单位", "2024年实际完成情况", "2025年上半年增速(%)"]);
  });

  it("keeps number, name and unit as they were and empties the figures", () => {
    expect(rows[1]).toEqual(["1", "地区生产总值（2020年价）", "亿元", "", ""]);
  });

  it("keeps the table's id and leaves last period's text alone", () => {
    expect(form.content[0]?.attrs.id).toBe("table-1");
    expect(last.content.flatMap((block) => (block.type === "table" ? tableText(block) : []))[1]).toContain("888.88");
  });

  it("leaves a text that is no table as it is", () => {
    const words: Content = {
      type: "doc",
      content: [{ type: "paragraph", attrs: { id: "block-1" }, content: [{ type: "text", text: "2024年" }] }],
    };
    expect(emptyTableLike(words, 2024, 2025)).toEqual(words);
  });
});

function aTable(header: string[], row: string[]): Content {
  return {
    type: "doc",
    content: [
      {
        type: "table",
        attrs: { id: "table-1" },
        content: [
          { type: "tableRow", content: cells("tableHeader", header) },
          { type: "tableRow", content: cells("tableCell", row) },
        ],
      },
    ],
  };
}

function cells(type: "tableHeader" | "tableCell", words: string[]) {
  return words.map((text) => ({
    type,
    content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text }] }],
  }));
}
