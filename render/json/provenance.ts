import { completion, completionShown, type Derived, gap } from "../../domain/indicator/derive";
import { FIGURE_FIELDS, type FigureField, type FigureState } from "../../domain/indicator/figure";
import { printCell } from "../../domain/indicator/printing";
import type { EditionRecord, RecordedApproval } from "../edition-record";
import type { DocumentIndicator, ReportDocument, Span } from "../report-document";

/** Where a figure is printed: words of a block, or a cell of an annex (row and column from 0, the header not counted). */
export type FigurePlace =
  | { in: "text"; block: string; text: string; override: boolean }
  | { in: "annex"; annex: string; row: number; column: number };

/** One figure that the report prints, once for each indicator and what is said of it, with where it came from. */
export type FigureProvenance = {
  /** The indicator's code; null for what is counted over all rows. */
  indicator: string | null;
  name: string | null;
  /** A column of the table, `gap` (growth − plan growth), `clause` (several of them in words) or `count-…`. */
  field: string;
  unit: string | null;
  /** As the table prints it; null for what stands in the text alone. */
  printed: string | null;
  state: FigureState | null;
  department: string | null;
  /** The immutable approved row. */
  revision: { id: string; number: number } | null;
  source: { department: string; document: string; date: string | null } | null;
  derived: { formula: string; operands: { field: string; printed: string }[] } | null;
  /** Why a typed completion stands instead of the derived one. */
  override: string | null;
  /** Who wrote, signed, confirmed and passed the row, as the edition's record has it. */
  decisions: Pick<RecordedApproval, "verdict" | "step" | "by" | "at">[];
  places: FigurePlace[];
};

/** Every figure of the document in the order of the table, then what is counted; `record` says who stands for it. */
export function provenanceOf(document: ReportDocument, record?: EditionRecord): FigureProvenance[] {
  const table = document.annexes.find(({ from }) => from === null);
  const spans = spansByFigure(document);
  const ofRows = (document.indicators ?? []).flatMap((row, y) => {
    const cells = FIGURE_FIELDS.flatMap((field, x) => {
      if (printCell(row, field) === "") return [];
      const place: FigurePlace[] = table ? [{ in: "annex", annex: table.id, row: y, column: FIRST_FIGURE + x }] : [];
      return [{ field: field as string, places: place }];
    });
    const inTable = new Set(cells.map(({ field }) => field));
    const inText = [...(spans.get(row.code)?.keys() ?? [])]
      .filter((field) => !inTable.has(field))
      .map((field) => ({ field, places: [] }));
    return [...cells, ...inText].map(({ field, places }) => ({
      ...ofRow(document, row, field, record),
      places: [...places, ...(spans.get(row.code)?.get(field) ?? [])],
    }));
  });
  const counted = [...(spans.get("") ?? [])].map(([field, places]) => ({ ...OF_ALL, field, places }));
  return [...ofRows, ...counted];
}

/** 序号, 主要经济指标 and 计算单位 stand before the figures. */
const FIRST_FIGURE = 3;

const OF_ALL = {
  indicator: null,
  name: null,
  unit: null,
  printed: null,
  state: null,
  department: null,
  revision: null,
  source: null,
  derived: null,
  override: null,
  decisions: [],
};

function ofRow(
  document: ReportDocument,
  row: DocumentIndicator,
  field: string,
  record: EditionRecord | undefined,
): Omit<FigureProvenance, "places"> {
  const of = document.contributions[row.from];
  const inTable = FIGURE_FIELDS.find((one) => one === field);
  const figure = inTable === "completion" ? completionShown(row).figure : inTable ? row.figures[inTable] : null;
  const derived = derivationOf(row, field);
  return {
    indicator: row.code,
    name: row.officialName,
    field,
    unit: unitOf(row, field),
    printed: inTable ? printCell(row, inTable) : (derived && shownOf(derived)) || null,
    state: figure?.state ?? null,
    department: of?.department ?? null,
    revision: of ? { id: of.revision, number: of.number } : null,
    source: row.sources[field] ?? null,
    derived: derived && {
      formula: derived.formula,
      operands: derived.operands.map(({ field: operand, printed }) => ({ field: operand, printed })),
    },
    override: field === "completion" && row.figures.completion ? row.completionReason : null,
    decisions: (record?.approvals ?? [])
      .filter((one) => one.kind === "indicator" && one.of === of?.section)
      .map(({ verdict, step, by, at }) => ({ verdict, step, by, at })),
  };
}

function derivationOf(row: DocumentIndicator, field: string): Derived | null {
  if (field === "gap") return gap(row);
  return field === "completion" && !row.figures.completion ? completion(row) : null;
}

function shownOf({ figure }: Derived): string {
  return figure.state === "number" || figure.state === "estimate" ? figure.digits : "";
}

/** Amounts have the indicator's unit; growths and completion are per cent, the gap points, ranks and remarks nothing. */
function unitOf(row: DocumentIndicator, field: string): string | null {
  const amounts: readonly FigureField[] = ["lastActual", "planTotal", "actual"];
  if (amounts.some((one) => one === field)) return row.unit;
  if (field === "gap") return "百分点";
  return field === "planGrowth" || field === "growth" || field === "completion" ? "%" : null;
}

/** By the indicator's code ("" for all), then by field; places in reading order. */
function spansByFigure(document: ReportDocument): Map<string, Map<string, FigurePlace[]>> {
  const found = new Map<string, Map<string, FigurePlace[]>>();
  for (const block of document.blocks) {
    if (block.kind === "heading" || block.kind === "table") continue;
    for (const span of block.spans) {
      if (!span.figure) continue;
      const fields = found.get(span.figure.indicator ?? "") ?? new Map<string, FigurePlace[]>();
      found.set(span.figure.indicator ?? "", fields);
      fields.set(span.figure.field, [...(fields.get(span.figure.field) ?? []), placeOf(block.id, span)]);
    }
  }
  return found;
}

const placeOf = (block: string, { text, figure }: Span): FigurePlace => ({
  in: "text",
  block,
  text,
  override: figure?.override === true,
});
