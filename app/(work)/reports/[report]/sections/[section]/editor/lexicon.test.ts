import { describe, expect, it } from "vitest";
import { realRows } from "../../../../../../../domain/indicator/real-table.testing";
import type { Binding } from "../../../../../../../domain/indicator/binding";
import { buildLexicon, type LexiconRow } from "./build-lexicon";
import { bindingFrom, entryOf, matching, wordsIn } from "./lexicon";

const rows: LexiconRow[] = realRows().map((row) => ({
  ...row,
  aliases: row.code === "gdp" ? ["GDP"] : row.code === "retail" ? ["社零"] : [],
  organ: "统计局",
  sources: {},
}));
const lexicon = buildLexicon(rows, 1, "指标项数");
const codes = (query: string) => matching(lexicon, query).entries.map((entry) => entry.code);
const said = (code: string) =>
  (entryOf(lexicon, code)?.offers ?? []).map((offer) => [
    offer.type === "figure" ? offer.field : offer.type,
    offer.form,
    offer.words,
  ]);

describe("what `#` finds", () => {
  it("an indicator by the initials of its pinyin, by its pinyin, name, alias or code", () => {
    expect(codes("dqsczz")).toEqual(["gdp"]);
    expect(codes("DQSC")).toEqual(["gdp"]);
    expect(codes("diqusheng")).toEqual(["gdp"]);
    expect(codes("地区生产")).toEqual(["gdp"]);
    expect(codes("gdp")).toEqual(["gdp"]);
    expect(codes("社零")).toEqual(["retail"]);
    expect(codes("sl")[0]).toBe("retail");
  });

  it("names that begin with it before names that hold it, in the order of the table", () => {
    expect(codes("ybgg")).toEqual(["budget-total", "budget-local"]);
    expect(codes("gm").slice(0, 2)).toEqual(["industrial-output", "industrial-added"]);
  });

  it("every indicator while nothing is typed, and none for what is no name", () => {
    expect(codes("")).toHaveLength(13);
    expect(matching(lexicon, "zzzz")).toEqual({ entries: [], counts: false });
  });

  it("the counts over the table", () => {
    expect(matching(lexicon, "zbxs").counts).toBe(true);
    expect(lexicon.counts.map((offer) => offer.words)).toEqual(["13", "10", "3"]);
  });
});

describe("what an indicator offers", () => {
  it("each figure in the words that will stand, most wanted first, then whole clauses", () => {
    expect(said("gdp").slice(0, 7)).toEqual([
      ["actual", "unit", "481.35亿元"],
      ["completion", "rate", "51.4%"],
      ["growth", "change", "增长9.1%"],
      ["gap", "against", "高于计划增速1.8个百分点"],
      ["rankTotal", "rank", "第一"],
      ["rankGrowth", "rank", "第二"],
      ["clause", "bullet", "地区生产总值481.35亿元，完成年度计划的51.4%，增长9.1%"],
    ]);
  });

  it("nothing of a cell that is “/” or words, for that has no number and never will", () => {
    const fields = said("foreign-capital").map(([field]) => field);
    expect(fields).toContain("completion");
    expect(fields).not.toContain("growth");
    expect(fields).not.toContain("rankGrowth");
  });

  it("a figure that is not there yet, so that the text can be written before it", () => {
    const blank = buildLexicon([{ ...(rows[0] as LexiconRow), figures: {} }], 1, "指标项数");
    expect(blank.entries[0]?.offers[0]).toEqual({ type: "figure", field: "actual", form: "unit", words: null });
  });
});

describe("the words of a node", () => {
  const actual = bindingFrom({ type: "figure", field: "actual", form: "unit", words: "1亿元" }, "gdp", "node-01");

  it("are the table's, whatever the node said before", () => {
    expect(actual.attrs.text).toBe("1亿元");
    expect(wordsIn(lexicon, actual)).toBe("481.35亿元");
  });

  it("are nothing where the figure has gone, and unknown where the indicator has", () => {
    const blank = buildLexicon([{ ...(rows[0] as LexiconRow), figures: {} }], 1, "指标项数");
    expect(wordsIn(blank, actual)).toBe("");
    expect(wordsIn(buildLexicon([], 1, "指标项数"), actual)).toBeNull();
  });

  it("are somebody's own where they were worded otherwise", () => {
    const own = { ...actual, attrs: { ...actual.attrs, wording: { text: "近500亿元", reason: "口径" } } } as Binding;
    expect(wordsIn(lexicon, own)).toBe("近500亿元");
  });
});
