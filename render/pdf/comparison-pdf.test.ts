import { beforeAll, describe, expect, it } from "vitest";
import { compareDocuments, type AskedOf } from "../../domain/edition/compare-documents";
import type { Comparison } from "../comparison";
import { RenderError } from "../render-error";
import type { Block, ReportDocument } from "../report-document";
import { aSmallReport, aSpan } from "../small-report";
import { comparisonData } from "./comparison-data";
import { comparisonPdf } from "./comparison-pdf";
import { readBookmarks, readPdf, type PrintedPage, type PrintedRun } from "./read-pdf.testing";

const FARM = "坚决落实耕地保护制度，完成粮食播种面积五千亩。";
const ROADS = "加快推进城市更新，完成老旧小区改造十二个。";
const saying = (id: string, text: string): Block => ({ kind: "paragraph", id, spans: [aSpan(text, 1, id)] });
const [title, , , , part, bullet, chapter] = aSmallReport().blocks;
const frame = [title, part, bullet].flatMap((block) => block ?? []);
const asking = (of: string | null, block: string | null, text: string): AskedOf => ({
  of,
  block,
  asked: { kind: "return", by: "发改局 综合股", text },
});

/** In the order of drawing, so that a line's end and the next line's beginning stand together. */
const textOf = (runs: readonly PrintedRun[]): string => runs.map(({ text }) => text).join("");

function comparisonOf(from: ReportDocument, to: ReportDocument, asked: AskedOf[] = []): Comparison {
  const name = from.report.name;
  return compareDocuments(
    { edition: { name, label: "征求意见稿 第1号", number: 1, date: "2024年7月20日" }, document: from },
    { edition: { name, label: "会议稿 第3号", number: 3, date: "2024年8月5日" }, document: to },
    asked,
  );
}

const before = aSmallReport({
  blocks: [
    ...frame,
    ...(chapter ? [chapter] : []),
    saying("b-1", FARM),
    saying("b-2", ROADS),
    saying("b-3", "增长9.1%，增速居全市第二位。"),
  ],
});
const after = aSmallReport({
  blocks: [...frame, saying("b-2", ROADS), saying("b-3", "增长9.3%，增速居全市第二位。"), saying("b-1", FARM)],
  annexes: before.annexes.map((annex) => ({
    ...annex,
    rows: [
      ["1", "地区生产总值", "51.41"],
      ["2", "工业增加值", "/"],
    ],
  })),
});
const comparison = comparisonOf(before, after, [
  asking("s-farm", "b-3", "增速以快报为准。😀"),
  asking("s-farm", "b-3", "增速以快报为准。😀"),
  asking("s-annex", null, "核对完成率。"),
  asking(null, null, "全文更正。"),
]);

describe("花脸稿 in print", () => {
  let bytes: Uint8Array;
  let pages: PrintedPage[];
  let words: string;

  beforeAll(async () => {
    bytes = await comparisonPdf(comparison);
    pages = await readPdf(bytes);
    words = textOf(pages.flatMap(({ runs }) => runs));
  });

  it("says on every page which editions it compares, and how much differs", () => {
    for (const { runs } of pages) {
      expect(textOf(runs.filter(({ y }) => y < 27))).toMatch(
        /花脸稿.*征求意见稿.*第1号（2024年7月20日）.*会议稿.*第3号（2024年8月5日）/,
      );
    }
    expect(words).toContain("共改动3处：修改1处，新增0处，删除1处，移动1处；表格改动1格。");
    expect(words).toContain("全文更正。");
  });

  it("prints what is gone beside what has come, a move at both its places, a cell with both its figures", () => {
    expect(words).toContain("增长9.1%9.3%，增速居全市第二位。〔注1〕");
    expect(words).toContain(`〔移动1↓移至后文〕${FARM}`);
    expect(words).toContain(`〔移动1↑移自前文〕${FARM}`);
    expect(words).toContain("51.4051.41");
    expect(pages.map(({ width, height }) => width > height)).toEqual([false, true, false]);
  });

  it("notes who asked once, and puts a sign for a character that no face has", () => {
    expect(words.match(/增速以快报为准/g)).toHaveLength(1);
    expect(words).toMatch(/注1.*退回意见（发改局.*综合股）：增速以快报为准。〓/);
    expect(words).toMatch(/注2.*核对完成率。/);
  });

  it("leaves a heading that is gone out of the bookmarks", async () => {
    const titles = (await readBookmarks(bytes)).map((one) => one.title);
    expect(titles).toEqual(["一、执行情况", "主要指标表", "修改依据"]);
  });

  it("has the same bytes every time, dated by the newer edition", async () => {
    expect(Buffer.from(await comparisonPdf(structuredClone(comparison))).equals(bytes)).toBe(true);
    expect(Buffer.from(bytes).toString("latin1")).toContain("2024-08-05T00:00:00");
  });
});

it("refuses a text that it cannot print, by name", async () => {
  const strange = comparisonOf(aSmallReport({ blocks: [saying("b-1", "囍𠮷😀")] }), aSmallReport());
  await expect(comparisonPdf(strange)).rejects.toMatchObject({
    key: "characters-missing" satisfies RenderError["key"],
    details: expect.arrayContaining(["😀 U+1F600"]) as string[],
  });
});

it("signs every change in the margin, and no row whose number alone follows", () => {
  const rows = [
    ["1", "农林牧渔", "37.35"],
    ["2", "地区生产总值", "51.40"],
    ["3", "工业增加值", "/"],
  ];
  const grown = aSmallReport({ annexes: before.annexes.map((annex) => ({ ...annex, rows })) });
  const data = comparisonData(comparisonOf(aSmallReport(), grown), () => true);
  expect(data.annexes[0]?.rows.map(({ sign }) => sign)).toEqual(["增", "", ""]);
  expect(comparisonData(comparison, () => true).blocks.map(({ sign }) => sign)).toEqual([
    "",
    "",
    "",
    "删",
    "移",
    "",
    "改",
    "移",
  ]);
});
