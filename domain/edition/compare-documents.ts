import { annexLabel } from "../../render/annex-names";
import type {
  Asked,
  ComparedBlock,
  ComparedEdition,
  ComparedGrid,
  ComparedTable,
  Comparison,
  TextKind,
} from "../../render/comparison";
import type { Annex, Block, ReportDocument } from "../../render/report-document";
import { inOneOrder } from "../section/compare-lists";
import { changedCells, compareGrids, gridAs, isSame, type Grid } from "./compare-grids";
import { blockKey, pairPieces, piecesOf, type Piece } from "./compare-pairs";
import { cellAs, compareCell, compareSpans, compareWhole, spansAs, type Room, type Words } from "./compare-spans";

/**
 * What somebody asked for, and of what: a leaf or an indicator by id, with the block in it when it was about one; null for
 * the whole report.
 */
export type AskedOf = { of: string | null; block: string | null; asked: Asked };

/** Of both sides: a report of 20,000 letters written anew three times over. A page is not held up for more. */
const LETTERS = 120_000;

/**
 * 花脸稿: what became of one edition in another. Pure. Blocks are matched by leaf and id first, then by their words; text is
 * compared by word, a table by cell, and what was put elsewhere is a move. What only counts differently is changed in its
 * mark alone. `asked` goes to what changed of the block, or else of the leaf, that it was about.
 */
export function compareDocuments(
  from: { edition: ComparedEdition; document: ReportDocument },
  to: { edition: ComparedEdition; document: ReportDocument },
  asked: readonly AskedOf[] = [],
): Comparison {
  const [before, after] = [piecesOf(from.document), piecesOf(to.document)];
  const room: Room = { letters: LETTERS };
  const blocks = compareBlocks(before, after, room);
  const annexes = compareAnnexes(from.document, to.document, room);
  const known = new Set([...before, ...after].flatMap(({ keys }) => keys));
  const targets = [...blocks.flatMap(blockTarget), ...annexes.flatMap(annexTargets)];
  return {
    from: from.edition,
    to: to.edition,
    blocks: blocks.map(({ block }) => block),
    annexes,
    asked: handOut(asked, targets, known),
    counts: countsOf(
      blocks.map(({ block }) => block),
      annexes,
    ),
  };
}

export const isUnchanged = ({ counts }: Pick<Comparison, "counts">): boolean =>
  Object.values(counts).every((count) => count === 0);

/** A block with the pieces that it was made of. */
type Made = { block: ComparedBlock; of: Piece[] };

function compareBlocks(before: readonly Piece[], after: readonly Piece[], room: Room): Made[] {
  const moves = new Map<number, number>();
  return inOneOrder(pairPieces(before, after), before.length, after.length).flatMap((step): Made[] => {
    const old = step.from === null ? undefined : before[step.from];
    const now = step.to === null ? undefined : after[step.to];
    if (!old || !now || step.to === null) {
      const piece = now ?? old;
      return piece ? [{ block: whole(piece.block, now ? "inserted" : "deleted"), of: [piece] }] : [];
    }
    if (step.stands === "still") return [{ block: compareTwo(old.block, now.block, room), of: [now, old] }];
    const move = moves.get(step.to) ?? moves.size + 1;
    moves.set(step.to, move);
    return step.stands === "left"
      ? [{ block: { ...whole(old.block, "same"), change: "moved-from", move }, of: [] }]
      : [{ block: { ...compareTwo(old.block, now.block, room), change: "moved-to", move }, of: [now, old] }];
  });
}

function compareTwo(old: Block, now: Block, room: Room): ComparedBlock {
  if (old.kind === "table" || now.kind === "table") {
    const grid = compareGrids(gridOf(old), gridOf(now), room);
    return { id: now.id, change: isSameGrid(grid) ? "same" : "changed", kind: "table", asked: [], ...grid };
  }
  const mark = compareWhole(markOf(old), markOf(now));
  const spans = compareSpans(wordsOf(old), wordsOf(now), room);
  const isSetAlike = old.kind === now.kind && levelOf(old).level === levelOf(now).level;
  const change = isSetAlike && isSame(mark) && isSame(spans) ? "same" : "changed";
  return { id: now.id, change, ...setAs(now), ...(isSetAlike ? {} : { was: setAs(old) }), mark, spans, asked: [] };
}

function whole(block: Block, change: "same" | "inserted" | "deleted"): ComparedBlock {
  if (block.kind === "table") {
    return { id: block.id, change, kind: "table", asked: [], ...gridAs(gridOf(block), change) };
  }
  const words = { mark: cellAs(markOf(block), change), spans: spansAs(wordsOf(block), change) };
  return { id: block.id, change, ...setAs(block), ...words, asked: [] };
}

type TextBlock = Exclude<Block, { kind: "table" }>;

const setAs = (block: TextBlock): { kind: TextKind; level?: 1 | 2 } => ({ kind: block.kind, ...levelOf(block) });
const levelOf = (block: TextBlock): { level?: 1 | 2 } => (block.kind === "heading" ? { level: block.level } : {});
const wordsOf = (block: TextBlock): Words => (block.kind === "heading" ? [{ text: block.text }] : block.spans);

const gridOf = (block: Block): Grid =>
  block.kind === "table" ? { header: block.header ?? null, rows: block.rows } : { header: null, rows: [] };

const isSameGrid = ({ columns, header, rows }: ComparedGrid): boolean =>
  columns.every((change) => change === "same") &&
  (header ?? []).every(isSame) &&
  rows.every((row) => row.change === "same");

