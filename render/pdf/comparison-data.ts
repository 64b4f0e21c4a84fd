import type {
  Asked,
  Change,
  ComparedBlock,
  ComparedGrid,
  ComparedRow,
  ComparedSpan,
  ComparedTable,
  ComparedText,
  Comparison,
} from "../comparison";
import { type LinePiece, linePieces } from "./line-pieces";
import { printable } from "./printable";
import { type TableLayout, tableLayout } from "./table-layout";
import { textWidth } from "./text-width";
import { titleLines } from "./title-lines";

/** What the template of a comparison reads. Texts are without invisible characters. */
export type ComparisonData = {
  title: string;
  /** At the head of every page: the two editions. */
  draft: string;
  head: { title: string; from: string; to: string; counts: string; asked: string[] };
  blocks: PageBlock[];
  annexes: PageAnnex[];
  notes: { number: number; text: string }[];
};

type PageSpan = { lead: boolean; change: Change; pieces: (string | LinePiece)[] };
/** `sign` stands in the margin (增, 删, 改, 移), `move` before the words, `notes` are numbers after them. */
type Told = { sign: string; move: string; notes: number[] };
type PageBlock =
  | (Told & { kind: "title" | "delivery" | "speaker"; lines: string[] | null; spans: PageSpan[] })
  | (Told & { kind: "salutation" | "text"; spans: PageSpan[] })
  | (Told & { kind: "heading"; level: number; gone: boolean; spans: PageSpan[] })
  | (Told & { kind: "table" } & PageTable);
/** Before the table's own columns stands one of signs. */
type PageTable = {
  headed: boolean;
  layout: TableLayout;
  wordy: boolean[];
  header: PageSpan[][];
  rows: { sign: string; notes: number[]; cells: PageSpan[][] }[];
};
type PageAnnex = PageTable & {
  mark: PageSpan[];
  title: PageSpan[];
  lines: string[] | null;
  name: string;
  notes: number[];
};

/** Pure. `known` says whether there is a face for a character: what somebody asked for may hold others than the report. */
export function comparisonData(comparison: Comparison, known: (character: string) => boolean): ComparisonData {
  const { from, to, blocks, annexes, counts } = comparison;
  const notes = new Map<string, number>();
  const shown = (text: string) => Array.from(printable(text), (one) => (known(one) ? one : MISSING)).join("");
  const numbered = (asked: readonly Asked[]): number[] =>
    asked.map((one) => {
      const text = shown(`${ASKED[one.kind]}（${one.by}）：${one.text.replace(/\s+/gu, " ")}`);
      const number = notes.get(text) ?? notes.size + 1;
      notes.set(text, number);
      return number;
    });
  const directions = directionsOf(blocks);
  return {
    title: printable(`${to.name}（花脸稿）`),
    draft: printable(`花脸稿　${from.label}（${from.date}）→ ${to.label}（${to.date}）`),
    head: {
      title: printable(to.name),
      from: printable(`${from.label}，${from.date}封存`),
      to: printable(`${to.label}，${to.date}封存`),
      counts: countWords(counts),
      asked: comparison.asked.map((one) => shown(`${ASKED[one.kind]}（${one.by}）：${one.text}`)),
    },
    blocks: blocks.map((block) => pageBlock(block, directions, numbered)),
    annexes: annexes.map((annex) => pageAnnex(annex, numbered)),
    notes: [...notes].map(([text, number]) => ({ number, text })),
  };
}

/** Every text of it that is the editions' own, with the face of its place as a rule. */
export function comparedTexts({ blocks, annexes }: Comparison): string[] {
  const grid = ({ header, rows }: ComparedGrid) => [...(header ?? []), ...rows.flatMap(({ cells }) => cells)].flat();
  const spans = [
    ...blocks.flatMap((block) => (block.kind === "table" ? grid(block) : [...block.mark, ...block.spans])),
    ...annexes.flatMap((annex) => [...annex.mark, ...annex.title, ...grid(annex)]),
  ];
  return spans.map(({ text }) => printable(text));
}

/** As printers set what they have no type for. */
const MISSING = "〓";
/** What a line holds, in ems of its type, less one so that it is centred: as in page-data.ts. */
const ROOM = { title: 19, other: 27, annex: 27 };

const ASKED: Record<Asked["kind"], string> = {
  return: "退回意见",
  suggestion: "修改建议",
  consultation: "征求意见",
  correction: "更正说明",
};

function countWords({ inserted, deleted, changed, moved, cells }: Comparison["counts"]): string {
  const places = inserted + deleted + changed + moved;
  if (places + cells === 0) return "两稿文字相同。";
  return `共改动${places}处：修改${changed}处，新增${inserted}处，删除${deleted}处，移动${moved}处；表格改动${cells}格。`;
}

