import { basesOf, mentions } from "../check/mentions";
import type { IndicatorRow } from "../indicator/figure";
import { wordBinding } from "../indicator/wording";
import type { Content } from "../section/content";
import { contentFits } from "../section/content-fits";
import { officialNumbers } from "../section/official-numbers";
import { isHeading, SECTION_KINDS, type SectionKind } from "../section/workflow";
import type { LeftOver } from "./imported-document";
import { matchOutline, placesOf, similarity, type LeafMatch, type OutlinePlace } from "./match-outline";
import { fits, tableContent, type ImportedNode } from "./outline-draft";
import { proposeFigures } from "./propose-figures";
import type { ImportedOutline } from "./recognise-outline";

/** What a report knows that a file is held against: its outline, and the indicators as the reader may see them. */
export type ReportSetting = {
  places: readonly OutlinePlace[];
  rows: readonly IndicatorRow[];
  year: number;
  half: 1 | 2;
};

/** A leaf of the file: what can be laid into a leaf of the report. */
export type Piece = {
  /** Of its node in the file's outline. */
  key: string;
  title: string;
  kind: SectionKind;
  /** The headings it stands under in the file, with their numbers, the outermost first. */
  under: string[];
  content: Content;
  /** The same words, with figures where typed numbers say what the table says. */
  bound: Content;
  figures: number;
  /** The kinds of leaves that can hold it. */
  fits: SectionKind[];
};

export type ReportPlan = {
  title: string;
  /** Every leaf of the report in its order. */
  leaves: LeafMatch[];
  pieces: Piece[];
  /** Headings of the file that the report's outline does not have. */
  headings: string[];
  leftOver: LeftOver[];
};

/**
 * Which text of a file goes into which leaf of a report that is under way. Pure: the same file and the same report give the
 * same plan, so that what is confirmed can be made again and compared with what was shown.
 */
export function planReport(outline: ImportedOutline, setting: ReportSetting): ReportPlan {
  const nodes = withTypedAnnex(outline, setting.places);
  const { leaves } = matchOutline(setting.places, placesOf(nodes));
  const pieces = piecesIn(nodes, setting);
  const known = new Set(pieces.map(({ key }) => key));
  return {
    title: outline.title,
    leaves: leaves.map((leaf) => (leaf.imported && known.has(leaf.imported) ? leaf : { ...leaf, ...UNMATCHED })),
    pieces,
    headings: foreignHeadings(nodes, setting.places),
    leftOver: outline.leftOver,
  };
}

const UNMATCHED = { imported: null, reason: null, similarity: 0 } as const;

/** The leaves of a file as texts, with the figures that its numbers could be. */
export function piecesIn(
  nodes: readonly ImportedNode[],
  { rows, year, half }: Pick<ReportSetting, "rows" | "year" | "half">,
): Piece[] {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const numbered = officialNumbers(nodes.map((node) => ({ ...node, id: node.key, parentId: node.parent })));
  const headings = new Map(numbered.map(({ key, number, title }) => [key, `${number}${title}`]));
  const parents = new Map(nodes.map(({ key, parent }) => [key, parent]));
  const above = (key: string | null): string[] => {
    const parent = key === null ? null : (parents.get(key) ?? null);
    return parent === null ? [] : [...above(parent), headings.get(parent) ?? ""];
  };
  return nodes.flatMap(({ key, title, kind, content }): Piece[] => {
    if (content === null || content.content.length === 0) return [];
    const under = above(key);
    // Under a heading on the months to come, no number is of this period.
    const [base] = basesOf(
      under.slice(0, 1).map((heading) => ({ id: key, kind: "heading" as const, text: heading })),
      { year },
    );
    const { content: bound, count } = proposeFigures(
      content,
      (text) => mentions(text, rows, { year, half, base }),
      (binding) => wordBinding(binding, byCode, half),
    );
    const holders = SECTION_KINDS.filter((each) => !isHeading(each) && contentFits(each, content));
    return [{ key, title, kind, under, content, bound, figures: count, fits: holders }];
  });
}

/** A report whose annex is typed takes the file's table of figures as it is printed. */
function withTypedAnnex({ nodes, figures }: ImportedOutline, places: readonly OutlinePlace[]): ImportedNode[] {
  const isTyped = places.some(({ kind }) => kind === "annex") && !places.some(({ kind }) => kind === "indicators");
  if (!isTyped || !figures || !fits(figures.printed)) return [...nodes];
  return nodes.map((node) =>
    node.kind === "indicators" ? { ...node, kind: "annex", content: tableContent(node.key, figures.printed) } : node,
  );
}

function foreignHeadings(nodes: readonly ImportedNode[], places: readonly OutlinePlace[]): string[] {
  const own = places.filter(({ kind }) => isHeading(kind));
  return nodes
    .filter(({ kind, title }) => isHeading(kind) && !own.some((place) => similarity(place.title, title) > ALIKE))
    .map(({ title }) => title);
}

const ALIKE = 0.999;
