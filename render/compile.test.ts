import { describe, expect, it } from "vitest";
import type { Content, ContentBlock } from "../domain/section/content";
import { compile } from "./compile";
import { chineseNumber } from "../domain/section/numbering";
import type { DocumentIndicator, IndicatorInput, OutlineRow } from "./report-document";

const REPORT = { slug: "demo-2024-h1", name: "计划执行情况报告", jurisdiction: "某区", year: 2024, half: 1 } as const;

describe("compiling a report", () => {
  it("follows parent and position, whatever order the rows came in", () => {
    const rows = [
      aHeading("p1", "part", 2),
      aLeaf("opening", { position: 1 }),
      aHeading("c2", "chapter", 2, "p1"),
      aLeaf("in-c2", { parentId: "c2" }),
      aHeading("c1", "chapter", 1, "p1"),
      aLeaf("in-c1", { parentId: "c1" }),
    ];
    const forward = compile(REPORT, rows);
    expect(texts(forward)).toEqual(["opening", "一、p1", "（一）c1", "in-c1", "（二）c2", "in-c2"]);
    expect(compile(REPORT, rows.toReversed())).toEqual(forward);
    expect(forward.document.contributions.map((entry) => entry.section)).toEqual(["opening", "in-c1", "in-c2"]);
  });

  it("numbers chapters and items anew in every part", () => {
    const rows = [
      aHeading("p1", "part", 1),
      aHeading("a", "chapter", 1, "p1"),
      aHeading("b", "chapter", 2, "p1"),
      aHeading("p2", "part", 2),
      aHeading("c", "chapter", 1, "p2"),
      aHeading("p3", "part", 3),
      aLeaf("x", { parentId: "p3", position: 1, kind: "item" }),
      aLeaf("y", { parentId: "p3", position: 2, kind: "item" }),
      aHeading("p4", "part", 4),
      aLeaf("z", { parentId: "p4", kind: "item" }),
    ];
    expect(texts(compile(REPORT, rows))).toEqual([
      "一、p1",
      "（一）a",
      "（二）b",
      "二、p2",
      "（一）c",
      "三、p3",
      "1.x",
      "2.y",
      "四、p4",
      "1.z",
    ]);
  });

  it("counts past ten as Chinese does", () => {
    expect([1, 10, 11, 19, 20, 21, 30, 99, 100, 101, 110, 111, 300, 999].map(chineseNumber)).toEqual([
      "一",
      "十",
      "十一",
      "十九",
      "二十",
      "二十一",
      "三十",
      "九十九",
      "一百",
      "一百零一",
      "一百一十",
      "一百一十一",
      "三百",
      "九百九十九",
    ]);
    expect(() => chineseNumber(1000)).toThrow(RangeError);
  });

  it("lets a run-on leaf go on in the paragraph before it, and keeps whose words are whose", () => {
    const rows = [
      aHeading("p", "part", 1),
      aLeaf("intro", { parentId: "p", position: 1, words: "总体平稳。" }),
      aLeaf("farm", {
        parentId: "p",
        position: 2,
        runOn: true,
        content: [paragraph("farm01", [["抓粮食。", true], ["丰收。"]])],
      }),
    ];
    const { document } = compile(REPORT, rows);
    expect(document.blocks.at(-1)).toEqual({
      kind: "paragraph",
      id: "intro-block",
      spans: [
        { text: "总体平稳。", from: 0, block: "intro-block" },
        { text: "抓粮食。", lead: true, from: 1, block: "farm01" },
        { text: "丰收。", from: 1, block: "farm01" },
      ],
    });
  });

  it("joins only the first paragraph of a run-on leaf, and the next run-on leaf joins its last", () => {
    const rows = [
      aLeaf("one", { position: 1, words: "一。" }),
      aLeaf("two", {
        position: 2,
        runOn: true,
        content: [paragraph("two001", [["二。"]]), paragraph("two002", [["三。"]])],
      }),
      aLeaf("three", { position: 3, runOn: true, words: "四。" }),
    ];
    expect(texts(compile(REPORT, rows))).toEqual(["一。二。", "三。四。"]);
  });

  it("lets a run-on leaf begin a paragraph after a heading, a bullet or a leaf that is missing", () => {
    const rows = [
      aHeading("p", "part", 1),
      aLeaf("first", { parentId: "p", position: 1, runOn: true }),
      aLeaf("list", { parentId: "p", position: 2, kind: "bullets", content: [bullet("list01", "增长；")] }),
      aLeaf("after-list", { parentId: "p", position: 3, runOn: true }),
      aLeaf("missing", { parentId: "p", position: 4, content: null }),
      aLeaf("after-missing", { parentId: "p", position: 5, runOn: true }),
    ];
    expect(texts(compile(REPORT, rows))).toEqual(["一、p", "first", "——增长；", "after-list", "after-missing"]);
  });

  it("leaves out what nobody has approved, names it with its department, and keeps the other numbers", () => {
    const rows = [
      aHeading("p", "part", 1),
      aLeaf("done", { parentId: "p", position: 1, kind: "item" }),
      aLeaf("late", { parentId: "p", position: 2, kind: "item", content: null }),
      aLeaf("also-done", { parentId: "p", position: 3, kind: "item" }),
    ];
    const { document, missing } = compile(REPORT, rows);
    expect(missing).toEqual([{ kind: "leaf", section: "late", title: "late", department: "农业农村局" }]);
    expect(document.contributions).toHaveLength(2);
    expect(texts({ document })).toEqual(["一、p", "1.done", "3.also-done"]);
  });

  it("skips blocks without a visible character, and the number stays with the first visible one", () => {
    const content = [paragraph("blank1", []), paragraph("blank2", [[" 　"]]), paragraph("words1", [["有字。"]])];
    const rows = [aHeading("p", "part", 1), aLeaf("item", { parentId: "p", kind: "item", content })];
    expect(texts(compile(REPORT, rows))).toEqual(["一、p", "1.有字。"]);
  });

  it("merges neighbouring runs of one leaf that look the same", () => {
    const content = [paragraph("parts1", [["甲"], ["乙"], ["丙", true], ["丁", true], ["戊"]])];
    const [block] = compile(REPORT, [aLeaf("leaf", { content })]).document.blocks;
    expect(block?.kind === "paragraph" && block.spans.map((span) => span.text)).toEqual(["甲乙", "丙丁", "戊"]);
  });

  it("makes a table an annex under the section's title, merged cells repeated", () => {
    const cell = (text: string, attrs = {}): object => ({
      type: "tableCell",
      attrs,
      content: [{ type: "paragraph", content: text === "" ? [] : [{ type: "text", text }] }],
    });
    const table = {
      type: "table",
      attrs: { id: "table1" },
      content: [
        { type: "tableRow", content: [cell("序号"), cell("指标"), cell("备注")] },
        { type: "tableRow", content: [cell("1"), cell("总收入"), cell("预算数", { rowspan: 2 })] },
        { type: "tableRow", content: [cell("2"), cell("")] },
      ],
    } as unknown as ContentBlock;
    const { document } = compile(REPORT, [
      aLeaf("annex", { kind: "annex", title: "指标完成情况表", content: [table] }),
    ]);
    expect(document.blocks).toEqual([]);
    expect(document.annexes).toEqual([
      {
        id: "annex",
        title: "指标完成情况表",
        from: 0,
        header: ["序号", "指标", "备注"],
        rows: [
          ["1", "总收入", "预算数"],
          ["2", "", "预算数"],
        ],
      },
    ]);
    expect(() => compile(REPORT, [aLeaf("line", { kind: "title", content: [table] })])).toThrow(
      "table-in-a-line: line",
    );
    expect(() => compile(REPORT, [aLeaf("annex", { kind: "annex" })])).toThrow("annex-not-one-table: annex");
  });

  it("numbers points by their place in a run of neighbours; what is not printed is not counted", () => {
    const content = [
      numbered("point1", "甲"),
      numbered("point2", " "),
      paragraph("blank1", [["  "]]),
      numbered("point3", "乙"),
      paragraph("between", [["另起"]]),
      numbered("point4", "丙"),
      bullet("dash-1", "点"),
      numbered("point5", "丁"),
    ];
    expect(texts(compile(REPORT, [aLeaf("leaf", { content })]))).toEqual([
      "（1）甲",
      "（2）乙",
      "另起",
      "（1）丙",
      "——点",
      "（1）丁",
    ]);
  });

  it("goes on in no point and in no table, and counts the points of each leaf by themselves", () => {
    const runOn = (id: string, position: number): OutlineRow => aLeaf(id, { position, runOn: true, words: id });
    const rows = [
      aLeaf("a", { position: 1, content: [numbered("point1", "甲")] }),
      runOn("b", 2),
      aLeaf("c", { position: 3, runOn: true, content: [numbered("point2", "乙")] }),
      aLeaf("d", { position: 4, content: [aTable("table1", ["数"])] }),
      runOn("e", 5),
    ];
    expect(texts(compile(REPORT, rows))).toEqual(["（1）甲", "b", "（1）乙", "数", "e"]);
  });

  it("prints an item's number also when the item begins with a point or a table", () => {
    const item = (id: string, position: number, block: ContentBlock): OutlineRow =>
      aLeaf(id, { kind: "item", position, content: [block] });
    const rows = [item("a", 1, numbered("point1", "甲")), item("b", 2, aTable("table1", ["数"]))];
    expect(texts(compile(REPORT, rows))).toEqual(["1.", "（1）甲", "2.", "数"]);
  });

  it("prints a table between paragraphs with its header, and leaves out one that says nothing", () => {
    const content = [
      paragraph("before", [["如下："]]),
      aTable("table1", ["#项目", "#亿元"], ["一期", "2"]),
      aTable("table2", ["", ""]),
      aTable("table3", ["甲", "乙"]),
    ];
    const { document } = compile(REPORT, [
      aLeaf("leaf", { content }),
      aLeaf("other", { position: 2, content: [aTable("table1", ["丙"])] }),
    ]);
    expect(document.blocks.slice(1)).toEqual([
      { kind: "table", id: "table1", from: 0, block: "table1", header: ["项目", "亿元"], rows: [["一期", "2"]] },
      { kind: "table", id: "table3", from: 0, block: "table3", rows: [["甲", "乙"]] },
      { kind: "table", id: "table1-2", from: 1, block: "table1", rows: [["丙"]] },
    ]);
  });

  it("gives every block an id of its own even when two leaves bring the same one", () => {
    const content = [paragraph("same01", [["字"]])];
    const { document } = compile(REPORT, [aLeaf("a", { position: 1, content }), aLeaf("b", { position: 2, content })]);
    expect(document.blocks.map((block) => block.id)).toEqual(["same01", "same01-2"]);
  });

  it("keeps a pasted line break from becoming a line of the document", () => {
    const content = [paragraph("lines1", [["甲\n# 乙\u2028丙"]])];
    expect(texts(compile(REPORT, [aLeaf("leaf", { content })]))).toEqual(["甲 # 乙 丙"]);
  });

  it("compiles the annex of figures from the approved rows, and names the indicators that have none", () => {
    const table: OutlineRow = { ...aHeading("t", "part", 9), kind: "indicators", title: "主要经济指标完成情况表" };
    const { document, missing } = compile(REPORT, [table], [anIndicator("gdp", "481.35"), anIndicator("trade", null)]);
    expect(document.annexes).toHaveLength(1);
    const [annex] = document.annexes;
    expect(annex).toMatchObject({ id: "t", title: "主要经济指标完成情况表", from: null });
    expect(annex?.header).toHaveLength(12);
    expect(annex?.rows).toEqual([["1", "指标gdp", "亿元", "", "936.49", "", "481.35", "", "51.40", "", "", ""]]);
    expect(document.indicators?.map(({ code, from }) => [code, document.contributions[from]?.section])).toEqual([
      ["gdp", "id-gdp"],
    ]);
    expect(missing).toEqual([{ kind: "indicator", section: "t", title: "指标trade", department: "统计局" }]);
  });

  it("has one table of figures, and nothing stands under it", () => {
    const table = (id: string): OutlineRow => ({ ...aHeading(id, "part", 1), kind: "indicators" });
    expect(() => compile(REPORT, [table("a"), table("b")])).toThrow("indicators-twice: b");
    expect(() => compile(REPORT, [table("a"), aLeaf("x", { parentId: "a" })])).toThrow("parent-not-a-heading: x");
  });

  it("keeps the words of a figure apart and says of which indicator they are", () => {
    const figure = { type: "figure" as const, attrs: { id: "node-01", indicator: "gdp", field: "actual" as const } };
    const bound = { ...figure, attrs: { ...figure.attrs, form: "unit" as const, text: "481.35亿元", wording: null } };
    const text = (words: string) => ({ type: "text" as const, text: words });
    const content: ContentBlock[] = [
      { type: "paragraph", attrs: { id: "block-9" }, content: [text("完成"), bound, text("，增长。")] },
    ];
    const { document } = compile(REPORT, [aHeading("p", "part", 1), aLeaf("leaf", { parentId: "p", content })]);
    const [, block] = document.blocks;
    expect(block?.kind === "paragraph" ? block.spans.map((span) => [span.text, span.figure]) : null).toEqual([
      ["完成", undefined],
      ["481.35亿元", { indicator: "gdp", field: "actual" }],
      ["，增长。", undefined],
    ]);
  });

  it("refuses an outline that is not a tree", () => {
    expect(() => compile(REPORT, [aLeaf("lost", { parentId: "nowhere" })])).toThrow("parent-missing: lost");
    expect(() => compile(REPORT, [aHeading("a", "part", 1, "b"), aHeading("b", "part", 1, "a")])).toThrow("cycle: a");
    expect(() => compile(REPORT, [aHeading("a", "part", 1, "a")])).toThrow("cycle: a");
    expect(() => compile(REPORT, [aLeaf("a", {}), aLeaf("b", { parentId: "a" })])).toThrow("parent-not-a-heading: b");
    expect(() => compile(REPORT, [aLeaf("a", {}), aLeaf("a", {})])).toThrow("section-twice: a");
  });
});

