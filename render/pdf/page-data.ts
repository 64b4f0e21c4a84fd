import { annexLabel, annexNames } from "../annex-names";
import type { Annex, Block, ReportDocument, Span, TableInText } from "../report-document";
import { type TableLayout, tableLayout } from "./table-layout";
import { textWidth } from "./text-width";
import { titleLines } from "./title-lines";
import { printable } from "./uncovered-characters";

/** What the Typst template reads. Texts are without invisible characters; `mark` is printed before a paragraph. */
export type PageData = { title: string; blocks: PageBlock[]; annexes: PageAnnex[] };

type PageSpan = { text: string; lead: boolean };
type PageBlock =
  | { kind: "title" | "delivery" | "speaker"; lines: string[] }
  | { kind: "salutation"; spans: PageSpan[] }
  | { kind: "heading"; level: number; text: string }
  | { kind: "text"; mark: string; spans: PageSpan[] }
  | (PageTable & { kind: "table"; headed: boolean });
/** `wordy` marks the columns that are set flush left. */
type PageTable = { layout: TableLayout; wordy: boolean[]; rows: string[][] };
type PageAnnex = PageTable & { label: string; name: string; title: string; lines: string[] };

export function pageData(document: ReportDocument): PageData {
  const names = annexNames(document);
  return {
    title: printable(titleOf(document)),
    blocks: document.blocks.map(pageBlock),
    annexes: document.annexes.map((annex, index) =>
      pageAnnex(annex, annexLabel(index, names.length), names[index] ?? annex.title),
    ),
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
      return { kind: "heading", level: block.level, text: printable(block.number + block.text) };
    case "paragraph":
      return { kind: "text", mark: block.number ?? "", spans: block.spans.map(pageSpan) };
    case "bullet":
      return { kind: "text", mark: "——", spans: block.spans.map(pageSpan) };
    case "numbered":
      return { kind: "text", mark: block.number, spans: block.spans.map(pageSpan) };
    case "table":
      return pageTable(block);
    default:
      return { kind: block.kind, spans: block.spans.map(pageSpan) };
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
  return {
    kind: "table",
    headed: table.header !== undefined,
    layout: tableLayout({ header, rows }, PAGE_WIDTH, PAGE_HEIGHT, LARGEST_IN_TEXT),
    wordy: wordyColumns(header, rows),
    rows,
  };
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
    layout: tableLayout({ header, rows }, SHEET_WIDTH, SHEET_HEIGHT),
    wordy: wordyColumns(header, rows),
    rows,
  };
}

const wordyColumns = (header: readonly string[], rows: readonly string[][]): boolean[] =>
  header.map((_, x) => rows.some((row) => textWidth(row[x] ?? "") > 12));

function pageSpan(span: Span): PageSpan {
  return { text: printable(span.text), lead: span.lead === true };
}

function words(spans: readonly Span[]): string {
  return spans.map((span) => span.text).join("");
}
