import { basesOf, mentions } from "../check/mentions";
import type { IndicatorRow } from "../indicator/figure";
import { wordBinding } from "../indicator/wording";
import { blockText, type Content, type ContentBlock } from "../section/content";
import { contentFits, holdsOneBlock } from "../section/content-fits";
import type { SectionKind } from "../section/workflow";
import { isHeading } from "../section/workflow";
import type { LeftOver } from "./imported-document";
import { matchOutline, placesOf, similarity, type MatchReason, type OutlinePlace } from "./match-outline";
import { fits, tableContent, type ImportedNode } from "./outline-draft";
import { proposeFigures } from "./propose-figures";
import type { ImportedOutline } from "./recognise-outline";
import { tidyContent, type Tidied } from "./tidy-content";

/** The leaf that a file is read for: itself, its report's outline, and the indicators as its drafter sees them. */
export type SectionSetting = {
  id: string;
  kind: SectionKind;
  title: string;
  year: number;
  half: 1 | 2;
  /** The heading of the part it stands in. */
  part: string | null;
  places: readonly OutlinePlace[];
  rows: readonly IndicatorRow[];
};

/** One text of the file that the leaf could take, its typing repaired. */
export type SectionChoice = {
  /** A node of the file's outline, or WHOLE_FILE. */
  key: string;
  title: string;
  content: Content;
  tidied: Tidied["counts"];
  /** The same words, with figures where typed numbers say what the table says. */
  bound: Content;
  figures: number;
  /** Which of the file's lines it holds, by their index: nothing of a file is dropped unsaid. */
  holds: number[];
};

export type SectionPlan = {
  choices: SectionChoice[];
  /** What to begin with, and why: null where a person must say. */
  chosen: { key: string; reason: MatchReason | null } | null;
  /** Every line of the file, headings with their numbers, in its order. */
  lines: string[];
  leftOver: LeftOver[];
};

export const WHOLE_FILE = "whole";

/**
 * What a file has for one leaf. A file that holds a whole report gives the part that its outline matches to the leaf; a
 * department's own two paragraphs are taken whole. Pure.
 */
export function planSection(outline: ImportedOutline, setting: SectionSetting): SectionPlan {
  const nodes = withTables(outline);
  const lines = nodes.flatMap(linesOf);
  const choices = candidates(nodes, setting).map(({ key, title, blocks, keys }): SectionChoice => {
    const { content, counts } = tidyContent({ type: "doc", content: blocks });
    const { content: bound, count } = proposed(content, setting);
    const holds = lines.flatMap((line, index) => (keys.has(line.id) ? [index] : []));
    return { key, title, content, tidied: counts, bound, figures: count, holds };
  });
  return {
    choices,
    chosen: chosenOf(nodes, choices, setting),
    lines: lines.map(({ text }) => text),
    leftOver: outline.leftOver,
  };
}

/** The annex of figures is a table here, like any other. */
function withTables({ nodes, figures }: ImportedOutline): ImportedNode[] {
  const table = figures && fits(figures.printed) ? figures.printed : null;
  return nodes.map((node) =>
    node.kind === "indicators" && table ? { ...node, kind: "annex", content: tableContent(node.key, table) } : node,
  );
}

/** A line of the file by its place: that of a node's title, or of one of its blocks. */
type FileLine = { id: string; text: string };

function linesOf(node: ImportedNode): FileLine[] {
  if (isHeading(node.kind)) return [{ id: node.key, text: printedHeading(node) }];
  return (node.content?.content ?? []).map((block, index) => ({
    id: lineId(node, index),
    text: printed(node, block, index),
  }));
}

const lineId = (node: ImportedNode, index: number): string => `${node.key} ${index}`;
const printedHeading = ({ source: [first], title }: ImportedNode): string => `${first?.taken ?? ""}${title}`;
const numberOf = ({ kind, source: [first] }: ImportedNode): string => (kind === "item" ? (first?.taken ?? "") : "");
const printed = (node: ImportedNode, block: ContentBlock, index: number): string =>
  `${index === 0 ? numberOf(node) : ""}${blockText(block)}`;

