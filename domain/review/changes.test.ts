import { describe, expect, it } from "vitest";
import type { IndicatorRow } from "../indicator/figure";
import type { Content } from "../section/content";
import { changedBlocks, changedCells } from "./changes";

const text = (...paragraphs: [id: string, words: string][]): Content => ({
  type: "doc",
  content: paragraphs.map(([id, words]) => ({
    type: "paragraph",
    attrs: { id },
    content: [{ type: "text", text: words }],
  })),
});

const bound = (id: string, said: string, indicator = "farm-output"): Content => ({
  type: "doc",
  content: [
    {
      type: "paragraph",
      attrs: { id: "block-01" },
      content: [
        { type: "text", text: "总产值" },
        { type: "figure", attrs: { id, indicator, field: "actual", form: "unit", text: said, wording: null } },
      ],
    },
  ],
});

describe("what changed since somebody saw a text", () => {
  it("counts paragraphs that changed, came, went and moved, each once", () => {
    const before = text(["block-01", "甲"], ["block-02", "乙"], ["block-03", "丙"]);
    expect(changedBlocks(before, before)).toBe(0);
    expect(changedBlocks(before, text(["block-01", "甲甲"], ["block-02", "乙"], ["block-03", "丙"]))).toBe(1);
    expect(changedBlocks(before, text(["block-01", "甲"], ["block-03", "丙"], ["block-04", "丁"]))).toBe(2);
    expect(changedBlocks(before, text(["block-03", "丙"], ["block-01", "甲"], ["block-02", "乙"]))).toBe(1);
  });

  it("does not count a bound figure that says something else by now, but one that is bound to something else", () => {
    expect(changedBlocks(bound("node-01", "8.03亿元"), bound("node-02", "8.10亿元"))).toBe(0);
    expect(changedBlocks(bound("node-01", "8.03亿元"), bound("node-01", "8.03亿元", "retail"))).toBe(1);
  });
});

describe("what changed since somebody saw a row", () => {
  const row = (
    digits: string,
    completionReason: string | null = null,
  ): Pick<IndicatorRow, "figures" | "completionReason"> => ({
    figures: { actual: { state: "number", digits }, growth: { state: "pending" } },
    completionReason,
  });

  it("names the cells in the order of the table, and tells 51.4 from 51.40", () => {
    expect(changedCells(row("51.40"), row("51.40"))).toEqual([]);
    expect(changedCells(row("51.40"), row("51.4"))).toEqual(["actual"]);
    const other = { figures: { lastActual: { state: "number", digits: "20" } } as const, completionReason: null };
    expect(changedCells(row("51.40"), other)).toEqual(["lastActual", "actual", "growth"]);
  });

  it("counts another reason for a typed completion as a change of that cell", () => {
    expect(changedCells(row("51.40", "按计划数"), row("51.40", "按预计数"))).toEqual(["completion"]);
  });
});
