import { getSchema } from "@tiptap/core";
import { history, undo } from "@tiptap/pm/history";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { expect, it } from "vitest";
import { blockText, type Content } from "../../../../../../../domain/section/content";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import type { Lexicon } from "./lexicon";
import { contentOf, editorExtensions, FigureSource, toEditor } from "./schema";
import { takeText } from "./take-text";

const source = new FigureSource({ lexicon: {} as Lexicon, guide: {} as never });

/** Blocks as "a:words"; "|" is the caret. */
function aState(blocks: string[], kind: SectionKind = "text"): EditorState {
  const schema = getSchema(editorExtensions(kind, "", source));
  const doc = schema.nodeFromJSON(toEditor(aText(...blocks.map((block) => block.replace("|", "")))));
  const state = EditorState.create({ doc, plugins: [history()] });
  let before = 1;
  for (const block of blocks) {
    const words = block.slice(2);
    const caret = words.indexOf("|");
    if (caret >= 0) return state.apply(state.tr.setSelection(TextSelection.create(doc, before + caret)));
    before += words.length + 2;
  }
  return state;
}

function aText(...blocks: string[]): Content {
  return {
    type: "doc",
    content: blocks.map((block) => ({
      type: "paragraph",
      attrs: { id: `block-${block.slice(0, 1)}` },
      ...(block.length > 2 ? { content: [{ type: "text" as const, text: block.slice(2) }] } : {}),
    })),
  };
}

function said(state: EditorState): string[] {
  const { $head } = state.selection;
  return contentOf({ getJSON: () => state.doc.toJSON() as unknown }).content.map((block, index) => {
    const words = blockText(block);
    const shown =
      $head.index(0) === index ? `${words.slice(0, $head.parentOffset)}|${words.slice($head.parentOffset)}` : words;
    return `${block.attrs.id.slice(-1)}:${shown}`;
  });
}

function taken(state: EditorState, ...blocks: string[]): EditorState {
  const change = takeText(state, aText(...blocks));
  return change ? state.apply(change.setMeta("addToHistory", false)) : state;
}

it.each([
  ["another block is changed", ["a:甲", "b:乙|乙"], ["a:甲改", "b:乙乙"], ["a:甲改", "b:乙|乙"]],
  ["a block comes in before it", ["a:甲", "b:乙|乙"], ["a:甲", "n:新", "b:乙乙"], ["a:甲", "n:新", "b:乙|乙"]],
  ["one goes before it and one behind", ["a:甲", "b:乙|乙", "c:丙"], ["b:乙乙"], ["b:乙|乙"]],
  ["its own block is changed behind it", ["a:甲", "b:乙|乙丙"], ["a:甲", "b:乙乙丁"], ["a:甲", "b:乙|乙丁"]],
  ["its own block is changed before it", ["b:一二三|四"], ["b:一新二三四"], ["b:一新二三|四"]],
  ["its own block is moved", ["a:甲", "b:乙", "c:丙|丙"], ["c:丙丙", "a:甲", "b:乙"], ["c:丙|丙", "a:甲", "b:乙"]],
  ["nothing differs", ["a:甲|"], ["a:甲"], ["a:甲|"]],
])("the caret stays in its words when %s", (_, before, text, after) => {
  expect(said(taken(aState(before), ...text))).toEqual(after);
});

it("every block can be another one", () => {
  expect(said(taken(aState(["a:甲|", "b:乙"]), "x:新", "y:又")).map((block) => block.replace("|", ""))).toEqual([
    "x:新",
    "y:又",
  ]);
});

it("a leaf of one line takes another line and its id", () => {
  expect(said(taken(aState(["a:旧|题"], "title"), "x:新题")).map((block) => block.replace("|", ""))).toEqual([
    "x:新题",
  ]);
});

it("a table is taken whole, and the caret stays in the cell where it stood", () => {
  const schema = getSchema(editorExtensions("annex", "", source));
  const cell = (words: string) => ({
    type: "tableCell" as const,
    content: [{ type: "paragraph" as const, content: [{ type: "text" as const, text: words }] }],
  });
  const table = (...words: string[]): Content => ({
    type: "doc",
    content: [{ type: "table", attrs: { id: "block-t" }, content: [{ type: "tableRow", content: words.map(cell) }] }],
  });
  const doc = schema.nodeFromJSON(toEditor(table("一", "二", "三")));
  const before = EditorState.create({ doc });
  const at = before.apply(before.tr.setSelection(TextSelection.create(doc, 9)));
  const change = takeText(at, table("一", "二", "三四五"));
  expect(change?.doc.textContent).toBe("一二三四五");
  expect(at.selection.$head.parent.textContent).toBe("二");
  expect(change?.selection.$head.parent.textContent).toBe("二");
});

it("is not undone as one's own writing, which still is", () => {
  let state = aState(["a:甲|", "b:乙"]);
  state = state.apply(state.tr.insertText("写"));
  state = taken(state, "a:甲写", "b:乙二", "n:新");
  undo(state, (transaction) => (state = state.apply(transaction)));
  expect(said(state)).toEqual(["a:甲|", "b:乙二", "n:新"]);
});
