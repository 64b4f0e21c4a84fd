import type { Node as DocumentNode } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import { normalise, REPAIR_KINDS, type Repair, type RepairKind } from "../../../../../../../../domain/import/normalise";

/** The pasted part of a line: `words` of the whole line, of which those from `start` to `end` stand at `from` to `to`. */
type Piece = { words: string; start: number; end: number; from: number; to: number; isBlock: boolean };

/**
 * Repairs the typing between two places and nothing else, as a change of its own; null where nothing is to repair. `softs`
 * says of each line in turn whether a hard line break parted it from the one before: such breaks go where they mean
 * nothing.
 */
export function tidied(
  state: EditorState,
  range: { from: number; to: number },
  softs: readonly boolean[],
): { change: Transaction; counts: { kind: RepairKind; count: number }[] } | null {
  const change = state.tr;
  const counts = new Map<RepairKind, number>();
  const pieces = piecesIn(state.doc, range.from, range.to);
  const lines = pieces.filter((piece) => piece.isBlock).length;
  for (const group of groupsOf(pieces, lines === softs.length ? softs : []).toReversed()) {
    for (const repair of repairsOf(group).toReversed()) {
      if (apply(change, group, repair)) counts.set(repair.kind, (counts.get(repair.kind) ?? 0) + 1);
    }
  }
  if (!change.docChanged) return null;
  const told = REPAIR_KINDS.map((kind) => ({ kind, count: counts.get(kind) ?? 0 })).filter(({ count }) => count > 0);
  return { change, counts: told.toSorted((one, other) => other.count - one.count) };
}

function piecesIn(doc: DocumentNode, from: number, to: number): Piece[] {
  const pieces: Piece[] = [];
  doc.nodesBetween(from, to, (node, at, parent) => {
    if (!node.isTextblock) return true;
    const first = Math.max(from, at + 1);
    const last = Math.min(to, at + 1 + node.content.size);
    if (first >= last) return false;
    const before = wordsOf(node, 0, first - at - 1);
    const pasted = wordsOf(node, first - at - 1, last - at - 1);
    const words = before + pasted + wordsOf(node, last - at - 1, node.content.size);
    const [start, end] = [before.length, before.length + pasted.length];
    pieces.push({ words, start, end, from: first, to: last, isBlock: parent === doc });
    return false;
  });
  return pieces;
}

/** A node speaks its words; what is pasted from elsewhere has none. */
const wordsOf = (node: DocumentNode, from: number, to: number): string =>
  node.textBetween(from, to, "", (leaf) => String(leaf.attrs["text"] ?? ""));

/** Lines that only a hard break parts are read together. */
function groupsOf(pieces: readonly Piece[], softs: readonly boolean[]): Piece[][] {
  const groups: Piece[][] = [];
  let line = 0;
  let open: Piece[] | null = null;
  for (const piece of pieces) {
    const goesOn = piece.isBlock && softs[line] === true;
    if (goesOn && open) open.push(piece);
    else groups.push((open = [piece]));
    if (piece.isBlock) line += 1;
    else open = null;
  }
  return groups;
}

/** The repairs that touch nothing but what was pasted; what stands around it is read along. */
function repairsOf(group: readonly Piece[]): Repair[] {
  const last = group.at(-1);
  const text = group.map((piece) => piece.words).join("\n");
  const from = group[0]?.start ?? 0;
  const to = text.length - (last ? last.words.length - last.end : 0);
  return normalise(text).repairs.filter((repair) => from <= repair.from && repair.to <= to);
}

/** False for a repair that moves breaks about: those lines stay as they are. */
function apply(change: Transaction, group: readonly Piece[], repair: Repair): boolean {
  const text = group.map((piece) => piece.words).join("\n");
  const old = text.slice(repair.from, repair.to).split("\n");
  const parts = repair.insert.split("\n");
  if (parts.length === 1) {
    replace(change, placeOf(group, repair.from), placeOf(group, repair.to), repair.insert);
    return true;
  }
  if (parts.length !== old.length) return false;
  let end = repair.to;
  for (const [index, words] of [...old.entries()].toReversed()) {
    const start = end - words.length;
    if (words !== parts[index]) replace(change, placeOf(group, start), placeOf(group, end), parts[index] ?? "");
    end = start - 1;
  }
  return true;
}

function replace(change: Transaction, from: number, to: number, words: string): void {
  const marks = change.doc.nodeAt(from)?.marks ?? [];
  if (to > from) change.delete(from, to);
  if (words !== "") change.insert(from, change.doc.type.schema.text(words, marks));
}

function placeOf(group: readonly Piece[], offset: number): number {
  let start = 0;
  for (const piece of group) {
    if (offset <= start + piece.words.length) return piece.from + offset - start - piece.start;
    start += piece.words.length + 1;
  }
  return group.at(-1)?.to ?? 0;
}
