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
