import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IndicatorRow } from "../indicator/figure";
import { checkReport, ReportChecker } from "./check-report";
import { checkText } from "./check-text";
import { readTable } from "./files/read-table";
import { readText } from "./files/read-text";
import type { CheckBlock } from "./finding";

const demo = (name: string): Uint8Array => readFileSync(new URL(`../../db/demo/${name}`, import.meta.url));
const { rows } = await readTable(demo("2024-h1.indicators.csv"));
const { blocks } = readText(demo("2024-h1.clean.md"));
const options = { year: 2024, half: 1, counties: 11 } as const;

describe("a checker that keeps what it has read", () => {
  it("finds after any edits what a check from the beginning finds", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const checker = new ReportChecker(options);
        let report: Report = { blocks, rows };
        for (const change of edits) {
          report = change(report);
          expect(checker.check(report.blocks, report.rows)).toEqual(checkReport(report.blocks, report.rows, options));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("takes equal rows that are other objects as unchanged, and sees a cell that was changed in place of another", () => {
    const checker = new ReportChecker(options);
    const first = checker.check(blocks, rows);
    expect(checker.check(blocks, structuredClone(rows))).toEqual(first);
    const changed = rows.with(4, withActual(rows[4], "160.10"));
    expect(checker.check(blocks, changed).map(({ rule, stated }) => [rule, stated])).toContainEqual([
      "R6",
      "160.09亿元",
    ]);
    expect(checker.check(blocks, rows)).toEqual(first);
  });
});

describe("a text that was made to be hard", () => {
  const fragments = [
    "GDP吗",
    "地区生产总值、",
    "1家中1家",
    "1:2:3结构",
    "。一是",
    "，1个项目",
    "1项指标中，",
    "预计",
    "全市居列第一",
    "《2024-2026年规划纲要",
    "企业达1家，",
    "同比比上年增长",
    "20个省级重点项目",
    "占",
    "去年",
    "由1%提高到1%，",
    "1家企业，",
    "地区生产总值1亿元，增长1%，居全市第一，",
  ];
  it.each(fragments)("is read to its end: %s", { timeout: 30_000 }, (fragment) => {
    const text = fragment.repeat(Math.ceil(40_000 / fragment.length));
    expect(() => checkText([{ id: "b1", kind: "paragraph", text }], rows, options)).not.toThrow();
  });
});

type Report = { blocks: CheckBlock[]; rows: IndicatorRow[] };

const place = fc.nat(10_000);
const typed = fc.constantFrom("9", "亿元", "增长", "。", "，", "地区生产总值", "第三", "", "一是", "（一）", "下半年");

/** One edit of a report: words typed, a block taken out, moved or made another kind, a cell changed, rows swapped. */
const edit: fc.Arbitrary<(report: Report) => Report> = fc.oneof(
  fc.tuple(place, place, typed).map(([at, offset, words]) => (report: Report) => ({
    ...report,
    blocks: report.blocks.map((block, index) =>
      index === at % report.blocks.length ? typedInto(block, offset, words) : block,
    ),
  })),
  place.map((at) => (report: Report) => ({ ...report, blocks: report.blocks.toSpliced(at % report.blocks.length, 1) })),
  place.map((at) => (report: Report) => {
    const index = at % report.blocks.length;
    return { ...report, blocks: [...report.blocks.slice(index), ...report.blocks.slice(0, index)] };
  }),
  fc.tuple(place, fc.constantFrom("heading", "bullet", "paragraph")).map(([at, kind]) => (report: Report) => ({
    ...report,
    blocks: report.blocks.map((block, index): CheckBlock =>
      index === at % report.blocks.length ? { ...block, kind } : block,
    ),
  })),
  fc.tuple(place, fc.nat(99_999)).map(([at, cents]) => (report: Report) => {
    const index = at % report.rows.length;
    return { ...report, rows: report.rows.with(index, withActual(report.rows[index], (cents / 100).toFixed(2))) };
  }),
  fc.constant((report: Report) => ({ ...report, rows: report.rows.toReversed() })),
);

function typedInto(block: CheckBlock, offset: number, words: string): CheckBlock {
  const at = offset % (block.text.length + 1);
  return { ...block, text: `${block.text.slice(0, at)}${words}${block.text.slice(at + 1)}` };
}

function withActual(row: IndicatorRow | undefined, digits: string): IndicatorRow {
  if (!row) throw new RangeError("No such row");
  return { ...row, figures: { ...row.figures, actual: { state: "number", digits } } };
}
