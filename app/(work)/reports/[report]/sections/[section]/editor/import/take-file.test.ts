import { getSchema, type Editor } from "@tiptap/core";
import { history, undo } from "@tiptap/pm/history";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import { expect, it } from "vitest";
import type { Content } from "../../../../../../../../domain/section/content";
import { editorExtensions, FigureSource, toEditor } from "../schema";
import { takeFile, tooManyWith } from "./take-file";

const source = new FigureSource({ lexicon: {} as never, guide: {} as never });

const aText = (...blocks: string[]): Content => ({
  type: "doc",
  content: blocks.map((text, index) => ({
    type: "paragraph",
    attrs: { id: `block-${index}` },
    content: [{ type: "text", text }],
  })),
});

const many = (count: number) => aText(...Array.from({ length: count }, () => "字"));

/** An editor that is no page: its text, and whether it may be written in. */
function anEditor(text: Content, isEditable = true) {
  const schema = getSchema(editorExtensions("text", "", source));
  let state = EditorState.create({ doc: schema.nodeFromJSON(toEditor(text)), plugins: [history()] });
  const dispatch = (change: Transaction) => void (state = state.apply(change));
  const editor = {
    isEditable,
    schema,
    view: { dispatch },
    getJSON: () => state.doc.toJSON() as unknown,
    get state() {
      return state;
    },
  } as unknown as Editor;
  return {
    editor,
    words: () => state.doc.children.map((block) => block.textContent),
    undo: () => undo(state, dispatch),
  };
}

let made = 0;
const newId = () => `taken-${(made += 1)}`;

it("comes behind the text, or takes its place, each as one step of the undo", () => {
  const { editor, words, undo: back } = anEditor(aText("原文"));
  expect(takeFile(editor, aText("甲", "乙"), "append", newId)).toBe(true);
  expect(words()).toEqual(["原文", "甲", "乙"]);
  expect(takeFile(editor, aText("丙"), "replace", newId)).toBe(true);
  expect(words()).toEqual(["丙"]);
  back();
  expect(words()).toEqual(["原文", "甲", "乙"]);
});

it("leaves a text that has gone up as it is", () => {
  const { editor, words } = anEditor(aText("原文"), false);
  expect(takeFile(editor, aText("甲"), "replace", newId)).toBe(false);
  expect(words()).toEqual(["原文"]);
});

it("counts the blocks that stay and those that come", () => {
  const { editor } = anEditor(many(400));
  expect(tooManyWith(editor, many(100), "append")).toBeNull();
  expect(tooManyWith(editor, many(101), "append")).toEqual({ kind: "too-many", blocks: 101, there: 400 });
  expect(tooManyWith(editor, many(500), "replace")).toBeNull();
  expect(tooManyWith(editor, many(501), "replace")).toEqual({ kind: "too-many", blocks: 501, there: 0 });
});
