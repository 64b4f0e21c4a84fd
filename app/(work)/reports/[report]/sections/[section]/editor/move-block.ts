import { closeHistory } from "@tiptap/pm/history";
import type { EditorState, Transaction } from "@tiptap/pm/state";

/**
 * Moves the blocks that the selection touches over their neighbour, as one step of the undo; null at the text's edge. The
 * neighbour is what is taken out and put back: the moved blocks keep their ids, their marks and the caret in them.
 */
export function moveBlocks(state: EditorState, direction: "up" | "down"): Transaction | null {
  const { doc, selection } = state;
  const first = selection.$from.index(0);
  const last = selection.to > selection.from ? selection.$to.indexAfter(0) - 1 : first;
  // Behind a last table the caret is in no block.
  if (first >= doc.childCount) return null;
  const over = direction === "up" ? first - 1 : last + 1;
  if (over < 0 || over >= doc.childCount) return null;
  const neighbour = doc.child(over);
  const at = placeOf(state, over);
  const moved = sizeOf(state, first, last);
  const change = closeHistory(state.tr).delete(at, at + neighbour.nodeSize);
  change.insert(direction === "up" ? at + moved : at - moved, neighbour);
  return change.scrollIntoView();
}

function placeOf({ doc }: EditorState, index: number): number {
  let at = 0;
  for (let child = 0; child < index; child += 1) at += doc.child(child).nodeSize;
  return at;
}

const sizeOf = (state: EditorState, first: number, last: number): number =>
  placeOf(state, last + 1) - placeOf(state, first);
