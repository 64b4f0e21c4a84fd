import type { Node as DocumentNode } from "@tiptap/pm/model";
import { TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { Content } from "../../../../../../../domain/section/content";
import { toEditor } from "./schema";

/** Set on a transaction that brings another person's words: no writing of one's own. */
export const JOINS = "joinsTexts";

/**
 * Makes the document say `content`, touching only the blocks that differ, by id, and in them only what differs: the
 * caret, the history and the marks of everything else stay. Null where nothing differs.
 */
export function takeText(state: EditorState, content: Content): Transaction | null {
  const { doc, schema } = state;
  const wanted = schema.nodeFromJSON(toEditor(content));
  const stays = commonOrder(idsOf(doc), idsOf(wanted));
  const change = state.tr;
  const [only, other] = [doc.firstChild, wanted.firstChild];
  if (doc.childCount === 1 && wanted.childCount === 1 && only && other) {
    // A leaf of one line never has two blocks or none, not even between two steps.
    replaceBlock(change, only, other, 0);
    return change.docChanged ? finish(state, change, stays) : null;
  }
  const targets = blocksOf(wanted);
  const known = new Map(targets.map((block) => [idOf(block), block]));
  let next = targets.length;
  // From the end, so that the places before stay true.
  const insertDownTo = (index: number, at: number) => {
    if (index < next) change.insert(at, targets.slice(index, next));
    next = index;
  };
  const places: { block: DocumentNode; at: number }[] = [];
  doc.forEach((block, at) => void places.push({ block, at }));
  const goners: { from: number; to: number }[] = [];
  for (const { block, at } of places.toReversed()) {
    const end = at + block.nodeSize;
    const target = stays.has(idOf(block)) ? known.get(idOf(block)) : undefined;
    if (!target) {
      goners.push({ from: at, to: end });
      continue;
    }
    insertDownTo(targets.indexOf(target) + 1, end);
    replaceBlock(change, block, target, at);
    next = targets.indexOf(target);
  }
  insertDownTo(0, 0);
  // Taken out last: a document is never without a block.
  const steps = change.steps.length;
  for (const { from, to } of goners) {
    const mapping = change.mapping.slice(0, steps);
    change.delete(mapping.map(from, 1), mapping.map(to, -1));
  }
  return change.docChanged ? finish(state, change, stays) : null;
}

function finish(state: EditorState, change: Transaction, stays: ReadonlySet<string>): Transaction {
  keepCaret(state, change, stays);
  return change.setStoredMarks(state.storedMarks);
}

function replaceBlock(change: Transaction, block: DocumentNode, target: DocumentNode, at: number): void {
  if (block.eq(target)) return;
  if (!block.isTextblock || !target.isTextblock) {
    change.replaceWith(at, at + block.nodeSize, target);
    return;
  }
  const start = block.content.findDiffStart(target.content);
  const end = block.content.findDiffEnd(target.content);
  if (start !== null && end) {
    // What is doubled at the seam counts once.
    const overlap = Math.max(0, start - Math.min(end.a, end.b));
    change.replace(at + 1 + start, at + 1 + end.a + overlap, target.slice(start, end.b + overlap));
  }
  if (block.type !== target.type || idOf(block) !== idOf(target)) change.setNodeMarkup(at, target.type, target.attrs);
}

/** A caret in a block that was moved, or in a table that was replaced, goes where it stood in it. */
function keepCaret(state: EditorState, change: Transaction, stays: ReadonlySet<string>): void {
  const { $head, $anchor } = state.selection;
  if ($head.depth === 0 || $anchor.depth === 0) return;
  const id = idOf($head.node(1));
  if (id !== idOf($anchor.node(1)) || (stays.has(id) && $head.node(1).isTextblock)) return;
  change.doc.forEach((block, at) => {
    if (idOf(block) !== id) return;
    const place = (old: number) => change.doc.resolve(at + Math.min(old - $head.before(1), block.nodeSize - 1));
    change.setSelection(TextSelection.between(place($anchor.pos), place($head.pos)));
  });
}

/** The ids that stand in the same order in both: the longest such row, so that as little as possible is taken up. */
function commonOrder(one: readonly string[], other: readonly string[]): ReadonlySet<string> {
  const width = other.length + 1;
  const lengths = new Uint16Array((one.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row -= 1)
    for (let column = other.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  const common = new Set<string>();
  let [row, column] = [0, 0];
  while (row < one.length && column < other.length) {
    const id = one[row];
    if (id !== undefined && id === other[column]) {
      common.add(id);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return common;
}

function blocksOf(doc: DocumentNode): DocumentNode[] {
  const blocks: DocumentNode[] = [];
  doc.forEach((block) => void blocks.push(block));
  return blocks;
}

const idOf = (block: DocumentNode): string => String(block.attrs["id"]);
const idsOf = (doc: DocumentNode): string[] => blocksOf(doc).map(idOf);
