import { findHeader, problemOf, type Table } from "../check/files/find-header";
import type { NamedPeriod } from "../check/files/named-period";
import { readRows } from "../check/files/read-table";
import { completion } from "../indicator/derive";
import type { IndicatorRow } from "../indicator/figure";
import { printFigure } from "../indicator/printing";
import { cellGrid, widthOf, type ImportedDocument, type ImportedTable, type LeftOver } from "./imported-document";
import { ANNEX_LINE, isUnended, type Line } from "./lines";
import { fits, oneLine, type DraftNode } from "./outline-draft";

/**
 * The annex of figures as rows: a completion that the rule gives too is left out of them, so that it follows. `printed` is
 * the table as it stands in the file.
 */
export type FiguresTable = { rows: IndicatorRow[]; period: NamedPeriod; printed: ImportedTable };

export type Annexes = { nodes: DraftNode[]; figures: FiguresTable | null; taken: Set<Line> };

/**
 * The annexes: those that 附件： names, from line `end` on, and every table, wherever it stands. The first table whose
 * headings are those of indicators becomes the annex of figures; what else stands around the tables is left over.
 */
export function recogniseAnnexes(
  document: ImportedDocument,
  lines: readonly Line[],
  end: number,
  leftOver: LeftOver[],
): Annexes {
  const zone = lines.slice(end);
  const begin = zone[0]?.block ?? Number.POSITIVE_INFINITY;
  const annexes = namedIn(zone);
  const taken = new Set(annexes.flatMap(({ lines: named }) => named));
  let figures: FiguresTable | null = null;
  for (const { table, block } of tablesOf(document, begin)) {
    const caption = captionOf(lines, block, taken);
    const read: ReadTable | null = figures ? null : readFigures(table);
    const left = read ? read.left : fits(table) ? [] : [{ reason: "table-too-large" as const, text: cellsOf(table) }];
    leftOver.push(...left.map((each) => ({ ...each, block })));
    if (!read && left.length > 0) continue;
    const printedTitle = caption?.text ?? read?.title ?? "";
    const free = annexes.filter((annex) => annex.table === null);
    const annex =
      free.find(({ node }) => same(node.title, printedTitle)) ??
      (block >= begin ? free[0] : undefined) ??
      newAnnex(annexes, printedTitle || (read ? FIGURES_TITLE : `附表${annexes.length + 1}`));
    annex.table = block;
    if (caption && same(caption.text, annex.node.title)) {
      taken.add(caption);
      annex.node.source.push({ block: caption.block, taken: caption.text, kept: "" });
    }
    if (read?.title && !same(read.title, annex.node.title)) leftOver.push({ ...annexText(read.title), block });
    annex.node.source.push({ block, taken: "", kept: cellsOf(table) });
    figures ??= read?.figures ?? null;
    if (read) annex.node.kind = "indicators";
    else annex.node.blocks = [{ type: "table", table }];
  }
  const unread = figures ? undefined : annexes.find(({ node, table }) => table === null && node.title.includes("指标"));
  if (unread) unread.node.kind = "indicators";
  const titled = new Map(annexes.map((annex) => [bare(annex.node.title), annex]));
  for (const line of zone) {
    if (taken.has(line)) continue;
    const isLabel = ANNEX_LINE.test(line.text);
    const label = isLabel ? annexes.find(({ table }) => (table ?? -1) > line.block) : titled.get(bare(line.text));
    if (label) label.node.source.push({ block: line.block, taken: line.text, kept: "" });
    else leftOver.push({ reason: isSignature(line) ? "signature" : "annex-text", block: line.block, text: line.text });
  }
  return { nodes: annexes.map(({ node }) => node), figures, taken };
}

/** 某县人民政府 and 2024年8月1日 below the text: the printed report has neither, its 题注 says when. */
export function isSignature({ text }: Line): boolean {
  if (/^(?:\d{4}|二[○〇零][^年]{2})年\s*\S{1,3}月\s*\S{1,3}日$/.test(text)) return true;
  return text.length <= LONGEST_OFFICE && /(?:政府|局|委员会|办公室)$/.test(text);
}

const LONGEST_OFFICE = 30;
const LONGEST_CAPTION = 60;
const FIGURES_TITLE = "主要经济指标完成情况表";

/** `table`: the block of its table, null while it has none. */
type Annex = { node: DraftNode; lines: Line[]; table: number | null };

const NUMBER = /^\d{1,2}\s*[.．、]\s*/;

