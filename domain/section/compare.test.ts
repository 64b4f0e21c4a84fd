import { expect, test } from "vitest";
import { compareContents, compareWords } from "./compare";
import type { Content } from "./content";

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
