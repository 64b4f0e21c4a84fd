import { blockText, inlineText, tableGrid, type Content, type ContentBlock, type TextBlock } from "./content";
import { align, inOneOrder } from "./compare-lists";
import { compareWords, pieces, type Change } from "./compare-words";

/** Places are counted from one: `from` in the old text, `to` in the new one. */
export type Move = { from: number; to: number };
/** What changed besides the words: the kind of a block, what is set as its lead, how a table's cells are joined. */
export type FormChange =
  | { kind: "type"; from: ContentBlock["type"]; to: ContentBlock["type"] }
  | { kind: "lead"; from: string; to: string }
  | { kind: "cells" };
export type CellChange = { kind: "same" | "added" | "removed" | "changed"; changes: Change[] };
export type RowChange = { kind: CellChange["kind"]; cells: CellChange[] };
/**
 * One block and what happened to it. "left" stands where a moved block stood; the block itself stands where it is now,
 * "same" or "changed", and both name the move. `rows` is a table cell by cell, null for what is no table.
 */
export type BlockChange = {
  id: string;
  kind: "same" | "added" | "removed" | "changed" | "left";
  block: ContentBlock;
  changes: Change[];
  rows: RowChange[] | null;
  form: FormChange[];
  moved: Move | null;
};

/**
 * What happened to a text between two revisions: blocks are matched by id (and what nobody matches, by its words), then
 * each by words (Intl.Segmenter, so that Chinese compares by word and not by letter), a table by cells. In the order of
 * the new text; what is gone stands where it stood. What a bound node says is one word, and so is the same typed by hand.
 */
export function compareContents(before: Content, after: Content): BlockChange[] {
  const was = pairUp(before.content, after.content);
  return inOneOrder(was, before.content.length, after.content.length).flatMap(({ from, to, stands }): BlockChange[] => {
    const old = from === null ? undefined : before.content[from];
    const block = to === null ? undefined : after.content[to];
    const moved = from === null || to === null || stands === "still" ? null : { from: from + 1, to: to + 1 };
    if (old && block && moved && stands === "left") {
      return [{ ...entire(old, "removed"), id: block.attrs.id, kind: "left", moved }];
    }
    if (old && block) return [compareBlocks(old, block, moved)];
    if (old) return [entire(old, "removed")];
    return block ? [entire(block, "added")] : [];
  });
}