function anIndicator(code: string, actual: string | null): IndicatorInput {
  const row: Omit<DocumentIndicator, "from"> = {
    code,
    officialName: `指标${code}`,
    shortName: code,
    aliases: [],
    unit: "亿元",
    kind: "total",
    basis: "current",
    decimals: {},
    figures: { planTotal: { state: "number", digits: "936.49" }, actual: { state: "number", digits: actual ?? "" } },
    completionReason: null,
    sources: {},
  };
  const revision = actual === null ? null : { id: `revision-${code}`, number: 1, row };
  return { id: `id-${code}`, name: `指标${code}`, department: "统计局", revision };
}

function aHeading(id: string, kind: "part" | "chapter", position: number, parentId: string | null = null): OutlineRow {
  return { id, parentId, position, kind, title: id, runOn: false, department: "发展和改革局", revision: null };
}

type LeafWish = Partial<Omit<OutlineRow, "id" | "revision">> & { words?: string; content?: ContentBlock[] | null };

function aLeaf(id: string, { words, content, ...wish }: LeafWish): OutlineRow {
  const blocks = content === undefined ? [paragraph(`${id}-block`, [[words ?? id]])] : content;
  const doc: Content | null = blocks && { type: "doc", content: blocks };
  return {
    id,
    parentId: null,
    position: 1,
    kind: "text",
    title: id,
    runOn: false,
    department: "农业农村局",
    ...wish,
    revision: doc && { id: `${id}-r2`, number: 2, content: doc },
  };
}

