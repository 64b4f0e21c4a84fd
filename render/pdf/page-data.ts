import { annexLabel, annexNames } from "../annex-names";
import type { EditionMark } from "../edition-mark";
import { markAlt, markSvg, markWords } from "../mark-words";
import type { Annex, Block, ReportDocument, Span, TableInText } from "../report-document";
import { type LinePiece, linePieces } from "./line-pieces";
import { printable } from "./printable";
import { remember } from "./remember";
import { type TableLayout, tableLayout } from "./table-layout";
import { textWidth } from "./text-width";
import { titleLines } from "./title-lines";

/** What the Typst template reads. Texts are without invisible characters; `mark` is printed before a paragraph. */
export type PageData = {
  title: string;
  blocks: PageBlock[];
  annexes: PageAnnex[];
  edition: PageMark | null;
  /** Said at the head of every page of a text that is not sealed; empty otherwise. */
  draft: string;
};

type PageSpan = { lead: boolean; pieces: PagePiece[] };
/** A text alone may be broken like any; see LinePiece for the others. */
type PagePiece = string | LinePiece;
type PageBlock =
  | { kind: "title" | "delivery" | "speaker"; lines: string[] }
  | { kind: "salutation"; spans: PageSpan[] }
  | { kind: "heading"; level: number; pieces: PagePiece[] }
  | { kind: "text"; mark: string; spans: PageSpan[] }
  | (PageTable & { kind: "table"; headed: boolean });
/** `wordy` marks the columns that are set flush left. */
type PageTable = { layout: TableLayout; wordy: boolean[]; cells: PageCell[] };
/** A short cell has its lines like a heading's; a wordy one flows. `rows` is how many it spans. */
type PageCell = { rows: number } & ({ lines: string[] } | { pieces: PagePiece[] });
type PageAnnex = PageTable & { label: string; name: string; title: string; lines: string[] };
type PageMark = {
  underTitle: string | null;
  head: string;
  lines: string[];
  correction: string | null;
  qr: string;
  alt: string;
};

export type PageOptions = { mark?: EditionMark; draft?: boolean };

export function pageData(document: ReportDocument, { mark, draft = false }: PageOptions = {}): PageData {
  const names = annexNames(document);
  return {
    title: printable(titleOf(document)),
    blocks: document.blocks.map(pageBlock),
    annexes: document.annexes.map((annex, index) =>
      pageAnnex(annex, annexLabel(index, names.length), names[index] ?? annex.title),
    ),
    edition: mark ? pageMark(mark) : null,
    draft: draft ? "未封存的稿件" : "",
  };
}

function titleOf({ blocks, report }: ReportDocument): string {
  for (const block of blocks) if (block.kind === "title") return words(block.spans);
  return report.name;
}

function pageBlock(block: Block): PageBlock {
  switch (block.kind) {
    case "title":
      return { kind: "title", lines: titleLines(printable(words(block.spans)), TITLE_ROOM) };
    case "delivery":
    case "speaker":
      return { kind: block.kind, lines: titleLines(printable(words(block.spans)), BODY_ROOM) };
    case "heading":
      return { kind: "heading", level: block.level, pieces: pagePieces(block.number + block.text) };
    case "paragraph":
      return { kind: "text", mark: block.number ?? "", spans: pageSpans(block.spans) };
    case "bullet":
      return { kind: "text", mark: "——", spans: pageSpans(block.spans) };
    case "numbered":
      return { kind: "text", mark: block.number, spans: pageSpans(block.spans) };
    case "table":
      return pageTable(block);
    default:
      return { kind: block.kind, spans: pageSpans(block.spans) };
  }
}

/** What a line holds, in ems of its type: 156 mm of 22 pt and of 16 pt, 225 mm of 22 pt; less one so that it is centred. */
const TITLE_ROOM = 19;
const BODY_ROOM = 27;
const ANNEX_TITLE_ROOM = 27;

