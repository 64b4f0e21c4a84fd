import { array, assert, boolean, constantFrom, property, record } from "fast-check";
import { expect, it } from "vitest";
import { blockText, type ContentText } from "../section/content";
import { Content } from "../section/content-schema";
import { normalise } from "./normalise";
import { tidyContent } from "./tidy-content";

const PIECES = [
  "上半年",
  ",",
  " 481.35 ",
  "亿元",
  "。。",
  '"双',
  '过半"',
  "（",
  ")",
  "９.１％",
  "，",
  " ",
  "GDP",
  "\u200b",
  "增长",
];
const runs = array(record({ text: constantFrom(...PIECES), bold: boolean() }), { minLength: 1, maxLength: 12 }).map(
  (pieces) =>
    pieces.map(({ text, bold }): ContentText =>
      bold ? { type: "text", text, marks: [{ type: "lead" }] } : { type: "text", text },
    ),
);
const contentOf = (content: ContentText[]): Content => ({
  type: "doc",
  content: [{ type: "paragraph", attrs: { id: "block-01" }, content }],
});

it("repairs a text in several runs as it repairs the same words in one, and empties no run into nothing", () => {
  assert(
    property(runs, (content) => {
      const tidied = tidyContent(contentOf(content));
      const { text, repairs } = normalise(content.map((run) => run.text).join(""));
      expect(tidied.content.content.map(blockText)).toEqual([text]);
      expect(tidied.counts.reduce((sum, { count }) => sum + count, 0)).toBe(repairs.length);
      expect(Content.safeParse(tidied.content).error).toBeUndefined();
    }),
  );
});

it("leaves what is bold bold: of words that nothing is repaired in, the marks stay", () => {
  assert(
    property(runs, (content) => {
      const [block] = tidyContent(contentOf(content)).content.content;
      const bold = (nodes: readonly ContentText[]) =>
        nodes.flatMap(({ text, marks }) => (marks ? (text.match(/\p{Script=Han}+/gu) ?? []) : [])).join("");
      expect(bold((block?.type === "paragraph" ? (block.content ?? []) : []) as ContentText[])).toBe(bold(content));
    }),
  );
});
