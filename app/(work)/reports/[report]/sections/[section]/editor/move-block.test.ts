import { getSchema } from "@tiptap/core";
import { GapCursor } from "@tiptap/pm/gapcursor";
import { history, undo } from "@tiptap/pm/history";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { expect, it } from "vitest";
import { moveBlocks } from "./move-block";
import { editorExtensions, FigureSource } from "./schema";

const schema = getSchema(editorExtensions("text", "", new FigureSource({ lexicon: {} as never, guide: {} as never })));

/** Blocks of two characters, by their ids; what is chosen goes from the middle of one to the middle of another. */
function aState(ids: string, chosen: [string, string]): EditorState {
  const doc = schema.nodeFromJSON({
    type: "doc",
    content: Array.from(ids, (id) => ({
      type: "paragraph",
      attrs: { id: `block-${id}` },
      content: [{ type: "text", text: id + id }],
    })),
  });
  const middle = (id: string) => ids.indexOf(id) * 4 + 2;
  const state = EditorState.create({ doc, plugins: [history()] });
  return state.apply(state.tr.setSelection(TextSelection.create(doc, middle(chosen[0]), middle(chosen[1]))));
}

const idsOf = ({ doc }: EditorState) => doc.children.map((block) => String(block.attrs["id"]).slice(-1)).join("");
const wordsOf = ({ doc }: EditorState) => doc.children.map((block) => block.textContent).join("");
const ends = ({ selection: { $from, $to } }: EditorState) =>
  [$from, $to].map((end) => `${String(end.parent.attrs["id"]).slice(-1)}${end.parentOffset}`);

it.each([
  ["abcd", ["c", "c"], "up", "acbd"],
  ["abcd", ["c", "c"], "down", "abdc"],
  ["abcd", ["b", "c"], "up", "bcad"],
  ["abcd", ["b", "c"], "down", "adbc"],
  ["abcd", ["a", "a"], "down", "bacd"],
] as const)("%s with %j chosen, moved %s, is %s; its ids and the caret are kept", (ids, chosen, direction, becomes) => {
  const state = aState(ids, [...chosen]);
  const change = moveBlocks(state, direction);
  const moved = change ? state.apply(change) : state;
  expect(idsOf(moved)).toBe(becomes);
  expect(wordsOf(moved)).toBe(Array.from(becomes, (id) => id + id).join(""));
  expect(ends(moved)).toEqual([`${chosen[0]}1`, `${chosen[1]}1`]);
  let undone = moved;
  undo(moved, (back) => (undone = moved.apply(back)));
  expect(idsOf(undone)).toBe(ids);
});

it.each([
  ["a", "up"],
  ["d", "down"],
] as const)("moves nothing beyond the text's edge: %s %s", (id, direction) => {
  expect(moveBlocks(aState("abcd", [id, id]), direction)).toBeNull();
});

it.each(["up", "down"] as const)("moves nothing %s when the caret is a gap cursor behind a last table", (direction) => {
  const words = { type: "cellText" };
  const row = { type: "tableRow", content: [{ type: "tableCell", content: [words] }] };
  const doc = schema.nodeFromJSON({
    type: "doc",
    content: [{ type: "table", attrs: { id: "table-1" }, content: [row] }],
  });
  const state = EditorState.create({ doc });
  const behind = new GapCursor(doc.resolve(doc.content.size));
  expect(moveBlocks(state.apply(state.tr.setSelection(behind)), direction)).toBeNull();
});
