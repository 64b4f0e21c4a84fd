import { expect, it } from "vitest";
import type { TextBlock } from "../section/content";
import { hunksOf, touchesFigure, type Hunk } from "./hunks";

const BEFORE = "上半年完成投资160.09亿元，同比增长4.2%。";

const plain = (text: string): TextBlock => ({
  type: "paragraph",
  attrs: { id: "block-01" },
  content: [{ type: "text", text }],
});

it.each([
  ["nothing", BEFORE, []],
  ["a word", BEFORE.replace("完成", "实现"), [{ from: 3, to: 5, replacement: "实现" }]],
  [
    "words put in at the end",
    `${BEFORE}形势平稳。`,
    [{ from: BEFORE.length, to: BEFORE.length, replacement: "形势平稳。" }],
  ],
  ["words taken out", BEFORE.replace("，同比增长4.2%", ""), [{ from: 15, to: 24, replacement: "" }]],
  [
    "two places",
    BEFORE.replace("完成", "实现").replace("增长", "提高"),
    [
      { from: 3, to: 5, replacement: "实现" },
      { from: 18, to: 20, replacement: "提高" },
    ],
  ],
])("a proposal that changes %s", (_, proposed, hunks) => {
  expect(hunksOf(plain(BEFORE), BEFORE, proposed)).toEqual(hunks);
});

it("put one after the other from the end, the changes make the proposed text", () => {
  for (const proposed of [
    "",
    "全新的一段。",
    `开头${BEFORE}`,
    BEFORE.replace("亿元", "亿元（含农户）"),
    BEFORE.split("").toReversed().join(""),
  ]) {
    const made = hunksOf(plain(BEFORE), BEFORE, proposed)
      .toReversed()
      .reduce((text, { from, to, replacement }) => text.slice(0, from) + replacement + text.slice(to), BEFORE);
    expect(made).toBe(proposed);
  }
});

it("what a bound figure says is one word, and a change in it is known", () => {
  const block: TextBlock = {
    ...plain(""),
    content: [
      { type: "text", text: "完成投资" },
      {
        type: "figure",
        attrs: {
          id: "node-0001",
          indicator: "investment",
          field: "actual",
          form: "unit",
          text: "160.09亿元",
          wording: null,
        },
      },
      { type: "text", text: "，增长4.2%。" },
    ],
  };
  const before = "完成投资160.09亿元，增长4.2%。";
  const within = hunksOf(block, before, before.replace("160.09", "161.09"));
  expect(within).toEqual([{ from: 4, to: 12, replacement: "161.09亿元" }]);
  const touches = (hunk: Omit<Hunk, "replacement">) => touchesFigure(block, { ...hunk, replacement: "" });
  expect(within.map((hunk) => touchesFigure(block, hunk))).toEqual([true]);
  expect([touches({ from: 2, to: 4 }), touches({ from: 12, to: 14 }), touches({ from: 4, to: 4 })]).toEqual([
    false,
    false,
    false,
  ]);
  expect([touches({ from: 3, to: 5 }), touches({ from: 6, to: 6 }), touches({ from: 0, to: 20 })]).toEqual([
    true,
    true,
    true,
  ]);
});
