import {
  type Content,
  type ContentBlock,
  type TableBlock,
  type TextBlock,
  blockText,
  hasHeaderRow,
  inlineText,
  tableGrid,
} from "../domain/section/content";
import type { Binding } from "../domain/indicator/binding";
import { chapterNumber, itemNumber, partNumber, pointNumbers } from "../domain/section/numbering";
import { annexHeader, annexRows } from "../domain/indicator/printing";
import { CompileError, type OutlineNode, outlineTree } from "./outline-tree";
import type {
  Annex,
  Block,
  IndicatorInput,
  OutlineRow,
  ReportDocument,
  Span,
  SpanFigure,
  TableInText,
} from "./report-document";

/** What is not approved yet: a leaf, or the figures of an indicator. */
export type MissingLeaf = { kind: "leaf" | "indicator"; section: string; title: string; department: string };
export type Compiled = { document: ReportDocument; missing: MissingLeaf[] };

/**
 * Puts the approved texts in printing order under official numbers. Pure: the same rows in any order give the same
 * document. A leaf without an approved text is left out and listed in `missing` (in reading order) while the numbers
 * of the others stand; so is an indicator without approved figures. The texts' figures are frozen already. Throws
 * CompileError when the outline is not a tree, a table stands in a line, or the indicators' table comes twice.
 */
export function compile(
  report: ReportDocument["report"],
  rows: readonly OutlineRow[],
  indicators: readonly IndicatorInput[] = [],
): Compiled {
  const compiled: Compiled = {
    document: { schema: "huibao.report/1", report, contributions: [], blocks: [], annexes: [] },
    missing: [],
  };
  addSiblings(outlineTree(rows), compiled, indicators);
  compiled.document.blocks = withUniqueIds(compiled.document.blocks.map(withMergedSpans));
  return compiled;
}

type Paragraph = Extract<Block, { kind: "paragraph" }>;

/** Walks one heading's leaves and headings. `open` is the paragraph that a run-on leaf would go on in. */
function addSiblings(
  siblings: readonly OutlineNode[],
  compiled: Compiled,
  indicators: readonly IndicatorInput[],
): void {
  const { blocks } = compiled.document;
  const count = { part: 0, chapter: 0, item: 0 };
  let open: Paragraph | null = null;
  for (const { row, children } of siblings) {
    if (row.kind === "part" || row.kind === "chapter") {
      const position = ++count[row.kind];
      const heading =
        row.kind === "part"
          ? { level: 1 as const, number: partNumber(position) }
          : { level: 2 as const, number: chapterNumber(position) };
      blocks.push({ kind: "heading", id: row.id, ...heading, text: oneLine(row.title) });
      addSiblings(children, compiled, indicators);
      open = null;
      continue;
    }
    if (row.kind === "indicators") {
      addTable(row, indicators, compiled);
      continue;
    }
    const number = row.kind === "item" ? itemNumber(++count.item) : undefined;
    const joins = row.runOn && row.kind === "text";
    if (!row.revision) {
      compiled.missing.push({ kind: "leaf", section: row.id, title: row.title, department: row.department });
      if (!joins) open = null;
      continue;
    }
    const from = addContribution(row, row.revision, compiled);
    if (row.kind === "annex") compiled.document.annexes.push(annexOf(row, row.revision.content, from));
    else open = addLeaf({ row, content: row.revision.content, from, number, open: joins ? open : null }, blocks);
  }
}

/** The annex of the approved rows under the official headings (domain/indicator/printing.ts). */
function addTable(node: OutlineRow, indicators: readonly IndicatorInput[], compiled: Compiled): void {
  const { document, missing } = compiled;
  if (document.indicators) throw new CompileError("indicators-twice", node.id);
  const approved = indicators.flatMap(({ id, name, department, revision }) => {
    if (!revision) {
      missing.push({ kind: "indicator", section: node.id, title: name, department });
      return [];
    }
    const contribution = { section: id, title: name, department, revision: revision.id, number: revision.number };
    return [{ ...revision.row, from: document.contributions.push(contribution) - 1 }];
  });
  document.indicators = approved;
  document.annexes.push({
    id: node.id,
    title: oneLine(node.title),
    from: null,
    header: annexHeader(document.report.year, document.report.half),
    rows: annexRows(approved),
  });
}

function addContribution(row: OutlineRow, revision: { id: string; number: number }, compiled: Compiled): number {
  const { contributions } = compiled.document;
  const { id: section, title, department } = row;
  return contributions.push({ section, title, department, revision: revision.id, number: revision.number }) - 1;
}

