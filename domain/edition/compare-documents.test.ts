import { describe, expect, it, test } from "vitest";
import type { ComparedBlock, ComparedSpan, Comparison } from "../../render/comparison";
import type { Block, ReportDocument } from "../../render/report-document";
import { aSmallReport, aSpan, POINTS_AND_TABLES } from "../../render/small-report";
import { realDocument } from "../report/real-document.testing";
import { compareDocuments, isUnchanged, type AskedOf } from "./compare-documents";
import { readReport, readSide } from "./compare.testing";

const SIGNS = { same: "", inserted: "+", deleted: "-" };
const said = (spans: readonly ComparedSpan[]) => spans.map(({ change, text }) => `${SIGNS[change]}${text}`).join("|");
const told = (block: ComparedBlock | undefined) =>
  block && block.kind !== "table" ? `${said(block.mark)}>${said(block.spans)}` : "";
const edition = (number: number) => ({ name: "报告", label: `送审稿 第${number}号`, number, date: "2024年8月1日" });
const compared = (from: ReportDocument, to: ReportDocument, asked: AskedOf[] = []): Comparison =>
  compareDocuments({ edition: edition(1), document: from }, { edition: edition(2), document: to }, asked);
const changes = ({ blocks }: Comparison) =>
  blocks.flatMap((block) => (block.change === "same" ? [] : [`${block.change} ${block.id}`]));
const saying = (id: string, text: string, leaf = 0): Block => ({
  kind: "paragraph",
  id,
  spans: [aSpan(text, leaf, id)],
});
const withBlocks = (...blocks: Block[]) => aSmallReport({ blocks });

describe("words", () => {
  it("marks a changed figure with its unit as one, and nothing else of the paragraph", () => {
    const { blocks, counts } = compared(
      withBlocks(saying("b", "地区生产总值481.35亿元，增长9.1%，居全市第二。")),
      withBlocks(saying("b", "地区生产总值481.35亿元，增长9.3%，居全市第二。")),
    );
    expect(told(blocks[0])).toBe(">地区生产总值481.35亿元，增长|-9.1%|+9.3%|，居全市第二。");
    expect(counts).toEqual({ inserted: 0, deleted: 0, changed: 1, moved: 0, cells: 0 });
  });

  it("keeps a run-in lead bold on both sides, and tells where only the bold has changed", () => {
    const lead = (text: string, isLead: boolean) => ({
      ...aSpan(text, 1, "b"),
      ...(isLead ? { lead: true as const } : {}),
    });
    const paragraph = (...spans: ReturnType<typeof lead>[]) => withBlocks({ kind: "paragraph", id: "b", spans });
    const { blocks } = compared(
      paragraph(lead("抓粮食。", true), lead("丰收在望。", false)),
      paragraph(lead("抓粮食。", false), lead("丰收在望。", false)),
    );
    expect(blocks[0]).toMatchObject({
      spans: [
        { text: "抓粮食。", lead: true, change: "deleted" },
        { text: "抓粮食。", change: "inserted" },
        { text: "丰收在望。", change: "same" },
      ],
    });
  });

  it("takes texts apart by word as far as there is room, and sets those after them old before new", () => {
    const many = (figure: string, length = 20_000) =>
      withBlocks(
        ...Array.from({ length: 8 }, (_, at) => saying(`b-${at}`, `${"粮食增长。".repeat(length / 5)}第${figure}。`)),
      );
    const [before, after] = [many("9.1%"), many("9.3%")];
    const comparison = compared(before, after);
    const spansOf = (block: ComparedBlock) => (block.kind === "table" ? [] : block.spans.map(({ change }) => change));
    const counts = comparison.blocks.map((block) => spansOf(block).join(" "));
    expect(counts.slice(0, 2)).toEqual(["same deleted inserted same", "same deleted inserted same"]);
    expect(new Set(counts.slice(3))).toEqual(new Set(["deleted inserted"]));
    expect(readSide(comparison, "from")).toEqual(readReport(before));
    expect(readSide(comparison, "to")).toEqual(readReport(after));
    const few = compared(many("9.1%", 200), many("9.3%", 200));
    expect(few.blocks.every((block) => spansOf(block).length === 4)).toBe(true);
  });

  it("reads a long paragraph with a change in every sentence, not as two paragraphs", () => {
    const { blocks } = realDocument();
    const words = blocks.flatMap((block) => ("spans" in block ? block.spans.map(({ text }) => text) : []));
    const long = words.join("").repeat(3).slice(0, 20_000);
    const [before, after] = [
      withBlocks(saying("b", long)),
      withBlocks(saying("b", words.join("").replace(/\d/g, "7"))),
    ];
    const comparison = compared(withBlocks(saying("b", words.join(""))), after);
    const [block] = comparison.blocks;
    expect(block?.kind === "paragraph" ? block.spans.length : 0).toBeGreaterThan(300);
    expect(readSide(compared(before, after), "from")).toEqual(readReport(before));
    expect(readSide(comparison, "to")).toEqual(readReport(after));
  });
});

