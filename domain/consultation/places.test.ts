import { describe, expect, it } from "vitest";
import type { ReportDocument } from "../../render/report-document";
import { contributionAt, excerptOf, isQuotable, lineOf, placesOf, rowId, type Place } from "./places";
import { addTallies, answerOf } from "./tally";

const aSpan = (text: string, from = 0) => ({ text, from, block: "b-1" });

const small: ReportDocument = {
  schema: "huibao.report/1",
  report: { slug: "small", name: "某区报告", jurisdiction: "test", year: 2024, half: 1 },
  contributions: [],
  blocks: [
    { kind: "heading", id: "s-part", level: 1, number: "一、", text: "执行情况" },
    { kind: "bullet", id: "b-bullet", spans: [aSpan("规模工业总产值412.46亿元；")] },
    { kind: "paragraph", id: "b-item", number: "1.", spans: [aSpan("抓粮食。")] },
    { kind: "numbered", id: "b-point", number: "（1）", spans: [aSpan("抓项目。")] },
    { kind: "table", id: "b-table", from: 1, block: "b-table", header: ["项目", "投资"], rows: [["甲", "乙"]] },
  ],
  annexes: [
    {
      id: "s-annex",
      title: "主要指标表",
      from: 2,
      header: ["序号", "指标"],
      rows: [
        ["1", "总产值"],
        ["2", "工业增加值"],
      ],
    },
  ],
};

describe("the places of an edition", () => {
  it("are its blocks, its annexes and their rows, in the order of the print", () => {
    const places = placesOf(small);
    const [annex] = small.annexes;
    if (!annex) throw new Error("no annex");
    expect(places.map(({ position }) => position)).toEqual(places.map((_, index) => index + 1));
    expect(places.slice(0, small.blocks.length).map(({ id }) => id)).toEqual(small.blocks.map(({ id }) => id));
    expect(places.slice(small.blocks.length).map(({ id, kind }) => [id, kind])).toEqual([
      [annex.id, "annex"],
      ...annex.rows.map((_, index) => [rowId(annex.id, index + 1), "row"]),
    ]);
  });

  it("read as they print, with numbers and dashes", () => {
    expect(lineOf(placeAt(small, "s-part"))).toBe("一、执行情况");
    expect(lineOf(placeAt(small, "b-bullet"))).toMatch(/^——/);
    expect(lineOf(placeAt(small, "b-item"))).toMatch(/^1\./);
    expect(lineOf(placeAt(small, "b-point"))).toMatch(/^（1）/);
    expect(lineOf(placeAt(small, "b-table"))).toBe("项目 | 投资 | 甲 | 乙");
  });

  it("take words from one line or cell, never across two", () => {
    const row = placeAt(small, rowId("s-annex", 2));
    expect(isQuotable(row, "工业增加值")).toBe(true);
    expect(isQuotable(row, `${row.lines[0]}${row.lines[1]}`)).toBe(false);
  });
});

describe("whose words a place has", () => {
  const blocks: ReportDocument["blocks"] = [
    { kind: "paragraph", id: "b-both", spans: [aSpan("抓粮食。", 1), aSpan("抓工业，抓粮食。", 2)] },
  ];
  const both = { ...small, blocks };

  it("is the contribution of the quoted words, or of the first", () => {
    const place = placeAt(both, "b-both");
    expect(contributionAt(both, place, "抓工业")).toBe(2);
    expect(contributionAt(both, place, "抓粮食")).toBe(1);
    expect(contributionAt(both, place, null)).toBe(1);
  });

  it("of a row is who supplied the annex; of a heading nobody", () => {
    expect(contributionAt(small, placeAt(small, rowId("s-annex", 1)), null)).toBe(2);
    expect(contributionAt(small, placeAt(small, "s-part"), null)).toBeNull();
  });
});

describe("what a list shows of a place", () => {
  const long = `${"前".repeat(50)}规模工业${"后".repeat(50)}`;
  const place = (text: string): Place => ({ id: "b", position: 1, kind: "block", lines: [text] });

  it("is the quoted words among their neighbours", () => {
    expect(excerptOf(place(long), "规模工业")).toEqual({
      before: `…${"前".repeat(40)}`,
      quote: "规模工业",
      after: `${"后".repeat(40)}…`,
    });
  });

  it("or how it begins, and never half a character", () => {
    expect(excerptOf(place("𬭚".repeat(90)), null).before).toBe(`${"𬭚".repeat(80)}…`);
    expect(excerptOf(place("短。"), null)).toEqual({ before: "短。", quote: "", after: "" });
  });
});

describe("the count of what became of the comments", () => {
  it("adds up over the departments: 24, of them 18 adopted, 2 in part, 4 for reference", () => {
    const one = { comments: 20, open: 0, adopted: 16, partly: 1, noted: 3 };
    const other = { comments: 4, open: 0, adopted: 2, partly: 1, noted: 1 };
    expect(addTallies([one, other])).toEqual({ comments: 24, open: 0, adopted: 18, partly: 2, noted: 4 });
    expect(addTallies([])).toEqual({ comments: 0, open: 0, adopted: 0, partly: 0, noted: 0 });
  });

  it("knows a department by its answer", () => {
    expect(answerOf({ comments: 2, none: false })).toBe("comments");
    expect(answerOf({ comments: 0, none: true })).toBe("none");
    expect(answerOf({ comments: 0, none: false })).toBe("waiting");
  });
});

function placeAt(document: ReportDocument, id: string): Place {
  const place = placesOf(document).find((one) => one.id === id);
  if (!place) throw new Error(`no place ${id}`);
  return place;
}
