import { describe, expect, it } from "vitest";
import { officialNumbers } from "./official-numbers";
import type { SectionKind } from "./workflow";

const node = (id: string, kind: SectionKind, position: number, parentId: string | null = null) => ({
  id,
  kind,
  position,
  parentId,
});

describe("official numbers of an outline", () => {
  const nodes = [
    node("item-b", "item", 2, "part-2"),
    node("chapter-b", "chapter", 3, "part-1"),
    node("part-2", "part", 3),
    node("leaf", "text", 1, "chapter-a"),
    node("chapter-c", "chapter", 1, "part-2"),
    node("intro", "text", 1, "part-1"),
    node("part-1", "part", 2),
    node("item-a", "item", 1, "chapter-c"),
    node("title", "title", 1),
    node("chapter-a", "chapter", 2, "part-1"),
    node("annex", "annex", 4),
  ];

  it("stand in reading order, whatever order the nodes came in, and begin anew under each parent", () => {
    expect(officialNumbers(nodes).map(({ id, number, depth }) => [id, number, depth])).toEqual([
      ["title", "", 0],
      ["part-1", "一、", 0],
      ["intro", "", 1],
      ["chapter-a", "（一）", 1],
      ["leaf", "", 2],
      ["chapter-b", "（二）", 1],
      ["part-2", "二、", 0],
      ["chapter-c", "（一）", 1],
      ["item-a", "1.", 2],
      ["item-b", "1.", 1],
      ["annex", "", 0],
    ]);
    expect(officialNumbers(nodes.toReversed())).toEqual(officialNumbers(nodes));
  });

  it("count on past ten", () => {
    const parts = Array.from({ length: 21 }, (_, n) => node(`part-${n}`, "part", n + 1));
    const numbers = officialNumbers(parts).map(({ number }) => number);
    expect([numbers[9], numbers[10], numbers[19], numbers[20]]).toEqual(["十、", "十一、", "二十、", "二十一、"]);
  });

  it("of no outline are none", () => {
    expect(officialNumbers([])).toEqual([]);
  });
});
