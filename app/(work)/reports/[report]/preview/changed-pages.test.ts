import { expect, it } from "vitest";
import { changedPages, pageList } from "./changed-pages";

const pages = (...hashes: string[]) => hashes.map((sha256) => ({ sha256, wide: false }));

it("a page that was there before has not changed, wherever it stands now", () => {
  expect(changedPages(pages("a", "b", "c"), pages("a", "x", "b", "c"))).toEqual([2]);
  expect(changedPages(pages("a", "b"), pages("a"))).toEqual([]);
  expect(changedPages([], pages("a", "b"))).toEqual([1, 2]);
});

it("pages that follow each other are said as one run", () => {
  expect(pageList([3, 5, 6, 7, 9], "、")).toBe("3、5–7、9");
  expect(pageList([1], "、")).toBe("1");
});
