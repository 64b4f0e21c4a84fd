import { closeHistory } from "@tiptap/pm/history";
import { TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { ContentBlock } from "../../../../../../../../domain/section/content";
import { pasteKey, tooMany, type PasteMeta } from "../paste/clip";
import { toEditor } from "../schema";

/**
 * Puts a block behind the caret's, or in its place when that is empty, under an id of its own; in a leaf of one line its
 * words go to the caret. One step of the undo. Null where the leaf cannot hold it; where it would be
 * one block too many, nothing but the report that says so.
 */
export function insertBlock(state: EditorState, block: ContentBlock, newId: () => string): Transaction | null {
  const { doc, schema, selection } = state;
  const own = { ...block, attrs: { id: newId() } } as ContentBlock;
  const [json] = toEditor({ type: "doc", content: [own] }).content ?? [];
  if (!json?.type || !schema.nodes[json.type]) return null;
  const node = schema.nodeFromJSON(json);
  const change = closeHistory(state.tr);
  if (!doc.type.contentMatch.matchType(node.type)?.validEnd) return null;
  if (isOneLine(state)) {
    const end = selection.from + node.content.size;
    change.replaceWith(selection.from, selection.to, node.content);
    return change.setSelection(TextSelection.create(change.doc, end)).scrollIntoView();
  }
  const { from, to } = placeFor(state);
  const report = from === to ? tooMany(doc.childCount, 1) : null;
  if (report) return state.tr.setMeta(pasteKey, { type: "report", report } satisfies PasteMeta);
  change.replaceWith(from, to, node);
  const inside = node.isTextblock ? from + node.nodeSize - 1 : from + 1;
  return change.setSelection(TextSelection.near(change.doc.resolve(inside))).scrollIntoView();
}

/** Between two blocks, where a table begins or ends the text, the caret is in none. */
function placeFor({ selection: { $head, to } }: EditorState): { from: number; to: number } {
  if ($head.depth === 0) return { from: to, to };
  const here = $head.node(1);
  const isEmpty = here.isTextblock && here.content.size === 0;
  return { from: isEmpty ? $head.before(1) : $head.after(1), to: $head.after(1) };
}

/** A title and the like: a second block would not fit. */
const isOneLine = ({ doc }: EditorState): boolean =>
  doc.type.contentMatch.matchType(doc.child(0).type)?.edgeCount === 0;
