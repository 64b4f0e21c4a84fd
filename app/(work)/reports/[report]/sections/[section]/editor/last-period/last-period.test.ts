import { getSchema } from "@tiptap/core";
import { GapCursor } from "@tiptap/pm/gapcursor";
import { history, undo } from "@tiptap/pm/history";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { expect, it } from "vitest";
import type { ContentBlock } from "../../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../../domain/section/workflow";
import { pasteKey } from "../paste/clip";
import { contentOf, editorExtensions, FigureSource, toEditor } from "../schema";
import { insertBlock } from "./insert-block";
import { plainBlock } from "./plain-block";

const source = new FigureSource({ lexicon: {} as never, guide: {} as never });

const paragraph = (words: string, id = "block-old"): ContentBlock => ({
  type: "paragraph",
  attrs: { id },
  ...(words ? { content: [{ type: "text", text: words }] } : {}),
});

const TABLE: ContentBlock = {
  type: "table",
  attrs: { id: "table-old" },
  content: [
    {
      type: "tableRow",
      content: [{ type: "tableCell", content: [{ type: "paragraph", content: [{ type: "text", text: "174.41" }] }] }],
    },
  ],
};

/** The words of each block, a leaf of this kind with the caret behind the `caret`th character of the `nth` block. */
function aState(kind: SectionKind, blocks: string[], nth: number, caret: number): EditorState {
  const schema = getSchema(editorExtensions(kind, "", source));
  const content = blocks.map((words, index) => paragraph(words, `block-${index}`));
  const doc = schema.nodeFromJSON(toEditor({ type: "doc", content }));
  const before = blocks.slice(0, nth).reduce((sum, words) => sum + words.length + 2, 1);
  const state = EditorState.create({ doc, plugins: [history()] });
  return state.apply(state.tr.setSelection(TextSelection.create(doc, before + caret)));
}

const textOf = ({ doc }: EditorState) => doc.children.map((block) => block.textContent);

function inserted(state: EditorState, block: ContentBlock): EditorState {
  const change = insertBlock(state, block, () => "block-new");
  if (!change) throw new Error("it does not fit");
  return state.apply(change);
}

it("comes behind the caret's block with an id of its own, and the caret behind its words", () => {
  const state = inserted(aState("text", ["甲甲", "乙"], 0, 1), paragraph("上期"));
  expect(textOf(state)).toEqual(["甲甲", "上期", "乙"]);
  expect(contentOf({ getJSON: () => state.doc.toJSON() as unknown }).content[1]?.attrs.id).toBe("block-new");
  expect([state.selection.$head.index(0), state.selection.$head.parentOffset]).toEqual([1, 2]);
  let undone = state;
  undo(state, (back) => (undone = state.apply(back)));
  expect(textOf(undone)).toEqual(["甲甲", "乙"]);
});

it("takes the place of an empty paragraph", () => {
  expect(textOf(inserted(aState("text", ["甲", ""], 1, 0), paragraph("上期")))).toEqual(["甲", "上期"]);
});

it("brings a table too, and its words in the cells", () => {
  const state = inserted(aState("text", ["甲"], 0, 0), TABLE);
  const kept = contentOf({ getJSON: () => state.doc.toJSON() as unknown }).content;
  expect(kept[1]).toMatchObject({ type: "table", attrs: { id: "block-new" } });
  expect(textOf(state)[1]).toBe("174.41");
});

it("comes behind a last table when the caret is a gap cursor there, in no block", () => {
  const first = aState("text", ["甲"], 0, 0);
  const table = first.schema.nodeFromJSON(toEditor({ type: "doc", content: [TABLE] }).content?.[0]);
  const withTable = first.apply(first.tr.insert(first.doc.content.size, table));
  const behind = withTable.doc.resolve(withTable.doc.content.size);
  const state = withTable.apply(withTable.tr.setSelection(new GapCursor(behind)));
  expect(textOf(inserted(state, paragraph("上期")))).toEqual(["甲", "174.41", "上期"]);
});

it("is refused where the text would have a block too many, unless it takes an empty one's place", () => {
  const full = Array.from({ length: 500 }, (_, index) => (index === 0 ? "" : "字"));
  const refused = insertBlock(aState("text", full, 1, 0), paragraph("上期"), () => "block-new");
  expect(refused?.docChanged).toBe(false);
  expect(refused?.getMeta(pasteKey)).toEqual({
    type: "report",
    report: { kind: "too-many", blocks: 1, there: 500 },
  });
  expect(textOf(inserted(aState("text", full, 0, 0), paragraph("上期")))).toHaveLength(500);
});

it("goes to the caret in a leaf of one line, which takes no table", () => {
  const state = aState("speaker", ["区发改局"], 0, 1);
  expect(textOf(inserted(state, paragraph("政府")))).toEqual(["区政府发改局"]);
  expect(insertBlock(state, TABLE, () => "block-new")).toBeNull();
});

it("says its figures in plain words, in one run with the words around them, and keeps the lead", () => {
  const attrs = {
    id: "node-1",
    indicator: "gdp",
    field: "actual",
    form: "unit",
    text: "481.35亿元",
    wording: null,
  } as const;
  const block: ContentBlock = {
    type: "bullet",
    attrs: { id: "block-1" },
    content: [
      { type: "text", text: "稳增长。", marks: [{ type: "lead" }] },
      { type: "text", text: "2024年完成" },
      { type: "figure", attrs },
      { type: "figure", attrs: { ...attrs, id: "node-2", text: "" } },
      { type: "text", text: "。" },
    ],
  };
  expect(plainBlock(block)).toEqual({
    type: "bullet",
    attrs: { id: "block-1" },
    content: [
      { type: "text", text: "稳增长。", marks: [{ type: "lead" }] },
      { type: "text", text: "2024年完成481.35亿元。" },
    ],
  });
  expect(plainBlock(TABLE)).toEqual(TABLE);
});