/** How many blocks changed, came, went and moved; one that moved and changed counts as both. */
export function tallyOf(changes: readonly BlockChange[]): Record<"changed" | "added" | "removed" | "moved", number> {
  const count = (kind: BlockChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  return { changed: count("changed"), added: count("added"), removed: count("removed"), moved: count("left") };
}

export type Stretch = { kind: "change"; change: BlockChange } | { kind: "unchanged"; blocks: BlockChange[] };

/** The comparison with neighbours that nothing happened to taken together. */
export function stretchesOf(changes: readonly BlockChange[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const change of changes) {
    const last = stretches.at(-1);
    if (change.kind !== "same" || change.moved) stretches.push({ kind: "change", change });
    else if (last?.kind === "unchanged") last.blocks.push(change);
    else stretches.push({ kind: "unchanged", blocks: [change] });
  }
  return stretches;
}

/** New place → old place. By id, a table never with a text; what is left over by its words, in order. */
function pairUp(before: readonly ContentBlock[], after: readonly ContentBlock[]): Map<number, number> {
  const byId = new Map(before.map((block, index) => [idOf(block), index]));
  const was = new Map<number, number>();
  for (const [to, block] of after.entries()) {
    const from = byId.get(idOf(block));
    if (from !== undefined) was.set(to, from);
  }
  const taken = new Set(was.values());
  const byWords = new Map<string, number[]>();
  for (const [from, block] of before.entries()) {
    if (taken.has(from)) continue;
    byWords.set(wordsOf(block), [...(byWords.get(wordsOf(block)) ?? []), from]);
  }
  for (const [to, block] of after.entries()) {
    const from = was.has(to) || blockText(block) === "" ? undefined : byWords.get(wordsOf(block))?.shift();
    if (from !== undefined) was.set(to, from);
  }
  return was;
}

const idOf = (block: ContentBlock): string => `${block.type === "table"} ${block.attrs.id}`;
const wordsOf = (block: ContentBlock): string => `${block.type} ${blockText(block)}`;

function compareBlocks(was: ContentBlock, block: ContentBlock, moved: Move | null): BlockChange {
  const whole = [...boundWords(was), ...boundWords(block)];
  const rows = was.type === "table" && block.type === "table" ? compareTables(tableGrid(was), tableGrid(block)) : null;
  const changes = rows
    ? rows.flatMap((row) => row.cells.flatMap((cell) => cell.changes))
    : wordsBetween(was, block, whole);
  const form = formChanges(was, block, changes);
  const same = rows ? rows.every(({ kind }) => kind === "same") : changes.every(({ kind }) => kind === "same");
  return {
    id: block.attrs.id,
    kind: same && form.length === 0 ? "same" : "changed",
    block,
    changes,
    rows,
    form,
    moved,
  };
}

const wordsBetween = (was: ContentBlock, block: ContentBlock, whole: readonly string[]): Change[] =>
  compareWords(blockText(was), blockText(block), whole);

function formChanges(was: ContentBlock, block: ContentBlock, changes: readonly Change[]): FormChange[] {
  if (was.type === "table" || block.type === "table") {
    return shapeOf(was) === shapeOf(block) ? [] : [{ kind: "cells" }];
  }
  const form: FormChange[] = was.type === block.type ? [] : [{ kind: "type", from: was.type, to: block.type }];
  return leadMoved(was, block, changes) ? [...form, { kind: "lead", from: leadOf(was), to: leadOf(block) }] : form;
}

/** How cells are joined; nothing of it while every row of the table is plain. */
const shapeOf = (block: ContentBlock): string =>
  block.type === "table"
    ? block.content
        .map((row) => row.content.map(({ attrs }) => `${attrs?.colspan ?? 1}×${attrs?.rowspan ?? 1}`))
        .filter((spans) => spans.some((span) => span !== "1×1"))
        .map((spans) => spans.join(" "))
        .join("\n")
    : "";

const isLead = (node: { marks?: { type: "lead" }[] | undefined }): boolean =>
  (node.marks ?? []).some((mark) => mark.type === "lead");
const leadOf = (block: TextBlock): string =>
  (block.content ?? []).flatMap((node) => (isLead(node) ? inlineText(node) : [])).join("");

/** True when words that stayed became bold, or no longer are: other words in a lead are told as words. */
function leadMoved(was: TextBlock, block: TextBlock, changes: readonly Change[]): boolean {
  const [old, now] = [leadLetters(was), leadLetters(block)];
  let [from, to] = [0, 0];
  for (const { kind, text } of changes) {
    if (kind === "same" && old.slice(from, from + text.length) !== now.slice(to, to + text.length)) return true;
    if (kind !== "added") from += text.length;
    if (kind !== "removed") to += text.length;
  }
  return false;
}

/** One sign for each letter: whether it is set as lead. */
const leadLetters = (block: TextBlock): string =>
  (block.content ?? []).map((node) => (isLead(node) ? "1" : "0").repeat(inlineText(node).length)).join("");

type Grid = readonly (readonly string[])[];

/** Columns are matched by their headings, rows by what they say, then by their names; then each pair cell by cell. */
function compareTables(before: Grid, after: Grid): RowChange[] {
  const columns = align(headings(before), headings(after), [(heading) => heading]);
  const shared = columns.flatMap(([from, to]) => (from !== null && to !== null ? [{ from, to }] : []));
  type Line = { cells: readonly string[]; side: "from" | "to" };
  const all = ({ cells, side }: Line) => JSON.stringify(shared.map((column) => cells[column[side]] ?? ""));
  const name = ({ cells }: Line) => cells.find((cell) => /\p{L}/u.test(cell)) ?? cells[0] ?? "";
  const rows = align(
    before.map((cells): Line => ({ cells, side: "from" })),
    after.map((cells): Line => ({ cells, side: "to" })),
    [all, name],
  );
  return rows.map(([from, to]) => {
    const [old, now] = [from === null ? null : (before[from] ?? []), to === null ? null : (after[to] ?? [])];
    const cells = columns.flatMap(([oldAt, nowAt]) =>
      compareCells(oldAt === null ? undefined : old?.[oldAt], nowAt === null ? undefined : now?.[nowAt]),
    );
    const kind = !old ? "added" : !now ? "removed" : cells.every((cell) => cell.kind === "same") ? "same" : "changed";
    return { kind, cells };
  });
}

/** As many as the widest row has: a heading that spans columns names the first of them. */
function headings(grid: Grid): string[] {
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  return Array.from({ length: width }, (_, column) => grid[0]?.[column] ?? `#${column}`);
}

/** Nothing where neither side has a cell: rows may be shorter than the table is wide. */
function compareCells(old: string | undefined, now: string | undefined): CellChange[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ kind: "added", changes: pieces([["added", now ?? ""]]) }];
  if (now === undefined) return [{ kind: "removed", changes: pieces([["removed", old]]) }];
  return [{ kind: old === now ? "same" : "changed", changes: compareWords(old, now) }];
}

function boundWords(block: ContentBlock): string[] {
  if (block.type === "table") return [];
  return (block.content ?? [])
    .filter((node) => node.type !== "text")
    .map(inlineText)
    .filter((text) => text !== "");
}

function entire(block: ContentBlock, kind: "added" | "removed"): BlockChange {
  const cell = (text: string): CellChange => ({ kind, changes: pieces([[kind, text]]) });
  const rows =
    block.type === "table" ? tableGrid(block).map((row): RowChange => ({ kind, cells: row.map(cell) })) : null;
  const changes = pieces([[kind, blockText(block)]]);
  return { id: block.attrs.id, kind, block, changes, rows, form: [], moved: null };
}
