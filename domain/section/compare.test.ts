import { describe, expect, it, test } from "vitest";
import { compareContents, stretchesOf, tallyOf } from "./compare";
import { compareWords } from "./compare-words";
import type { Content, ContentBlock } from "./content";

const text = (...blocks: [id: string, words: string][]): Content => ({
  type: "doc",
  content: blocks.map(([id, words]) => ({
    type: "paragraph",
    attrs: { id },
    content: [{ type: "text", text: words }],
  })),
});

test("a changed figure is shown as the figure, not as a new paragraph", () => {
  expect(compareWords("增长4.1%，居全市第五", "增长4.3%，居全市第五")).toEqual([
    { kind: "same", text: "增长" },
    { kind: "removed", text: "4.1" },
    { kind: "added", text: "4.3" },
    { kind: "same", text: "%，居全市第五" },
  ]);
});

test("blocks are matched by id: one stays, one changes, one goes, one comes", () => {
  const before = text(["block-a", "耕地保护"], ["block-b", "粮食播种"], ["block-c", "农业项目"]);
  const after = text(["block-a", "耕地保护"], ["block-c", "现代农业项目"], ["block-d", "储备粮"]);
  expect(compareContents(before, after).map(({ id, kind }) => [id, kind])).toEqual([
    ["block-a", "same"],
    ["block-b", "removed"],
    ["block-c", "changed"],
    ["block-d", "added"],
  ]);
});

test("what goes from the end is still shown", () => {
  const kinds = compareContents(text(["block-a", "一"], ["block-b", "二"]), text(["block-a", "一"])).map(
    (one) => one.kind,
  );
  expect(kinds).toEqual(["same", "removed"]);
});

const figure = (said: string): Content["content"][number] => ({
  type: "paragraph",
  attrs: { id: "block-a" },
  content: [
    { type: "text", text: "地区生产总值" },
    {
      type: "figure",
      attrs: { id: "node-01", indicator: "gdp", field: "actual", form: "unit", text: said, wording: null },
    },
    { type: "text", text: "，居全市第一。" },
  ],
});
const doc = (block: Content["content"][number]): Content => ({ type: "doc", content: [block] });

test("a bound figure that says something else is one word taken away and one put in", () => {
  expect(compareContents(doc(figure("481.35亿元")), doc(figure("481.53亿元")))[0]?.changes).toEqual([
    { kind: "same", text: "地区生产总值" },
    { kind: "removed", text: "481.35亿元" },
    { kind: "added", text: "481.53亿元" },
    { kind: "same", text: "，居全市第一。" },
  ]);
});

test("binding a number that agrees with the table changes nothing that a reviewer reads", () => {
  const typed = text(["block-a", "地区生产总值481.35亿元，居全市第一。"]);
  expect(compareContents(typed, doc(figure("481.35亿元")))[0]?.kind).toBe("same");
});

test("a figure that has lost its words is shown as taken away", () => {
  expect(compareContents(doc(figure("481.35亿元")), doc(figure("")))[0]?.changes).toContainEqual({
    kind: "removed",
    text: "481.35亿元",
  });
});

test("a short bound figure is not found in the middle of another number", () => {
  expect(compareWords("2013年完成3项", "2014年完成3项", ["3"])).toEqual([
    { kind: "removed", text: "2013" },
    { kind: "added", text: "2014" },
    { kind: "same", text: "年完成3项" },
  ]);
});

const block = (id: string, words: string, type: "paragraph" | "bullet" | "numbered" = "paragraph"): ContentBlock => ({
  type,
  attrs: { id },
  content: [{ type: "text", text: words }],
});
const blocks = (...content: ContentBlock[]): Content => ({ type: "doc", content });
const told = (before: Content, after: Content) =>
  compareContents(before, after).map(({ id, kind, moved }) => [id, kind, ...(moved ? [moved.from, moved.to] : [])]);