/** 附件：名称, or 附件：1. 名称 and its neighbours on the lines below. */
function namedIn(zone: readonly Line[]): Annex[] {
  const named: Annex[] = [];
  for (const line of zone) {
    const [, name = ""] = ANNEX_LINE.exec(line.text) ?? [];
    const goesOn = named.length > 0 && NUMBER.test(line.text) && isUnended(line.text);
    const title = (name === "" && goesOn ? line.text : name).replace(NUMBER, "").trim();
    if (title === "") break;
    const { node, lines } = newAnnex(named, title);
    lines.push(line);
    node.source.push({ block: line.block, taken: line.text.slice(0, line.text.length - title.length), kept: title });
  }
  return named;
}

function newAnnex(annexes: Annex[], title: string): Annex {
  const node: DraftNode = { parent: null, kind: "annex", title, runOn: false, blocks: [], source: [] };
  const annex: Annex = { node, lines: [], table: null };
  annexes.push(annex);
  return annex;
}

/** Those at the end first: the annex of figures stands there, and a table of the text comes behind it. */
function tablesOf({ blocks }: ImportedDocument, begin: number): { table: ImportedTable; block: number }[] {
  const found = blocks.flatMap((table, block) => (table.kind === "table" ? [{ table, block }] : []));
  return [...found.filter(({ block }) => block >= begin), ...found.filter(({ block }) => block < begin)];
}

/** The line above a table that names it; 单位：亿元 may stand between them. */
function captionOf(lines: readonly Line[], table: number, taken: ReadonlySet<Line>): Line | null {
  const above = lines.filter(({ block }) => block < table && block >= table - 2).toReversed();
  const [nearest, next] = above;
  const line = nearest && UNIT_LINE.test(nearest.text) ? next : nearest;
  if (!line || taken.has(line) || ANNEX_LINE.test(line.text)) return null;
  const isShort = line.text.length <= LONGEST_CAPTION && isUnended(line.text) && !/[。；：]/.test(line.text);
  return isShort && (line.look.isCentred || /(?:表|清单|一览|目录|情况)$/.test(line.text)) ? line : null;
}

const UNIT_LINE = /^[（(]?\s*(?:计量|计算|数据)?单位\s*[:：]/;

/** No catalogue is as long: a list of projects is. */
const MOST_ROWS = 300;
/** As many as Word allows. */
const MOST_COLUMNS = 63;

type ReadTable = { figures: FiguresTable; title: string | null; left: Pick<LeftOver, "reason" | "text">[] };

/** Null where the headings are not those of a table of indicators. */
function readFigures(table: ImportedTable): ReadTable | null {
  if (table.rows.length > MOST_ROWS || widthOf(table) > MOST_COLUMNS) return null;
  const header = findHeader(cellGrid(table).map((row) => row.map(oneLine)));
  if (!header || problemOf(header)) return null;
  const file = readRows(header);
  if (file.rows.length === 0) return null;
  const above = header.rows.slice(0, header.header.from).map(wordsOf);
  const title = above.find((words) => words !== "" && !UNIT_LINE.test(words)) ?? null;
  const read = new Set(file.rows.map(({ code }) => file.placeOf(code, "actual").row - 1));
  const left: ReadTable["left"] = above.filter((words) => words !== "" && words !== title).map(annexText);
  for (const [index, row] of header.rows.entries()) {
    const words = wordsOf(row);
    const isHeading = row.every((cell, at) => cell === (header.printed[at] ?? ""));
    if (index < header.header.to || read.has(index) || words === "" || isHeading) continue;
    left.push({ reason: "row-unread", text: words });
  }
  for (const { params, stated } of file.problems)
    left.push({ reason: "cell-unread", text: `${params["name"]}：${stated}` });
  for (const [index, row] of header.rows.entries()) {
    if (read.has(index)) left.push(...unknownCells(header, row));
  }
  return { figures: { rows: file.rows.map(withoutDerived), period: file.period, printed: table }, title, left };
}

const annexText = (text: string) => ({ reason: "annex-text" as const, text });

/** What a row says in columns that the catalogue has none for. */
function unknownCells({ headings, printed }: Table, row: readonly string[]): ReadTable["left"] {
  const known = new Set(headings.columns.values());
  return row.flatMap((cell, column) =>
    known.has(column) || cell === ""
      ? []
      : [{ reason: "cell-unread" as const, text: `${printed[column] ?? ""}：${cell}` }],
  );
}

function withoutDerived(row: IndicatorRow): IndicatorRow {
  const { completion: stated, ...figures } = row.figures;
  const derived = completion({ ...row, figures });
  return stated && derived && printFigure(derived.figure) === printFigure(stated) ? { ...row, figures } : row;
}

/** The words of a row; those of a merged cell once. */
const wordsOf = (row: readonly string[]): string =>
  row.filter((cell, at) => cell !== "" && cell !== row[at - 1]).join(" ");

const cellsOf = (table: ImportedTable): string =>
  table.rows.map((row) => row.map((cell) => cell.text).join("\t")).join("\n");

const same = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (text: string): string => text.normalize("NFKC").replace(/\s/g, "");
