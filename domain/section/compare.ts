import { blockText, inlineText, tableGrid, type Content, type ContentBlock, type TextBlock } from "./content";
import { shortestEdit } from "./shortest-edit";

export type Change = { kind: "same" | "added" | "removed"; text: string };
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
  const now = new Map(Array.from(was, ([to, from]) => [from, to]));
  const stays = longestRise(after.content.flatMap((_, index) => was.get(index) ?? []));
  const result: BlockChange[] = [];
  const goneFrom = (start: number) => {
    for (let from = start; from < before.content.length && !stays.has(from); from++) {
      const block = before.content[from];
      const to = now.get(from);
      const id = to === undefined ? undefined : after.content[to]?.attrs.id;
      if (!block) continue;
      if (to === undefined || id === undefined) result.push(entire(block, "removed"));
      else result.push({ ...entire(block, "removed"), id, kind: "left", moved: { from: from + 1, to: to + 1 } });
    }
  };
  goneFrom(0);
  for (const [to, block] of after.content.entries()) {
    const from = was.get(to);
    const old = from === undefined ? undefined : before.content[from];
    if (from === undefined || !old) result.push(entire(block, "added"));
    else if (stays.has(from)) {
      result.push(compareBlocks(old, block, null));
      goneFrom(from + 1);
    } else result.push(compareBlocks(old, block, { from: from + 1, to: to + 1 }));
  }
  return result;
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

/**
 * Neighbouring words of one kind come as one piece. `whole` are words that are not taken apart. Where hardly anything is
 * left of the old words, or too much changed to be told apart, the old stands whole before the new.
 */
export function compareWords(before: string, after: string, whole: readonly string[] = []): Change[] {
  if (before === after) return pieces([["same", before]]);
  const rewritten = pieces([
    ["removed", before],
    ["added", after],
  ]);
  const [old, now] = [words(before, whole), words(after, whole)];
  const runs = shortestEdit(old, now, MOST_EDITS);
  if (!runs) return rewritten;
  let [from, to] = [0, 0];
  const changes = runs.map(({ kind, count }): Change => {
    const text = kind === "added" ? now.slice(to, to + count) : old.slice(from, from + count);
    if (kind !== "added") from += count;
    if (kind !== "removed") to += count;
    return { kind, text: text.join("") };
  });
  const kept = changes.reduce((sum, { kind, text }) => (kind === "same" ? sum + text.length : sum), 0);
  return kept * LEAST_KEPT < Math.min(before.length, after.length) ? rewritten : changes;
}

/** Bounds the work: a block costs at most its words times this. More words changed in one block nobody reads one by one. */
const MOST_EDITS = 300;
/** Below a third, what stayed is chance: a comma here and 的 there. */
const LEAST_KEPT = 3;

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

/** The longest rising subsequence of distinct numbers: what keeps its order, so that the fewest blocks have moved. */
function longestRise(numbers: readonly number[]): Set<number> {
  const before = new Map<number, number | undefined>();
  const ends: number[] = [];
  for (const number of numbers) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before.set(number, ends[low - 1]);
    ends[low] = number;
  }
  const rise = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) rise.add(at);
  return rise;
}

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
type Pair = readonly [from: number | null, to: number | null];

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

/**
 * Pairs of places in both lists, in order: those alike by the first key, between them those alike by the next, and at
 * last, where as many are left on both sides, one after the other.
 */
function align<T>(before: readonly T[], after: readonly T[], keys: readonly ((item: T) => string)[]): Pair[] {
  const [key, ...others] = keys;
  if (!key) {
    const inOrder = before.length === after.length;
    if (inOrder) return before.map((_, index) => [index, index]);
    return [...before.map((_, index): Pair => [index, null]), ...after.map((_, index): Pair => [null, index])];
  }
  const runs = shortestEdit(before.map(key), after.map(key), MOST_EDITS) ?? [];
  const pairs: Pair[] = [];
  let [from, to, fromOpen, toOpen] = [0, 0, 0, 0];
  const close = () => {
    const between = align(before.slice(fromOpen, from), after.slice(toOpen, to), others);
    for (const [a, b] of between) pairs.push([a === null ? null : a + fromOpen, b === null ? null : b + toOpen]);
    [fromOpen, toOpen] = [from, to];
  };
  for (const { kind, count } of runs) {
    if (kind === "same") close();
    for (let each = 0; each < count; each++) {
      if (kind === "same") pairs.push([from, to]);
      if (kind !== "added") from++;
      if (kind !== "removed") to++;
    }
    if (kind === "same") [fromOpen, toOpen] = [from, to];
  }
  [from, to] = [before.length, after.length];
  close();
  return pairs;
}

const SEGMENTER = new Intl.Segmenter("zh", { granularity: "word" });
const segments = (text: string): string[] => Array.from(SEGMENTER.segment(text), (piece) => piece.segment);

/** The longest of the whole words first, and none of them out of the middle of a longer number. */
function words(text: string, wholes: readonly string[]): string[] {
  if (wholes.length === 0) return segments(text);
  const longestFirst = [...new Set(wholes)].sort((a, b) => b.length - a.length).map(escaped);
  const splitter = new RegExp(`((?<![\\d.])(?:${longestFirst.join("|")})(?![\\d]|\\.\\d))`);
  return text.split(splitter).flatMap((part, index) => (index % 2 === 1 ? [part] : segments(part)));
}

function boundWords(block: ContentBlock): string[] {
  if (block.type === "table") return [];
  return (block.content ?? [])
    .filter((node) => node.type !== "text")
    .map(inlineText)
    .filter((text) => text !== "");
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

const pieces = (parts: readonly (readonly [Change["kind"], string])[]): Change[] =>
  parts.flatMap(([kind, text]) => (text === "" ? [] : [{ kind, text }]));

function entire(block: ContentBlock, kind: "added" | "removed"): BlockChange {
  const cell = (text: string): CellChange => ({ kind, changes: pieces([[kind, text]]) });
  const rows =
    block.type === "table" ? tableGrid(block).map((row): RowChange => ({ kind, cells: row.map(cell) })) : null;
  const changes = pieces([[kind, blockText(block)]]);
  return { id: block.attrs.id, kind, block, changes, rows, form: [], moved: null };
}
