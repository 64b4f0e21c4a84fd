import {
  type Content,
  type ContentBlock,
  type TableBlock,
  type TextBlock,
  blockText,
  inlineText,
} from "../domain/section/content";
import type { Binding } from "../domain/indicator/binding";
import { chapterNumber, itemNumber, partNumber } from "../domain/section/numbering";
import { annexHeader, annexRows } from "../domain/indicator/printing";
import { CompileError, type OutlineNode, outlineTree } from "./outline-tree";
import type { Annex, Block, IndicatorInput, OutlineRow, ReportDocument, Span, SpanFigure } from "./report-document";

/** What is not approved yet: a leaf, or the figures of an indicator. */
export type MissingLeaf = { kind: "leaf" | "indicator"; section: string; title: string; department: string };
export type Compiled = { document: ReportDocument; missing: MissingLeaf[] };

/**
 * Puts the approved texts in printing order under official numbers. Pure: the same rows in any order give the same
 * document. A leaf without an approved text is left out and listed in `missing` (in reading order) while the numbers
 * of the others stand; so is an indicator without approved figures. The texts' figures are frozen already. Throws
 * CompileError when the outline is not a tree, a table stands outside an annex, or the indicators' table comes twice.
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

/** Appends a leaf's visible blocks and returns the paragraph it ends in, or null when it ends in a bullet. */
function addLeaf({ row, content, from, number, open }: Leaf, blocks: Block[]): Paragraph | null {
  let last = open;
  for (const [index, block] of visibleBlocks(content).entries()) {
    if (block.type === "table") throw new CompileError("table-outside-annex", row.id);
    const spans = spansOf(block, from);
    const first = index === 0;
    if (first && open && block.type === "paragraph") {
      open.spans.push(...spans);
      continue;
    }
    const printed = printedBlock(row, block, spans, first ? number : undefined);
    blocks.push(printed);
    last = printed.kind === "paragraph" ? printed : null;
  }
  return last;
}

function printedBlock(row: OutlineRow, block: TextBlock, spans: Span[], number: string | undefined): Block {
  const { id } = block.attrs;
  switch (row.kind) {
    case "title":
    case "delivery":
    case "speaker":
    case "salutation":
      return { kind: row.kind, id, spans };
    default:
      if (block.type === "bullet") return { kind: "bullet", id, spans };
      return { kind: "paragraph", id, ...(number === undefined ? {} : { number }), spans };
  }
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
  const [table, ...others] = visibleBlocks(content);
  if (table?.type !== "table" || others.length > 0) throw new CompileError("annex-not-one-table", row.id);
  const [header = [], ...rows] = cellGrid(table);
  return { id: row.id, title: oneLine(row.title), from, header, rows };
}

/** Merged cells repeat their words in every place they cover, so that each column keeps its meaning. */
function cellGrid(table: TableBlock): string[][] {
  const grid: string[][] = table.content.map(() => []);
  for (const [y, row] of table.content.entries()) {
    let x = 0;
    for (const cell of row.content) {
      while (grid[y]?.[x] !== undefined) x++;
      const text = oneLine((cell.content[0]?.content ?? []).map((node) => node.text).join(""));
      const { rowspan = 1, colspan = 1 } = cell.attrs ?? {};
      for (const line of grid.slice(y, y + rowspan)) for (let i = 0; i < colspan; i++) line[x + i] = text;
    }
  }
  const width = Math.max(0, ...grid.map((line) => line.length));
  return grid.map((line) => Array.from({ length: width }, (_, x) => line[x] ?? ""));
}

function visibleBlocks(content: Content): ContentBlock[] {
  return content.content.filter((block) => block.type === "table" || blockText(block).trim() !== "");
}

/** A text node is one line: a line break pasted into it would begin a paragraph in the formats made of lines. */
function oneLine(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ");
}

function withMergedSpans(block: Block): Block {
  if (block.kind === "heading") return block;
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
