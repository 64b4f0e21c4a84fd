/**
 * The neutral document between the departments' texts and every format. Pure data: no dates of rendering, no random
 * ids, so that the same approved texts always give the same bytes. An edition stores it frozen.
 */
export type ReportDocument = {
  schema: "huibao.report/1";
  report: {
    slug: string;
    /** Name for lists and file names; the printed title is the block of kind "title". */
    name: string;
    jurisdiction: string;
    year: number;
    /** 1 for January–June, 2 for the whole year's second half. */
    half: 1 | 2;
  };
  /** Who supplied what, in reading order. Spans and annexes point into this list. */
  contributions: Contribution[];
  blocks: Block[];
  annexes: Annex[];
  /** The rows behind the annex that is compiled from figures, in its order; left out where a report has none. */
  indicators?: DocumentIndicator[];
};

/** An approved row of the table with what its figures stand for; `from` points into `contributions`. */
export type DocumentIndicator = import("../domain/indicator/figure").IndicatorRow & {
  from: number;
  sources: Partial<Record<string, { department: string; document: string; date: string | null }>>;
};

/** One department's approved leaf. `revision` is the immutable text that was approved. */
export type Contribution = {
  section: string;
  title: string;
  department: string;
  revision: string;
  /** The revision's number within its section, from 1. */
  number: number;
};

/** `from` is an index into `contributions`; `block` is the block id in that leaf's text. */
export type Span = { text: string; lead?: true; from: number; block: string; figure?: SpanFigure };

/** Words that came from the table: of which indicator (null: counted over all), and what of it. */
export type SpanFigure = { indicator: string | null; field: string; override?: true };

export type Block =
  | { kind: "title" | "delivery" | "speaker" | "salutation"; id: string; spans: Span[] }
  /** level 1: 一、 level 2: （一）. `number` has its punctuation: "一、", "（一）". */
  | { kind: "heading"; id: string; level: 1 | 2; number: string; text: string }
  /** `number` only on numbered items: "1." (renderers add the space that their format wants). */
  | { kind: "paragraph"; id: string; number?: string; spans: Span[] }
  /** Printed with a leading "——". */
  | { kind: "bullet"; id: string; spans: Span[] }
  /** A point of the fourth level; `number` has its brackets: "（1）". */
  | { kind: "numbered"; id: string; number: string; spans: Span[] }
  | TableInText;

/** A small table between paragraphs: cells as printed, every row equally long. `from` and `block` as in Span. */
export type TableInText = {
  kind: "table";
  id: string;
  from: number;
  block: string;
  header?: string[];
  rows: string[][];
};

/**
 * `title` is the annex's name without the word 附件; `header` and `rows` are cells as printed. `from` is who supplied it,
 * or null where every row has a supplier of its own (`indicators`).
 */
export type Annex = { id: string; title: string; from: number | null; header: string[]; rows: string[][] };

/** An approved row of the indicators' table as `compile` reads it, in the table's order. */
export type IndicatorInput = {
  id: string;
  department: string;
  /** The approved row, or null when there is none yet. */
  revision: { id: string; number: number; row: Omit<DocumentIndicator, "from"> } | null;
  name: string;
};

/** What `compile` reads: one row per outline node, in any order. */
export type OutlineRow = {
  id: string;
  parentId: string | null;
  position: number;
  kind: import("../domain/section/workflow").SectionKind;
  /** Headings and annexes print it (without number); leaves carry it for lists. */
  title: string;
  /** True when the leaf goes on in the paragraph of the leaf before it (a bold run-in lead). */
  runOn: boolean;
  department: string;
  /** The approved text, or null when there is none yet. Headings have none. */
  revision: { id: string; number: number; content: import("../domain/section/content").Content } | null;
};

/** All rows of a table in the text, the header first. */
export const tableRows = ({ header, rows }: Pick<TableInText, "header" | "rows">): string[][] =>
  header ? [header, ...rows] : rows;