describe("what became of the blocks", () => {
  it.each<[string, string, string, (string | number)[][]]>([
    [
      "nothing",
      "abc",
      "abc",
      [
        ["a", "same"],
        ["b", "same"],
        ["c", "same"],
      ],
    ],
    [
      "the last one taken to the front",
      "abc",
      "cab",
      [
        ["c", "same", 3, 1],
        ["a", "same"],
        ["b", "same"],
        ["c", "left", 3, 1],
      ],
    ],
    [
      "the first one taken to the end",
      "abc",
      "bca",
      [
        ["a", "left", 1, 3],
        ["b", "same"],
        ["c", "same"],
        ["a", "same", 1, 3],
      ],
    ],
    [
      "two changed places",
      "abcd",
      "acbd",
      [
        ["a", "same"],
        ["c", "same", 3, 2],
        ["b", "same"],
        ["c", "left", 3, 2],
        ["d", "same"],
      ],
    ],
    [
      "one gone, another in its place",
      "abc",
      "axc",
      [
        ["a", "same"],
        ["b", "removed"],
        ["x", "added"],
        ["c", "same"],
      ],
    ],
    [
      "one gone, another moved over it",
      "abcd",
      "adb",
      [
        ["a", "same"],
        ["d", "same", 4, 2],
        ["b", "same"],
        ["c", "removed"],
        ["d", "left", 4, 2],
      ],
    ],
    [
      "everything new",
      "ab",
      "xy",
      [
        ["a", "removed"],
        ["b", "removed"],
        ["x", "added"],
        ["y", "added"],
      ],
    ],
    [
      "everything gone",
      "ab",
      "",
      [
        ["a", "removed"],
        ["b", "removed"],
      ],
    ],
    [
      "written where nothing was",
      "",
      "ab",
      [
        ["a", "added"],
        ["b", "added"],
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    const of = (ids: string) => blocks(...Array.from(ids, (id) => block(`block-${id}`, WORDS[id] ?? "")));
    expect(told(of(before), of(after)).map(([id, ...rest]) => [String(id).at(-1), ...rest])).toEqual(expected);
  });

  it("a block that moved and changed is told as both, and counted as both", () => {
    const changes = compareContents(
      blocks(block("block-a", "耕地保护"), block("block-b", "粮食播种面积稳定"), block("block-c", "农业项目")),
      blocks(block("block-c", "农业重点项目"), block("block-a", "耕地保护"), block("block-b", "粮食播种面积稳定")),
    );
    expect(changes[0]).toMatchObject({ id: "block-c", kind: "changed", moved: { from: 3, to: 1 } });
    expect(tallyOf(changes)).toEqual({ changed: 1, added: 0, removed: 0, moved: 1 });
  });

  it("a text pasted over itself has other ids and the same words: nothing happened", () => {
    const before = blocks(block("block-a", "耕地保护"), block("block-b", "粮食播种"));
    const after = blocks(block("other-a", "耕地保护"), block("other-b", "粮食播种"));
    expect(told(before, after)).toEqual([
      ["other-a", "same"],
      ["other-b", "same"],
    ]);
  });

  it("blank lines are not taken for one another", () => {
    expect(told(blocks(block("block-a", "")), blocks(block("block-b", "")))).toEqual([
      ["block-a", "removed"],
      ["block-b", "added"],
    ]);
  });

  it("a table is never compared with a paragraph, though it has its id", () => {
    expect(told(blocks(block("block-a", "耕地")), blocks(table("block-a", [["耕地"]])))).toEqual([
      ["block-a", "removed"],
      ["block-a", "added"],
    ]);
  });

  it("neighbours that nothing happened to are one stretch; a move is none of them", () => {
    const changes = compareContents(
      blocks(...["a", "b", "c", "d"].map((id) => block(`block-${id}`, WORDS[id] ?? ""))),
      blocks(...["a", "b", "d", "c"].map((id) => block(`block-${id}`, WORDS[id] ?? ""))),
    );
    const stretches = stretchesOf(changes).map((one) => (one.kind === "change" ? one.change.kind : one.blocks.length));
    expect(stretches).toEqual([2, "same", 1, "left"]);
  });
});

describe("what became of a block's form", () => {
  it("a paragraph that became a numbered point has changed, though its words have not", () => {
    const [change] = compareContents(
      blocks(block("block-a", "抓好春耕。")),
      blocks(block("block-a", "抓好春耕。", "numbered")),
    );
    expect(change).toMatchObject({ kind: "changed", form: [{ kind: "type", from: "paragraph", to: "numbered" }] });
    expect(change?.changes).toEqual([{ kind: "same", text: "抓好春耕。" }]);
  });

  it.each([
    [
      "set",
      led("", "农业生产平稳。粮食增产。"),
      led("农业生产平稳。", "粮食增产。"),
      { from: "", to: "农业生产平稳。" },
    ],
    [
      "taken away",
      led("农业生产平稳。", "粮食增产。"),
      led("", "农业生产平稳。粮食增产。"),
      { from: "农业生产平稳。", to: "" },
    ],
    ["drawn further", led("农业", "生产平稳。"), led("农业生产", "平稳。"), { from: "农业", to: "农业生产" }],
  ])("a lead that is %s is said in words", (_, before, after, lead) => {
    const [change] = compareContents(before, after);
    expect(change).toMatchObject({ kind: "changed", form: [{ kind: "lead", ...lead }] });
  });

  it("other words within a lead are words, not another form", () => {
    const [change] = compareContents(led("农业生产平稳。", "粮食增产。"), led("农业生产向好。", "粮食增产。"));
    expect(change).toMatchObject({ kind: "changed", form: [] });
  });
});

describe("a table", () => {
  const before = table("table-1", [
    ["指标", "单位", "上半年"],
    ["粮食", "吨", "8.03"],
    ["蔬菜", "吨", "2.10"],
    ["生猪", "头", "310"],
  ]);

  it("is compared cell by cell: one figure is one cell", () => {
    const after = table("table-1", [
      ["指标", "单位", "上半年"],
      ["粮食", "吨", "8.30"],
      ["蔬菜", "吨", "2.10"],
      ["生猪", "头", "310"],
    ]);
    const [change] = compareContents(blocks(before), blocks(after));
    expect(change?.kind).toBe("changed");
    expect(change?.rows?.map(({ kind }) => kind)).toEqual(["same", "changed", "same", "same"]);
    expect(change?.rows?.[1]?.cells.map(({ kind }) => kind)).toEqual(["same", "same", "changed"]);
    expect(change?.rows?.[1]?.cells[2]?.changes).toEqual([
      { kind: "removed", text: "8.03" },
      { kind: "added", text: "8.30" },
    ]);
  });

  it("shows a row that came, one that went, and a changed one by its name", () => {
    const after = table("table-1", [
      ["指标", "单位", "上半年"],
      ["水果", "吨", "1.20"],
      ["粮食", "吨", "8.30"],
      ["生猪", "头", "310"],
    ]);
    const rows = compareContents(blocks(before), blocks(after))[0]?.rows ?? [];
    const names = rows.map(
      ({ kind, cells }) => `${kind} ${cells[0]?.changes.map(({ text: words }) => words).join("")}`,
    );
    expect(names).toEqual(["same 指标", "added 水果", "changed 粮食", "removed 蔬菜", "same 生猪"]);
  });

  it("shows a column that came as cells put in, the others as they were", () => {
    const after = table("table-1", [
      ["指标", "单位", "增速", "上半年"],
      ["粮食", "吨", "1.0", "8.03"],
      ["蔬菜", "吨", "2.0", "2.10"],
      ["生猪", "头", "3.0", "310"],
    ]);
    const rows = compareContents(blocks(before), blocks(after))[0]?.rows ?? [];
    expect(rows.map(({ cells }) => cells.map(({ kind }) => kind))).toEqual(
      rows.map(() => ["same", "same", "added", "same"]),
    );
  });

  it("says that cells were joined, where their words stayed", () => {
    const [row, ...rows] = before.type === "table" ? before.content : [];
    if (!row) throw new Error("the table is empty");
    const [first, ...others] = row.content;
    if (!first) throw new Error("the row is empty");
    const joined: ContentBlock = {
      type: "table",
      attrs: { id: "table-1" },
      content: [
        { ...row, content: [{ ...first, attrs: { colspan: 2, rowspan: 1, colwidth: null } }, ...others.slice(1)] },
        ...rows,
      ],
    };
    expect(compareContents(blocks(before), blocks(joined))[0]?.form).toEqual([{ kind: "cells" }]);
  });
});

describe("how much is compared word by word", () => {
  it("of a paragraph with nothing left but a comma the old stands whole before the new", () => {
    const [before, after] = ["粮食播种面积稳定，单产提高。", "商贸企业纳统三家，网络零售增长。"];
    expect(compareWords(before, after)).toEqual([
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ]);
  });

  it("what is only added to is never told as rewritten", () => {
    const [first, ...others] = compareWords("粮食增产。", `粮食增产。${"农业项目加快建设，".repeat(30)}`);
    expect(first).toEqual({ kind: "same", text: "粮食增产。" });
    expect(others.map(({ kind }) => kind)).toEqual(["added"]);
  });

  it("a paragraph of thousands of other words is told whole, not word by word", () => {
    const [before, after] = [mixed(0, 4000), mixed(1, 4000)];
    expect(compareWords(before, after).map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });
});

const WORDS: Record<string, string> = {
  a: "耕地保护",
  b: "粮食播种",
  c: "农业项目",
  d: "储备粮",
  x: "水利",
  y: "林业",
};

function led(lead: string, rest: string): Content {
  const bold = lead ? [{ type: "text" as const, text: lead, marks: [{ type: "lead" as const }] }] : [];
  return blocks({ type: "paragraph", attrs: { id: "block-a" }, content: [...bold, { type: "text", text: rest }] });
}

function table(id: string, rows: string[][]): ContentBlock {
  const cell = (words: string) => ({
    type: "tableCell" as const,
    content: [{ type: "paragraph" as const, ...(words ? { content: [{ type: "text" as const, text: words }] } : {}) }],
  });
  return {
    type: "table",
    attrs: { id },
    content: rows.map((row) => ({ type: "tableRow" as const, content: row.map(cell) })),
  };
}

/** Numbers that the two sides hardly share, between the same names. */
const mixed = (side: number, count: number): string =>
  Array.from({ length: count }, (_, at) => `增长${at * 2 + side}项，`).join("");
