import { describe, expect, it } from "vitest";
import type { Mention } from "../check/mentions";
import { mentions } from "../check/mentions";
import { realRows } from "../indicator/real-table.testing";
import type { ContentInline, TextBlock } from "./content";
import { looseMentions, piecesOf } from "./recognise";

const rows = realRows();
const find = (text: string) => mentions(text, rows, { year: 2024, half: 1 });

const typed = (text: string): ContentInline => ({ type: "text", text });
const bound = (text: string): ContentInline => ({
  type: "figure",
  attrs: { id: "node-01", indicator: "gdp", field: "actual", form: "unit", text, wording: null },
});
const paragraph = (...content: ContentInline[]): TextBlock => ({
  type: "paragraph",
  attrs: { id: "block-01" },
  content,
});
const said = (found: readonly Mention[]) => found.map(({ stated, agrees, expected }) => [stated, agrees, expected]);

describe("typed numbers that the table knows", () => {
  it("are found with what the table says, agreeing or not", () => {
    const block = paragraph(typed("地区生产总值481.35亿元，增长9.3%。"));
    expect(said(looseMentions(block, find))).toEqual([
      ["481.35亿元", true, "481.35亿元"],
      ["增长9.3%", false, "增长9.1%"],
    ]);
  });

  it("are not those that a node says: it is bound already, and names the indicator for what follows it", () => {
    const block = paragraph(typed("地区生产总值"), bound("481.35亿元"), typed("，增长9.3%。"));
    expect(said(looseMentions(block, find))).toEqual([["增长9.3%", false, "增长9.1%"]]);
  });

  it("are none of which the table says nothing", () => {
    const empty = rows.map((row) => ({ ...row, figures: {} }));
    const block = paragraph(typed("地区生产总值481.35亿元。"));
    expect(looseMentions(block, (text) => mentions(text, empty, { year: 2024, half: 1 }))).toEqual([]);
  });
});

describe("a block cut into pieces", () => {
  it("keeps its words in order, its nodes whole and the run-in lead", () => {
    const lead: ContentInline = { type: "text", text: "经济平稳。", marks: [{ type: "lead" }] };
    const block = paragraph(lead, bound("481.35亿元"), typed("，增长9.3%。"));
    const pieces = piecesOf(
      block,
      looseMentions(block, () => []),
    );
    expect(pieces.map(({ text, lead: isLead, binding }) => [text, isLead, binding?.type ?? null])).toEqual([
      ["经济平稳。", true, null],
      ["481.35亿元", false, "figure"],
      ["，增长9.3%。", false, null],
    ]);
  });

  it("cuts a typed number out, also where the lead ends within it", () => {
    const half: ContentInline = { type: "text", text: "增长9", marks: [{ type: "lead" }] };
    const block = paragraph(half, typed(".1%。"));
    const mention: Mention = {
      from: 0,
      to: 6,
      indicator: "gdp",
      field: "growth",
      form: "change",
      stated: "增长9.1%",
      expected: "增长9.1%",
      agrees: true,
    };
    const pieces = piecesOf(block, [mention]);
    expect(pieces.map((piece) => [piece.text, piece.lead, piece.mention?.stated ?? null])).toEqual([
      ["增长9", true, "增长9.1%"],
      [".1%", false, "增长9.1%"],
      ["。", false, null],
    ]);
  });

  it("keeps the place of a node that has no words yet", () => {
    expect(piecesOf(paragraph(typed("完成"), bound("")), []).map((piece) => piece.text)).toEqual(["完成", ""]);
  });
});