/** Of every move whether it went down: whether its place now is after the one before. */
function directionsOf(blocks: readonly ComparedBlock[]): Map<number, boolean> {
  const down = new Map<number, boolean>();
  for (const { move, change } of blocks)
    if (move !== undefined && !down.has(move)) down.set(move, change === "moved-from");
  return down;
}

const SIGNS = { same: "", inserted: "增", deleted: "删", changed: "改", "moved-from": "移", "moved-to": "移" } as const;

function pageBlock(
  block: ComparedBlock,
  directions: ReadonlyMap<number, boolean>,
  numbered: (asked: readonly Asked[]) => number[],
): PageBlock {
  const told = { sign: SIGNS[block.change], move: moveWords(block, directions), notes: numbered(block.asked) };
  if (block.kind === "table")
    return { ...told, kind: "table", ...pageTable(block, numbered, [PAGE_WIDTH, PAGE_HEIGHT]) };
  const gone = block.change === "deleted" || block.change === "moved-from";
  const spans = pageSpans(movedAway(block) ? struck([...block.mark, ...block.spans]) : [...block.mark, ...block.spans]);
  switch (block.kind) {
    case "heading":
      return { ...told, kind: "heading", level: block.level ?? 1, gone, spans };
    case "paragraph":
    case "bullet":
    case "numbered":
      return { ...told, kind: "text", spans };
    case "salutation":
      return { ...told, kind: "salutation", spans };
    default: {
      const room = block.kind === "title" ? ROOM.title : ROOM.other;
      const lines = block.change === "same" ? titleLines(textOf(block.spans), room) : null;
      return { ...told, kind: block.kind, lines, spans };
    }
  }
}

const textOf = (spans: readonly ComparedSpan[]): string => spans.map(({ text }) => printable(text)).join("");
const movedAway = ({ change }: ComparedText): boolean => change === "moved-from";
/** What stood here before it was put elsewhere is crossed out as what is gone. */
const struck = (spans: readonly ComparedSpan[]): ComparedSpan[] =>
  spans.map((span) => ({ ...span, change: "deleted" }));

function moveWords({ change, move }: ComparedBlock, directions: ReadonlyMap<number, boolean>): string {
  if (move === undefined) return "";
  const isDown = directions.get(move) === true;
  if (change === "moved-from") return isDown ? `〔移动${move}↓移至后文〕` : `〔移动${move}↑移至前文〕`;
  return isDown ? `〔移动${move}↑移自前文〕` : `〔移动${move}↓移自后文〕`;
}

function pageSpans(spans: readonly ComparedSpan[]): PageSpan[] {
  return spans.map(({ text, lead, change }) => ({
    lead: lead === true,
    change,
    pieces: linePieces(printable(text)).map((piece) => (piece.kept || piece.loose ? piece : piece.text)),
  }));
}

/** The landscape text area, 225 × 156 mm in points, and the upright one; 小四 in the text. */
const SHEET_WIDTH = (225 / 25.4) * 72;
const SHEET_HEIGHT = (156 / 25.4) * 72;
const PAGE_WIDTH = SHEET_HEIGHT;
const PAGE_HEIGHT = SHEET_WIDTH;
const LARGEST = 10.5;

function pageTable(
  { header, rows }: ComparedGrid,
  numbered: (asked: readonly Asked[]) => number[],
  [width, height]: readonly [number, number],
): PageTable {
  const moves = rows.flatMap(({ move }) => move ?? []);
  const plain = {
    header: ["改", ...(header ?? rows[0]?.cells ?? []).map(textOf)],
    rows: rows.map((row) => [rowSign(row, moves), ...row.cells.map(textOf)]),
  };
  return {
    headed: header !== null,
    layout: tableLayout(plain, width, height, LARGEST),
    wordy: plain.header.map((_, x) => plain.rows.some((row) => textWidth(row[x] ?? "") > 12)),
    header: (header ?? []).map(pageSpans),
    rows: rows.map((row) => ({
      sign: rowSign(row, moves),
      notes: numbered(row.asked ?? []),
      cells: row.cells.map(pageSpans),
    })),
  };
}

/** A row that was put elsewhere: 移1 at both its places. */
const rowSign = ({ change, move, renumbered }: ComparedRow, moves: readonly number[]): string => {
  if (renumbered) return "";
  return move === undefined ? SIGNS[change] : moves.length > 2 ? `移${move}` : "移";
};

function pageAnnex(annex: ComparedTable, numbered: (asked: readonly Asked[]) => number[]): PageAnnex {
  const name = annex.title.flatMap(({ change, text }) => (change === "deleted" ? [] : [text])).join("");
  const isSame = annex.title.every(({ change }) => change === "same");
  return {
    mark: pageSpans(annex.mark),
    title: pageSpans(annex.title),
    lines: isSame ? titleLines(printable(name), ROOM.annex) : null,
    name: printable(name || annex.title.map(({ text }) => text).join("")),
    notes: numbered(annex.asked),
    ...pageTable(annex, numbered, [SHEET_WIDTH, SHEET_HEIGHT]),
  };
}
