import { describe, expect, it } from "vitest";
import { blockText, EMPTY_CONTENT, isEmpty, tableGrid, tableText, type TableBlock } from "./content";
import { CONTENT_LIMITS } from "./content-limits";
import { Content } from "./content-schema";
import { contentFits } from "./content-fits";
import { SECTION_KINDS } from "./workflow";

const text = (words: string) => ({ type: "text", text: words }) as const;
const paragraph = (id: string, ...runs: ReturnType<typeof text>[]) =>
  ({ type: "paragraph", attrs: { id }, content: runs }) as const;
const cell = (words: string): TableBlock["content"][number]["content"][number] => ({
  type: "tableCell",
  content: [{ type: "paragraph", ...(words ? { content: [text(words)] } : {}) }],
});
const aTable: TableBlock = {
  type: "table",
  attrs: { id: "table-1" },
  content: [
    { type: "tableRow", content: [cell("序号"), cell("指标")] },
    { type: "tableRow", content: [cell("1"), cell("")] },
  ],
};
const doc = (...content: unknown[]) => ({ type: "doc", content });

describe("a leaf's text", () => {
  it.each<[string, unknown]>([
    ["nothing yet", EMPTY_CONTENT],
    ["an empty paragraph", doc({ type: "paragraph", attrs: { id: "block-1" } })],
    [
      "a bold lead",
      doc({
        type: "paragraph",
        attrs: { id: "block-1" },
        content: [{ ...text("抓稳产。"), marks: [{ type: "lead" }] }, text("上半年")],
      }),
    ],
    ["a bullet", doc({ type: "bullet", attrs: { id: "block-1" }, content: [text("增长9.1%；")] })],
    ["a table", doc(aTable)],
    ["a numbered point", doc({ type: "numbered", attrs: { id: "block-1" }, content: [text("扩大投资；")] })],
    ["as many blocks as fit", doc(...Array.from({ length: CONTENT_LIMITS.blocks }, (_, n) => paragraph(`block-${n}`)))],
  ])("may be %s", (_, value) => {
    expect(Content.safeParse(value).success).toBe(true);
  });

  it.each<[string, unknown]>([
    ["a block without an id", doc({ type: "paragraph", content: [text("一")] })],
    ["two blocks of one id", doc(paragraph("block-1"), paragraph("block-1"))],
    ["an id that could be markup", doc(paragraph('"><script>'))],
    ["an image", doc({ type: "image", attrs: { src: "https://example.org/x.png" } })],
    [
      "a link",
      doc({
        ...paragraph("block-1"),
        content: [{ ...text("这里"), marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }] }],
      }),
    ],
    ["an unknown attribute", doc({ type: "paragraph", attrs: { id: "block-1", style: "color:red" } })],
    ["a text node without a character", doc(paragraph("block-1", text("")))],
    [
      "a table with a ragged cell",
      doc({ ...aTable, content: [{ type: "tableRow", content: [{ type: "tableCell", content: [] }] }] }),
    ],
    [
      "more blocks than fit",
      doc(...Array.from({ length: CONTENT_LIMITS.blocks + 1 }, (_, n) => paragraph(`block-${n}`))),
    ],
    ["bare words", "完成年度计划的51.40%。"],
  ])("may not be %s", (_, value) => {
    expect(Content.safeParse(value).success).toBe(false);
  });

  it("reads as words, a table cell by cell", () => {
    expect(blockText(paragraph("block-1", text("上半年"), text("增长9.1%")) as Content["content"][number])).toBe(
      "上半年增长9.1%",
    );
    expect(tableText(aTable)).toEqual([
      ["序号", "指标"],
      ["1", ""],
    ]);
    expect(blockText(aTable)).toBe("序号\t指标\n1\t");
  });

  it("gives each place of a table the words of the cell that covers it", () => {
    const over = (words: string, colspan: number, rowspan: number) => ({ ...cell(words), attrs: { colspan, rowspan } });
    const merged: TableBlock = {
      ...aTable,
      content: [
        { type: "tableRow", content: [over("指标", 1, 2), over("上半年", 2, 1)] },
        { type: "tableRow", content: [cell("总量"), cell("增速")] },
        { type: "tableRow", content: [cell("投资")] },
      ],
    };
    expect(tableGrid(merged)).toEqual([
      ["指标", "上半年", "上半年"],
      ["指标", "总量", "增速"],
      ["投资", "", ""],
    ]);
  });

  it.each<[string, [number, number][][], boolean]>([
    ["as many columns as fit", [[[20, 1]], [[20, 1]]], true],
    [
      "cells that reach to the last row",
      [
        [
          [1, 2],
          [19, 1],
        ],
        [[19, 1]],
      ],
      true,
    ],
    [
      "rows of different width",
      [
        [[1, 1]],
        [
          [1, 1],
          [1, 1],
        ],
      ],
      true,
    ],
    [
      "a row that is too wide",
      [
        [
          [20, 1],
          [1, 1],
        ],
      ],
      false,
    ],
    [
      "a row that cells from above make too wide",
      [
        [
          [2, 2],
          [18, 1],
        ],
        [[19, 1]],
      ],
      false,
    ],
    ["a cell that reaches past the last row", [[[1, 2]]], false],
    ["a cell that reaches past it from further down", [[[1, 1]], [[1, 2]]], false],
    [
      "a grid of millions",
      Array.from({ length: 200 }, () => Array.from({ length: 20 }, () => [20, 200] as [number, number])),
      false,
    ],
  ])("with a table of %s", (_, rows, fits) => {
    const content = rows.map((row) => ({
      type: "tableRow",
      content: row.map(([colspan, rowspan]) => ({ ...cell("一"), attrs: { colspan, rowspan, colwidth: null } })),
    }));
    expect(Content.safeParse(doc({ ...aTable, content })).success).toBe(fits);
  });

  it("is empty when no character can be seen in it", () => {
    expect(isEmpty(EMPTY_CONTENT)).toBe(true);
    expect(isEmpty(Content.parse(doc(paragraph("block-1", text(" 　\t")))))).toBe(true);
    expect(isEmpty(Content.parse(doc(paragraph("block-1"), paragraph("block-2", text("。")))))).toBe(false);
    expect(isEmpty(Content.parse(doc({ ...aTable, content: [{ type: "tableRow", content: [cell("")] }] })))).toBe(true);
  });

  it.each([
    ["title", "title"],
    ["text", "text"],
    ["annex", "annex"],
    ["chapter", "chapter"],
  ] as const)("of kind %s holds the blocks of its kind", (_, kind) => {
    const one = Content.parse(doc(paragraph("block-1")));
    const two = Content.parse(doc(paragraph("block-1"), paragraph("block-2")));
    const bullet = Content.parse(doc({ type: "bullet", attrs: { id: "block-1" } }));
    const table = Content.parse(doc(aTable));
    const numbered = Content.parse(doc({ type: "numbered", attrs: { id: "block-1" } }));
    const fits = [EMPTY_CONTENT, one, two, bullet, numbered, table].map((content) => contentFits(kind, content));
    expect(fits).toEqual(
      {
        title: [true, true, false, false, false, false],
        text: [true, true, true, true, true, true],
        annex: [true, false, false, false, false, true],
        chapter: [true, false, false, false, false, false],
      }[kind],
    );
  });

  it.each([
    ["a NUL", "完成\0年度计划"],
    ["half of a surrogate pair", "完成\ud83d年度计划"],
  ])("with %s in it is refused, because it cannot be kept", (_, words) => {
    expect(Content.safeParse(doc(paragraph("block-1", text(words)))).success).toBe(false);
    expect(Content.safeParse(doc(paragraph("block-1", text("完成😀年度计划")))).success).toBe(true);
  });

  it("of any kind may be left empty", () => {
    for (const kind of SECTION_KINDS) expect(contentFits(kind, EMPTY_CONTENT)).toBe(true);
  });
});