/** What is printed before a block's words. */
function markOf(block: TextBlock): string {
  switch (block.kind) {
    case "heading":
    case "numbered":
      return block.number;
    case "paragraph":
      return block.number ?? "";
    case "bullet":
      return "——";
    default:
      return "";
  }
}

/** Annexes are matched by id, then by title; one that stands in another order is gone there and new here. */
function compareAnnexes(before: ReportDocument, after: ReportDocument, room: Room): ComparedTable[] {
  const was = pairAnnexes(before.annexes, after.annexes);
  const label = (document: ReportDocument, at: number) => annexLabel(at, document.annexes.length);
  return inOneOrder(was, before.annexes.length, after.annexes.length).flatMap(
    ({ from, to, stands }): ComparedTable[] => {
      const old = from === null ? undefined : before.annexes[from];
      const now = to === null ? undefined : after.annexes[to];
      if (old && now && from !== null && to !== null && stands === "still") {
        const grid = compareGrids(annexGrid(old, before), annexGrid(now, after), room);
        const mark = compareWhole(label(before, from), label(after, to));
        const title = compareCell(old.title, now.title, room);
        const change = isSame(mark) && isSame(title) && isSameGrid(grid) ? "same" : "changed";
        return [{ id: now.id, mark, title, change, asked: [], ...grid }];
      }
      if (now && to !== null && stands !== "left") return [wholeAnnex(now, after, label(after, to), "inserted")];
      return old && from !== null ? [wholeAnnex(old, before, label(before, from), "deleted")] : [];
    },
  );
}

function pairAnnexes(before: readonly Annex[], after: readonly Annex[]): Map<number, number> {
  const was = new Map<number, number>();
  for (const key of [(annex: Annex) => annex.id, (annex: Annex) => annex.title]) {
    for (const [to, annex] of after.entries()) {
      const taken = new Set(was.values());
      const from = before.findIndex((old, at) => !taken.has(at) && key(old) === key(annex));
      if (!was.has(to) && from !== -1) was.set(to, from);
    }
  }
  return was;
}

function wholeAnnex(
  annex: Annex,
  document: ReportDocument,
  label: string,
  change: "inserted" | "deleted",
): ComparedTable {
  const [mark, title] = [cellAs(label, change), cellAs(annex.title, change)];
  return { id: annex.id, mark, title, change, asked: [], ...gridAs(annexGrid(annex, document), change) };
}

/** Of the annex that is compiled from figures every row is known by its indicator. */
function annexGrid({ from, header, rows }: Annex, { indicators, contributions }: ReportDocument): Grid {
  const ids = from === null ? indicators?.flatMap((row) => contributions[row.from]?.section ?? []) : undefined;
  return { header, rows, ...(ids && ids.length === rows.length ? { ids } : {}) };
}

/** Something that changed, and what may have been asked of it. */
type Target = { keys: readonly string[]; of: readonly string[]; asked: Asked[] };

function blockTarget({ block, of }: Made): Target[] {
  if (block.change === "same" || block.change === "moved-from") return [];
  return [{ keys: of.flatMap(({ keys }) => keys), of: of.flatMap(({ leaves }) => leaves), asked: block.asked }];
}

function annexTargets(annex: ComparedTable): Target[] {
  if (annex.change === "same") return [];
  const rows = annex.rows.flatMap((row): Target[] => {
    if (row.of === undefined || row.change === "same") return [];
    row.asked = [];
    return [{ keys: [], of: [row.of], asked: row.asked }];
  });
  return [{ keys: [], of: [annex.id], asked: annex.asked }, ...rows];
}

/** Returns what was asked of the whole. What was asked of a block that is as it was is told nowhere. */
function handOut(asked: readonly AskedOf[], targets: readonly Target[], known: ReadonlySet<string>): Asked[] {
  const ofReport: Asked[] = [];
  const [byKey, byLeaf] = [new Map<string, Target>(), new Map<string, Target>()];
  for (const target of targets) {
    for (const key of target.keys) if (!byKey.has(key)) byKey.set(key, target);
    for (const leaf of target.of) if (!byLeaf.has(leaf)) byLeaf.set(leaf, target);
  }
  for (const { of, block, asked: one } of asked) {
    const key = of === null || block === null ? null : blockKey(of, block);
    const target =
      (key === null ? undefined : byKey.get(key)) ??
      (of !== null && !(key && known.has(key)) ? byLeaf.get(of) : undefined);
    const list = of === null ? ofReport : target?.asked;
    const isTold = list?.some(({ kind, by, text }) => kind === one.kind && by === one.by && text === one.text);
    if (!isTold) list?.push(one);
  }
  return ofReport;
}

function countsOf(blocks: readonly ComparedBlock[], annexes: readonly ComparedTable[]): Comparison["counts"] {
  const count = (change: ComparedBlock["change"]) =>
    blocks.filter((block) => block.change === change && (block.kind !== "table" || change !== "changed")).length +
    annexes.filter((annex) => annex.change === change && change !== "changed").length;
  const titles = annexes.filter(({ change, mark, title }) => change === "changed" && !(isSame(mark) && isSame(title)));
  const grids = [...blocks.filter((block) => block.kind === "table"), ...annexes];
  return {
    inserted: count("inserted"),
    deleted: count("deleted"),
    changed: count("changed") + titles.length,
    moved: count("moved-to"),
    cells: grids
      .filter(({ change }) => change === "changed" || change === "moved-to")
      .reduce((sum, grid) => sum + changedCells(grid), 0),
  };
}