function paragraph(id: string, runs: [text: string, lead?: boolean][]): ContentBlock {
  return {
    type: "paragraph",
    attrs: { id },
    content: runs.map(([text, lead]) => ({ type: "text", text, ...(lead ? { marks: [{ type: "lead" }] } : {}) })),
  };
}

function bullet(id: string, text: string): ContentBlock {
  return { type: "bullet", attrs: { id }, content: [{ type: "text", text }] };
}

function numbered(id: string, text: string): ContentBlock {
  return { type: "numbered", attrs: { id }, content: [{ type: "text", text }] };
}

/** A row is all header cells when its words begin with "#". */
function aTable(id: string, ...rows: string[][]): ContentBlock {
  const cell = (words: string) => ({
    type: words.startsWith("#") ? ("tableHeader" as const) : ("tableCell" as const),
    content: [
      { type: "paragraph" as const, content: words ? [{ type: "text" as const, text: words.replace("#", "") }] : [] },
    ],
  });
  return {
    type: "table",
    attrs: { id },
    content: rows.map((row) => ({ type: "tableRow", content: row.map(cell) })),
  };
}

function texts({ document }: Pick<ReturnType<typeof compile>, "document">): string[] {
  return document.blocks.map((block) => {
    if (block.kind === "heading") return block.number + block.text;
    if (block.kind === "table") return block.rows.flat().join("");
    const words = block.spans.map((span) => span.text).join("");
    if (block.kind === "bullet") return `——${words}`;
    return `${block.kind === "paragraph" || block.kind === "numbered" ? (block.number ?? "") : ""}${words}`;
  });
}