describe("numbers and forms", () => {
  const heading = (id: string, number: string, text: string): Block => ({
    kind: "heading",
    id,
    level: 2,
    number,
    text,
  });

  it("changes only the number of a heading that counts differently", () => {
    const { blocks } = compared(
      withBlocks(heading("h-1", "（一）", "夯实农业基础"), heading("h-2", "（二）", "推动转型升级")),
      withBlocks(heading("h-2", "（一）", "推动转型升级")),
    );
    expect(blocks.map((block) => `${block.change} ${told(block)}`)).toEqual([
      "deleted -（一）>-夯实农业基础",
      "changed -（二）|+（一）>推动转型升级",
    ]);
  });

  it("says how a paragraph was set that is a point now", () => {
    const { blocks } = compared(
      withBlocks(saying("b", "扩大有效投资。")),
      withBlocks({ kind: "bullet", id: "b", spans: [aSpan("扩大有效投资。", 0, "b")] }),
    );
    expect(blocks[0]).toMatchObject({ change: "changed", kind: "bullet", was: { kind: "paragraph" } });
    expect(told(blocks[0])).toBe("+——>扩大有效投资。");
  });
});

describe("places", () => {
  const [farm, trade, roads] = [
    "坚决落实耕地保护制度，完成粮食播种面积五千亩。",
    "推动外经提质增效，举办供应链对接活动三场次。",
    "加快推进城市更新，完成老旧小区改造十二个。",
  ];

  it("shows a paragraph that stands elsewhere as moved, with the figure that changed in it", () => {
    const comparison = compared(
      withBlocks(saying("b-1", farm), saying("b-2", trade), saying("b-3", roads)),
      withBlocks(saying("b-2", trade), saying("b-3", roads), saying("b-1", farm.replace("五千亩", "六千亩"))),
    );
    expect(changes(comparison)).toEqual(["moved-from b-1", "moved-to b-1"]);
    expect(told(comparison.blocks[0])).toBe(`>${farm}`);
    expect(told(comparison.blocks.at(-1))).toContain("|-五千|+六千|");
    expect(comparison.counts).toEqual({ inserted: 0, deleted: 0, changed: 0, moved: 1, cells: 0 });
  });

  it("finds a paragraph by its words where it has another id", () => {
    const comparison = compared(
      withBlocks(saying("b-1", farm), saying("b-2", trade), saying("b-3", roads)),
      withBlocks(saying("b-2", trade), saying("b-3", roads), saying("other", farm)),
    );
    expect(changes(comparison)).toEqual(["moved-from b-1", "moved-to other"]);
  });

  it("makes no move of few words that stand elsewhere by chance, nor of a paragraph written anew", () => {
    const short = compared(
      withBlocks(saying("b-1", "具体如下："), saying("b-2", trade)),
      withBlocks(saying("b-2", trade), saying("other", "具体如下：")),
    );
    expect(changes(short)).toEqual(["deleted b-1", "inserted other"]);
    const anew = compared(
      withBlocks(saying("b-1", farm), saying("b-2", trade), saying("b-3", roads)),
      withBlocks(saying("b-2", trade), saying("b-3", roads), saying("b-1", "全年财政收支保持平衡。")),
    );
    expect(changes(anew)).toEqual(["deleted b-1", "inserted b-1"]);
  });

  it("knows a paragraph that begins with another leaf's words than before", () => {
    const joined = (...spans: ReturnType<typeof aSpan>[]): Block => ({
      kind: "paragraph",
      id: spans[0]?.block ?? "",
      spans,
    });
    const comparison = compared(
      withBlocks(joined(aSpan(farm, 1, "b-1")), saying("b-3", roads)),
      withBlocks(joined(aSpan("总体平稳。", 0, "b-0"), aSpan(farm, 1, "b-1")), saying("b-3", roads)),
    );
    expect(changes(comparison)).toEqual(["changed b-0"]);
    expect(told(comparison.blocks[0])).toBe(`>+总体平稳。|${farm}`);
  });
});

