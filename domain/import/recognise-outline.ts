import { periodIn, type NamedPeriod } from "../check/files/named-period";
import { classifyLines, type LineRole } from "./classify-lines";
import type { ImportedDocument, LeftOver } from "./imported-document";
import { ANNEX_LINE, linesOf, type Line } from "./lines";
import { OutlineBody } from "./outline-body";
import { placed, type ImportedNode } from "./outline-draft";
import { isSignature, recogniseAnnexes, type FiguresTable } from "./recognise-annexes";
import { recogniseFront } from "./recognise-front";

export type ImportedOutline = {
  /** In reading order, parents first; annexes last. */
  nodes: ImportedNode[];
  /** The rows of the annex of figures, or null when the file has no such table. */
  figures: FiguresTable | null;
  leftOver: LeftOver[];
  /** The printed title, "" when there is none. */
  title: string;
  /** By the title, or else by whatever near it names a year, or the table's headings. */
  period: NamedPeriod;
};

/**
 * Finds the outline of a plan-execution report, of any county, in what was read of its file. Every word is either in a
 * node (`source` says from which block) or in `leftOver` with the reason. Pure; the same document gives the same outline.
 */
export function recogniseOutline(document: ImportedDocument): ImportedOutline {
  const leftOver = [...document.leftOver];
  const all = document.blocks.flatMap((block, index) => (block.kind === "paragraph" ? linesOf(block, index) : []));
  const front = recogniseFront(all, leftOver);
  const lines = all.filter((line) => !front.taken.has(line));
  const roles = classifyLines(lines);
  const end = endOfText(lines, roles);
  const lastPart = roles.findLastIndex(({ as }, index) => as === "part" && index < end);
  const annexes = recogniseAnnexes(document, lines, end, leftOver);
  const taken = new Set([...annexes.taken, ...signed(lines.slice(0, end), leftOver)]);
  const body = new OutlineBody(front.nodes, leftOver);
  for (const [index, line] of lines.slice(0, end).entries()) {
    const role = roles[index];
    if (role && !taken.has(line)) body.add(line, role, index > lastPart);
  }
  return {
    nodes: placed([...body.nodes, ...annexes.nodes]),
    figures: annexes.figures,
    leftOver: leftOver.sort((a, b) => a.block - b.block),
    title: front.title,
    period: periodOf(front.title, all, annexes.figures),
  };
}

/** The text ends where the annexes are named, or, where they are not, at a line that says 附件 behind the last part. */
function endOfText(lines: readonly Line[], roles: readonly LineRole[]): number {
  const parts = roles.flatMap(({ as }, index) => (as === "part" ? index : []));
  const [first = 0] = parts;
  const named = lines.findIndex(({ text }, index) => index > first && ANNEX_LINE.exec(text)?.[1]);
  if (named !== -1) return named;
  const labelled = lines.findIndex(({ text }, index) => index > (parts.at(-1) ?? 0) && ANNEX_LINE.test(text));
  return labelled === -1 ? lines.length : labelled;
}

const SIGNED_WITHIN = 3;

/** Who signs and when, on the last lines of the text. */
function signed(lines: readonly Line[], leftOver: LeftOver[]): Line[] {
  const last = lines.slice(-SIGNED_WITHIN);
  const from = last.findLastIndex((line) => !isSignature(line)) + 1;
  const found = lines.length > SIGNED_WITHIN ? last.slice(from) : [];
  for (const { block, text } of found) leftOver.push({ reason: "signature", block, text });
  return found;
}

const NEAR_TITLE = 8;

function periodOf(title: string, lines: readonly Line[], figures: FiguresTable | null): NamedPeriod {
  const named = periodIn(title);
  // A title that names a year and no half is of the whole year.
  if (named.year !== null) return { year: named.year, half: named.half ?? 2 };
  const near = lines.slice(0, NEAR_TITLE).map(({ text }) => periodIn(text));
  return near.find(({ year, half }) => year !== null && half !== null) ?? figures?.period ?? { year: null, half: null };
}