/** The landscape text area, 225 × 156 mm in points. */
const SHEET_WIDTH = (225 / 25.4) * 72;
const SHEET_HEIGHT = (156 / 25.4) * 72;

/** The upright text area, 156 × 225 mm in points, and 小四. */
const PAGE_WIDTH = SHEET_HEIGHT;
const PAGE_HEIGHT = SHEET_WIDTH;
const LARGEST_IN_TEXT = 12;

function pageTable(table: TableInText): PageBlock {
  const rows = table.rows.map((row) => row.map(printable));
  const header = table.header?.map(printable) ?? rows[0]?.map(() => "") ?? [];
  return { kind: "table", headed: table.header !== undefined, ...sheetOf({ header, rows, isAnnex: false }) };
}

function pageAnnex(annex: Annex, label: string, name: string): PageAnnex {
  const header = annex.header.map(printable);
  const rows = annex.rows.map((row) => row.map(printable));
  const title = printable(annex.title);
  return {
    label,
    name: printable(name),
    title,
    lines: titleLines(title, ANNEX_TITLE_ROOM),
    ...sheetOf({ header, rows, isAnnex: true }),
  };
}

type Sheet = Pick<Annex, "header" | "rows"> & { isAnnex: boolean };

const sheetOf = (sheet: Sheet): PageTable => knownSheet(JSON.stringify(sheet));
const knownSheet = remember(50, (text) => layOut(JSON.parse(text) as Sheet));

/** Cells row by row without those that a merged remark covers. */
function layOut({ isAnnex, ...table }: Sheet): PageTable {
  const layout = isAnnex
    ? tableLayout(table, SHEET_WIDTH, SHEET_HEIGHT)
    : tableLayout(table, PAGE_WIDTH, PAGE_HEIGHT, LARGEST_IN_TEXT);
  const wordy = table.header.map((_, x) => table.rows.some((row) => textWidth(row[x] ?? "") > 12));
  const room = layout.widths.map((width) => (width - 2 * layout.inset.x) / layout.size);
  const cells = table.rows.flatMap((row, y) =>
    row.flatMap((cell, x): PageCell[] => {
      const rows = layout.spans[y]?.[x] ?? 1;
      if (rows === 0) return [];
      return [{ rows, ...(wordy[x] ? flowing(cell, room[x] ?? 1) : { lines: titleLines(cell, room[x] ?? 1) }) }];
    }),
  );
  return { layout, wordy, cells };
}

/** A figure wider than its column is left to break. */
function flowing(cell: string, room: number): { pieces: PagePiece[] } {
  const pieces = pagePieces(cell);
  const fits = pieces.every((piece) => typeof piece === "string" || textWidth(piece.text) <= room);
  return { pieces: fits ? pieces : [cell] };
}

function pageMark(mark: EditionMark): PageMark {
  const { underTitle, head, lines, correction } = markWords(mark);
  return {
    underTitle: underTitle && printable(underTitle),
    head: printable(head),
    lines: lines.map(({ label, value }) => printable(`${label}：${value}`)),
    correction: correction && printable(correction),
    qr: markSvg(mark),
    alt: markAlt(mark),
  };
}

/** Neighbouring spans of one kind are one text: a figure that came from the table is a span without its unit. */
function pageSpans(spans: readonly Span[]): PageSpan[] {
  const texts: { lead: boolean; text: string }[] = [];
  for (const { text, lead = false } of spans) {
    const last = texts.at(-1);
    if (last?.lead === lead) last.text += text;
    else texts.push({ lead, text });
  }
  return texts.map(({ lead, text }) => ({ lead, pieces: pagePieces(text) }));
}

const pagePieces = remember(5000, (text): PagePiece[] =>
  linePieces(printable(text)).map((piece) => (piece.kept || piece.loose ? piece : piece.text)),
);

function words(spans: readonly Span[]): string {
  return spans.map((span) => span.text).join("");
}
