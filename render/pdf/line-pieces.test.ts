import { describe, expect, it } from "vitest";
import { realDocument } from "../../domain/report/real-document.testing";
import { linePieces } from "./line-pieces";

const kept = (text: string) => linePieces(text).flatMap((piece) => (piece.kept ? [piece.text] : []));

describe("what a line may not split", () => {
  it("is a figure with its unit, scale and approximation", () => {
    expect(kept("地区生产总值完成481.35亿元、增长9.1%，民生支出13.7235亿，占78.05%")).toEqual([
      "481.35亿元",
      "13.7235亿",
    ]);
    expect(kept("拉动消费460余万元，吸引100多家企业，524.37万人次，10.1个百分点，1188.9万美元")).toEqual([
      "460余万元",
      "100多家",
      "524.37万人次",
      "10.1个百分点",
      "1188.9万美元",
    ]);
    expect(kept("2024年8月29日第22次会议，面积34.28万平方米，12,300.5吨，3㎡，5层")).toEqual([
      "2024年",
      "8月",
      "29日",
      "第22次",
      "34.28万平方米",
      "12,300.5吨",
      "3㎡",
      "5层",
    ]);
  });

  it("is a span from figure to figure", () => {
    expect(kept("1—6月，1-6月，2024—2026年，5%～8%，10至15万元，-2℃～-1℃")).toEqual([
      "1—6月",
      "1-6月",
      "2024—2026年",
      "5%～8%",
      "10至15万元",
      "-2℃～-1℃",
    ]);
  });

  it("is left to Unicode's rules where these hold it together, and is nothing in words without figures", () => {
    expect(linePieces("增长9.1%，下降4.03")).toEqual([{ text: "增长9.1%，下降4.03" }]);
    expect(linePieces("总体平稳。")).toEqual([{ text: "总体平稳。" }]);
    expect(linePieces("")).toEqual([]);
  });

  it("is not so wide that the line before it would have a hole", () => {
    expect(kept(`${"1".repeat(22)}万元`)).toEqual([]);
  });
});

describe("what a line must be able to split", () => {
  it("is a ratio of three, after its colons", () => {
    expect(linePieces("由1.28:39.82:58.9调整")).toEqual([
      { text: "由" },
      { text: "1.28:", loose: true },
      { text: "39.82:", loose: true },
      { text: "58.9" },
      { text: "调整" },
    ]);
  });

  it("is a run of Latin or digits that is longer than half a line", () => {
    const address = "https://www.example.gov.cn/reports/2024";
    const pieces = linePieces(`见${address}。`);
    expect(pieces.filter((piece) => piece.loose).map(({ text }) => text.length)).toEqual([8, 8, 8, 8]);
    expect(pieces.map(({ text }) => text).join("")).toBe(`见${address}。`);
    expect(linePieces("9".repeat(60)).filter((piece) => piece.loose)).toHaveLength(7);
  });
});

it("cuts the real report without losing a character", () => {
  let figures = 0;
  for (const block of realDocument().blocks) {
    const text =
      block.kind === "heading" ? block.text : "spans" in block ? block.spans.map((s) => s.text).join("") : "";
    expect(
      linePieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
    figures += kept(text).length;
  }
  expect(figures).toBeGreaterThan(250);
});