type Leaf = { row: OutlineRow; content: Content; from: number; number: string | undefined; open: Paragraph | null };

/** Appends a leaf's visible blocks and returns the paragraph it ends in, or null when it ends in another block. */
function addLeaf({ row, content, from, number, open }: Leaf, blocks: Block[]): Paragraph | null {
  let last = open;
  const points = pointNumbers(content.content);
  for (const [index, block] of visibleBlocks(content).entries()) {
    const first = index === 0;
    if (first && open && block.type === "paragraph") {
      open.spans.push(...spansOf(block, from));
      continue;
    }
    // A leaf that begins with a point or a table has its number on a line before it.
    if (first && number !== undefined && (block.type === "numbered" || block.type === "table")) {
      blocks.push({ kind: "paragraph", id: row.id, number, spans: [] });
    }
    const own = block.type === "numbered" ? points.get(block.attrs.id) : first ? number : undefined;
    const printed = printedBlock(row, block, from, own);
    blocks.push(printed);
    last = printed.kind === "paragraph" ? printed : null;
  }
  return last;
}

function printedBlock(row: OutlineRow, block: ContentBlock, from: number, number: string | undefined): Block {
  const { id } = block.attrs;
  switch (row.kind) {
    case "title":
    case "delivery":
    case "speaker":
    case "salutation":
      if (block.type === "table") throw new CompileError("table-in-a-line", row.id);
      return { kind: row.kind, id, spans: spansOf(block, from) };
    default:
      if (block.type === "table") return tableInText(block, from);
      if (block.type === "bullet") return { kind: "bullet", id, spans: spansOf(block, from) };
      if (block.type === "numbered") return { kind: "numbered", id, number: number ?? "", spans: spansOf(block, from) };
      return { kind: "paragraph", id, ...(number === undefined ? {} : { number }), spans: spansOf(block, from) };
  }
}

function tableInText(table: TableBlock, from: number): TableInText {
  const { id } = table.attrs;
  const [first = [], ...rows] = cellGrid(table);
  const cells = hasHeaderRow(table) ? { header: first, rows } : { rows: [first, ...rows] };
  return { kind: "table", id, from, block: id, ...cells };
}

function spansOf(block: TextBlock, from: number): Span[] {
  return (block.content ?? []).map((node) => ({
    text: oneLine(inlineText(node)),
    ...(node.marks?.length ? { lead: true as const } : {}),
    from,
    block: block.attrs.id,
    ...(node.type === "text" ? {} : { figure: figureOf(node) }),
  }));
}

function figureOf(node: Binding): SpanFigure {
  const override = node.attrs.wording ? { override: true as const } : {};
  if (node.type === "count") return { indicator: null, field: `count-${node.attrs.form}`, ...override };
  return { indicator: node.attrs.indicator, field: node.type === "clause" ? "clause" : node.attrs.field, ...override };
}

function annexOf(row: OutlineRow, content: Content, from: number): Annex {
  const [table, ...others] = content.content.filter((block) => block.type === "table" || !isBlank(block));
  if (table?.type !== "table" || others.length > 0) throw new CompileError("annex-not-one-table", row.id);
  const [header = [], ...rows] = cellGrid(table);
  return { id: row.id, title: oneLine(row.title), from, header, rows };
}

const cellGrid = (table: TableBlock): string[][] => tableGrid(table).map((row) => row.map(oneLine));

const isBlank = (block: ContentBlock): boolean => blockText(block).trim() === "";
const visibleBlocks = (content: Content): ContentBlock[] => content.content.filter((block) => !isBlank(block));

/** A text node is one line: a line break pasted into it would begin a paragraph in the formats made of lines. */
function oneLine(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ");
}

function withMergedSpans(block: Block): Block {
  if (block.kind === "heading" || block.kind === "table") return block;
  const spans: Span[] = [];
  for (const span of block.spans) {
    const before = spans.at(-1);
    const isPlain = before && !before.figure && !span.figure;
    const same = isPlain && before.lead === span.lead && before.from === span.from && before.block === span.block;
    if (same) spans[spans.length - 1] = { ...before, text: before.text + span.text };
    else spans.push(span);
  }
  return { ...block, spans };
}

/** Block ids are unique within a leaf only; a text carried over from another leaf may bring its ids along. */
function withUniqueIds(blocks: readonly Block[]): Block[] {
  const taken = new Set<string>();
  return blocks.map((block) => {
    let id = block.id;
    for (let copy = 2; taken.has(id); copy++) id = `${block.id}-${copy}`;
    taken.add(id);
    return { ...block, id };
  });
}