type Candidate = { key: string; title: string; blocks: ContentBlock[]; keys: ReadonlySet<string> };

function candidates(nodes: readonly ImportedNode[], setting: SectionSetting): Candidate[] {
  const single = nodes.flatMap((node): Candidate[] => {
    const blocks = node.content?.content ?? [];
    if (blocks.length === 0 || !contentFits(setting.kind, { type: "doc", content: blocks })) return [];
    return [{ key: node.key, title: node.title, blocks, keys: new Set(blocks.map((_, index) => lineId(node, index))) }];
  });
  if (holdsOneBlock(setting.kind)) return single;
  const whole = wholeOf(nodes, setting);
  const [only] = single;
  // One leaf that is all there is needs no second name.
  const isSame = single.length === 1 && only?.keys.size === whole.keys.size;
  return isSame || whole.blocks.length === 0 || !contentFits(setting.kind, { type: "doc", content: whole.blocks })
    ? single
    : [whole, ...single];
}

const FRONT: ReadonlySet<SectionKind> = new Set(["title", "delivery", "speaker", "salutation"]);

/** Everything below the front that the leaf can hold, headings as paragraphs, with the numbers that the file prints. */
function wholeOf(nodes: readonly ImportedNode[], { kind, title }: SectionSetting): Candidate {
  const blocks: ContentBlock[] = [];
  const keys = new Set<string>();
  const add = (block: ContentBlock, id: string) => {
    if (!contentFits(kind, { type: "doc", content: [block] })) return;
    blocks.push(block);
    keys.add(id);
  };
  for (const node of nodes) {
    if (FRONT.has(node.kind)) continue;
    if (isHeading(node.kind)) {
      const text = printedHeading(node);
      // The leaf's own heading is printed by the outline.
      if (similarity(node.title, title) < ALIKE && text !== "")
        add(paragraph(`h-${node.key.replaceAll(".", "-")}-001`, text), node.key);
      continue;
    }
    for (const [index, block] of (node.content?.content ?? []).entries()) {
      add(index === 0 ? numbered(block, numberOf(node)) : block, lineId(node, index));
    }
  }
  return { key: WHOLE_FILE, title: "", blocks, keys };
}

const ALIKE = 0.999;

const paragraph = (id: string, text: string): ContentBlock => ({
  type: "paragraph",
  attrs: { id },
  content: [{ type: "text", text }],
});

function numbered(block: ContentBlock, number: string): ContentBlock {
  if (number === "" || block.type === "table") return block;
  const [first, ...rest] = block.content ?? [];
  if (first?.type === "text" && !first.marks)
    return { ...block, content: [{ ...first, text: number + first.text }, ...rest] };
  return { ...block, content: [{ type: "text", text: number }, ...(block.content ?? [])] };
}

function proposed(content: Content, { rows, year, half, part }: SectionSetting): { content: Content; count: number } {
  const [base] = part ? basesOf([{ id: part, kind: "heading", text: part }], { year }) : [];
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return proposeFigures(
    content,
    (text) => mentions(text, rows, { year, half, base }),
    (binding) => wordBinding(binding, byCode, half),
  );
}

function chosenOf(
  nodes: readonly ImportedNode[],
  choices: readonly SectionChoice[],
  { id, places }: SectionSetting,
): SectionPlan["chosen"] {
  const matched = matchOutline(places, placesOf(nodes)).leaves.find(({ leaf }) => leaf === id);
  const isWholeReport = nodes.filter(({ kind }) => kind === "part").length > 1;
  const isSure = matched?.reason && (matched.reason !== "place" || isWholeReport);
  const own = isSure ? choices.find(({ key }) => key === matched.imported) : undefined;
  if (own) return { key: own.key, reason: matched?.reason ?? null };
  const [first] = choices;
  if (!first || (isWholeReport && choices.length > 1)) return null;
  return choices.length === 1 || first.key === WHOLE_FILE ? { key: first.key, reason: null } : null;
}