describe("tables", () => {
  const annex = (header: string[], ...rows: string[][]) =>
    aSmallReport({ annexes: [{ id: "s-annex", title: "主要指标表", from: 2, header, rows }] });
  const HEADER = ["序号", "指标", "完成率(%)"];

  it("compares by cell, rows by name, and counts no running numbers that follow", () => {
    const { annexes, counts } = compared(
      annex(HEADER, ["1", "地区生产总值", "51.40"], ["2", "工业增加值", "/"]),
      annex(HEADER, ["1", "农林牧渔", "37.35"], ["2", "地区生产总值", "51.38"], ["3", "工业增加值", "/"]),
    );
    expect(annexes[0]?.rows.map(({ change, cells }) => [change, ...cells.map(said)])).toEqual([
      ["inserted", "+1", "+农林牧渔", "+37.35"],
      ["changed", "-1|+2", "地区生产总值", "-51.40|+51.38"],
      ["changed", "-2|+3", "工业增加值", "/"],
    ]);
    expect(counts).toMatchObject({ changed: 0, cells: 4 });
  });

  it("shows a new column as new in every row, and a row put elsewhere with both its ends", () => {
    const { annexes } = compared(
      annex(["指标", "数值"], ["甲", "1"], ["乙", "2"], ["丙", "3"]),
      annex(["指标", "单位", "数值"], ["乙", "", "2"], ["丙", "吨", "3"], ["甲", "吨", "1"]),
    );
    expect(annexes[0]?.columns).toEqual(["same", "inserted", "same"]);
    expect(annexes[0]?.rows.map(({ change, move, cells }) => [change, move, ...cells.map(said)])).toEqual([
      ["deleted", 1, "-甲", "", "-1"],
      ["same", undefined, "乙", "", "2"],
      ["changed", undefined, "丙", "+吨", "3"],
      ["inserted", 1, "+甲", "+吨", "+1"],
    ]);
  });

  it("knows the rows of figures by their indicator, whatever they are called", () => {
    const real = realDocument();
    const renamed = structuredClone(real);
    const rows = renamed.annexes.at(-1)?.rows ?? [];
    const [first, second] = rows;
    if (first && second) [first[1], second[1]] = ["生产总值（GDP）", first[1] ?? ""];
    const { annexes, counts } = compared(real, renamed);
    expect(counts).toEqual({ inserted: 0, deleted: 0, changed: 0, moved: 0, cells: 2 });
    expect(annexes.at(-1)?.rows[0]).toMatchObject({ change: "changed", of: "i-gdp" });
  });

  it("compares a table between paragraphs too, and takes one without a header for another table", () => {
    const [, headed] = POINTS_AND_TABLES;
    if (headed?.kind !== "table" || !headed.header) throw new Error("No headed table.");
    const changed = compared(withBlocks(headed), withBlocks({ ...headed, rows: [["一期", "2.6"]] }));
    expect(changed.counts).toMatchObject({ changed: 0, cells: 1 });
    const { header, ...plain } = headed;
    expect(changes(compared(withBlocks(headed), withBlocks({ ...plain, rows: [header, ...plain.rows] })))).toEqual([
      `deleted ${headed.id}`,
      `inserted ${headed.id}`,
    ]);
  });

  it("tells of an annex that came, one that went, and the label that follows", () => {
    const other = { id: "s-other", title: "项目表", from: 2, header: ["项目"], rows: [["一期"]] };
    const [one] = aSmallReport().annexes;
    if (!one) throw new Error("No annex.");
    const { annexes, counts } = compared(aSmallReport(), aSmallReport({ annexes: [other, one] }));
    expect(annexes.map(({ change, mark, title }) => [change, said(mark), said(title)])).toEqual([
      ["inserted", "+附件1", "+项目表"],
      ["changed", "-附件|+附件2", "主要指标表"],
    ]);
    expect(counts).toMatchObject({ inserted: 1, changed: 1, cells: 0 });
  });
});

describe("who asked", () => {
  const asked = (of: string | null, block: string | null, text: string): AskedOf => ({
    of,
    block,
    asked: { kind: "return", by: "发展和改革局 综合股", text },
  });
  const before = withBlocks(
    saying("b-1", "粮食播种面积稳定。", 1),
    saying("b-2", "总体平稳。", 0),
    saying("b-3", "项目。", 1),
  );
  const after = withBlocks(
    saying("b-1", "粮食产量稳定。", 1),
    saying("b-2", "总体平稳。", 0),
    saying("b-3", "项目五个。", 1),
  );

  it("stands at the paragraph that it was about, once", () => {
    const reason = asked("s-farm", "b-3", "写明个数。");
    const { blocks } = compared(before, after, [reason, reason]);
    expect(blocks.map((block) => block.asked.map(({ text }) => text))).toEqual([[], [], ["写明个数。"]]);
  });

  it("stands at the leaf's first change when its paragraph is gone, and nowhere when its paragraph is as it was", () => {
    const { blocks } = compared(before, after, [
      asked("s-farm", "b-gone", "删去一段。"),
      asked("s-frame", "b-2", "改不改都行。"),
      asked("s-frame", null, "全篇。"),
    ]);
    expect(blocks.map((block) => block.asked.map(({ text }) => text))).toEqual([["删去一段。"], [], []]);
  });

  it("stands at the row of the indicator; and what is of the whole stands apart", () => {
    const real = realDocument();
    const changed = structuredClone(real);
    const [row] = changed.annexes.at(-1)?.rows ?? [];
    if (row) row[8] = "51.41";
    const { annexes, asked: whole } = compared(real, changed, [
      asked("i-gdp", null, "完成率有误。"),
      { of: null, block: null, asked: { kind: "correction", by: "综合股", text: "更正一处数据。" } },
    ]);
    expect(annexes.at(-1)?.rows[0]?.asked?.map(({ text }) => text)).toEqual(["完成率有误。"]);
    expect(whole.map(({ text }) => text)).toEqual(["更正一处数据。"]);
  });
});

test("the real report is the same as itself, and as itself read from JSON", () => {
  const real = realDocument();
  const comparison = compared(real, JSON.parse(JSON.stringify(real)) as ReportDocument);
  expect(isUnchanged(comparison)).toBe(true);
  expect(readSide(comparison, "to")).toEqual(readReport(real));
});
