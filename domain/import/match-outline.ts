import { chapterNumber, itemNumber, partNumber } from "../section/numbering";
import { isHeading, type SectionKind } from "../section/workflow";
import type { ImportedNode } from "./outline-draft";

/** One node of an outline, of a file or of a report; `content` is not looked at. */
export type OutlinePlace = {
  id: string;
  parentId: string | null;
  position: number;
  kind: SectionKind;
  title: string;
};

/** Why a leaf was matched: keys of messages/<locale>/import.json, put after "match-". */
export const MATCH_REASONS = [
  "kind", // the only leaf of its kind: title, 题注, 称谓 …
  "title", // the same title, years and blanks aside
  "similar", // a title much like it, under the same heading
  "place", // no title of its own (导语, bullets), at the same place
  "moved", // the same title, under another heading
] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

/** `similarity` of the titles, 0 to 1. `imported` is null where the file has nothing for the leaf. */
export type LeafMatch = { leaf: string; imported: string | null; reason: MatchReason | null; similarity: number };

export type OutlineMatch = {
  /** Every leaf of the report, in its reading order. */
  leaves: LeafMatch[];
  /** Leaves of the file that no leaf of the report takes, in the file's order. */
  left: string[];
};

/** The outline of a file as places: their ids are the nodes' keys. */
export const placesOf = (nodes: readonly ImportedNode[]): OutlinePlace[] =>
  nodes.map(({ key, parent, position, kind, title }) => ({ id: key, parentId: parent, position, kind, title }));

/**
 * Which leaf of a file belongs to which leaf of a report: headings first, in order, then the leaves under headings that
 * match, then whatever has the same title elsewhere. No leaf is taken twice; the same outlines always match the same way.
 */
export function matchOutline(report: readonly OutlinePlace[], file: readonly OutlinePlace[]): OutlineMatch {
  const wanted = treeOf(report);
  const offered = treeOf(file);
  const found = new Map<string, LeafMatch>();
  matchBelow(wanted, offered, found);
  const free = leavesIn(offered).filter(({ id }) => ![...found.values()].some(({ imported }) => imported === id));
  for (const leaf of leavesIn(wanted)) {
    if (found.has(leaf.id) || isUntitled(leaf)) continue;
    const at = free.findIndex((each) => fitsKind(leaf, each) && similarity(leaf.title, each.title) >= SAME);
    const [elsewhere] = at === -1 ? [] : free.splice(at, 1);
    if (elsewhere) found.set(leaf.id, matched(leaf, elsewhere, "moved"));
  }
  return {
    leaves: leavesIn(wanted).map(
      ({ id }) => found.get(id) ?? { leaf: id, imported: null, reason: null, similarity: 0 },
    ),
    left: free.map(({ id }) => id),
  };
}

/**
 * How alike two titles are, 0 to 1: their pairs of neighbouring characters in common (Dice). Years, numbers, blanks and
 * punctuation do not count.
 */
export function similarity(one: string, other: string): number {
  const [a, b] = [plainTitle(one), plainTitle(other)];
  if (a === b) return a === "" ? 0 : 1;
  const [pairs, others] = [bigrams(a), bigrams(b)];
  const total = pairs.length + others.length;
  if (total === 0) return 0;
  let common = 0;
  for (const pair of pairs) {
    const at = others.indexOf(pair);
    if (at === -1) continue;
    others.splice(at, 1);
    common += 1;
  }
  return (2 * common) / total;
}

const SAME = 0.999;
const SIMILAR = 0.5;

type Node = OutlinePlace & { number: string; children: Node[] };

/** Reading order, with the official numbers that leaves of one place are told by. */
function treeOf(places: readonly OutlinePlace[]): Node[] {
  const below = new Map<string | null, OutlinePlace[]>();
  for (const place of places) below.set(place.parentId, [...(below.get(place.parentId) ?? []), place]);
  const walk = (parent: string | null): Node[] => {
    const seen: { [kind in SectionKind]?: number } = {};
    return (below.get(parent) ?? [])
      .toSorted((a, b) => a.position - b.position)
      .map((place) => {
        const nth = (seen[place.kind] = (seen[place.kind] ?? 0) + 1);
        return { ...place, number: numberOf(place.kind, nth), children: walk(place.id) };
      });
  };
  return walk(null);
}

function numberOf(kind: SectionKind, nth: number): string {
  if (kind === "part") return partNumber(nth);
  if (kind === "chapter") return chapterNumber(nth);
  return kind === "item" ? itemNumber(nth) : "";
}

const leavesIn = (nodes: readonly Node[]): Node[] =>
  nodes.flatMap((node) => (isHeading(node.kind) ? leavesIn(node.children) : [node]));

function matchBelow(wanted: readonly Node[], offered: readonly Node[], found: Map<string, LeafMatch>): void {
  const leaves = (nodes: readonly Node[]): Node[] => nodes.filter(({ kind }) => !isHeading(kind));
  for (const { leaf, imported, reason } of aligned(leaves(wanted), leaves(offered))) {
    found.set(leaf.id, matched(leaf, imported, reason));
  }
  const headings = (nodes: readonly Node[]): Node[] => nodes.filter(({ kind }) => isHeading(kind));
  for (const { leaf, imported } of aligned(headings(wanted), headings(offered))) {
    matchBelow(leaf.children, imported.children, found);
  }
}

type Pair = { leaf: Node; imported: Node; reason: MatchReason };

/** The pairs, in the order of both lists, whose titles and places agree best (dynamic programming). */
function aligned(wanted: readonly Node[], offered: readonly Node[]): Pair[] {
  type Best = { score: number; pair: Pair | null };
  const best: Best[][] = [Array.from({ length: offered.length + 1 }, () => ({ score: 0, pair: null }))];
  for (const [y, leaf] of wanted.entries()) {
    const row: Best[] = [{ score: 0, pair: null }];
    const above = best[y] ?? [];
    for (const [x, imported] of offered.entries()) {
      const fit = fitOf(leaf, imported, y, x, wanted, offered);
      const without = Math.max(above[x + 1]?.score ?? 0, row[x]?.score ?? 0);
      const together = fit ? (above[x]?.score ?? 0) + fit.score : 0;
      row.push(
        fit && together > without
          ? { score: together, pair: { leaf, imported, reason: fit.reason } }
          : { score: without, pair: null },
      );
    }
    best.push(row);
  }
  const pairs: Pair[] = [];
  for (let y = wanted.length, x = offered.length; y > 0 && x > 0;) {
    const here = best[y]?.[x];
    if (here?.pair) {
      pairs.unshift(here.pair);
      y -= 1;
      x -= 1;
    } else if ((best[y - 1]?.[x]?.score ?? 0) >= (best[y]?.[x - 1]?.score ?? 0)) y -= 1;
    else x -= 1;
  }
  return pairs;
}

type Fit = { score: number; reason: MatchReason };

/** What a pair is worth; null for one that cannot be. Numbers settle between titles that are equally alike. */
function fitOf(
  leaf: Node,
  imported: Node,
  y: number,
  x: number,
  wanted: readonly Node[],
  offered: readonly Node[],
): Fit | null {
  if (!fitsKind(leaf, imported)) return null;
  const alike = similarity(leaf.title, imported.title);
  const samePlace = leaf.number === imported.number && (leaf.number !== "" || y === x) ? PLACE : 0;
  if (alike >= SAME) return { score: 1 + samePlace, reason: "title" };
  if (alike >= SIMILAR) return { score: alike + samePlace, reason: "similar" };
  const isAlone = ONE_OF.has(leaf.kind) && only(wanted, leaf) && only(offered, imported);
  if (isAlone) return { score: 0.9, reason: "kind" };
  if (isUntitled(leaf) && isUntitled(imported)) return { score: 0.4 + alike + samePlace, reason: "place" };
  // Of headings the number alone is something to go by: their words change with the year.
  return isHeading(leaf.kind) && samePlace > 0 ? { score: 0.2 + alike, reason: "place" } : null;
}

const PLACE = 0.05;
const ONE_OF: ReadonlySet<SectionKind> = new Set([
  "title",
  "delivery",
  "speaker",
  "salutation",
  "bullets",
  "indicators",
]);
const only = (nodes: readonly Node[], node: Node): boolean =>
  nodes.filter(({ kind }) => kind === node.kind).length === 1;

/** A text may have become a numbered paragraph, and the other way round; nothing else changes its kind. */
const fitsKind = (leaf: OutlinePlace, imported: OutlinePlace): boolean =>
  leaf.kind === imported.kind || (PROSE.has(leaf.kind) && PROSE.has(imported.kind));
const PROSE: ReadonlySet<SectionKind> = new Set(["text", "item"]);

/** A leaf that is called by its own first words, which are new every time. */
const isUntitled = ({ kind, title }: OutlinePlace): boolean =>
  kind === "bullets" || title.startsWith("导语 · ") || title.startsWith("要点 · ");

const matched = (leaf: Node, imported: Node, reason: MatchReason): LeafMatch => ({
  leaf: leaf.id,
  imported: imported.id,
  reason,
  similarity: similarity(leaf.title, imported.title),
});

const plainTitle = (title: string): string =>
  title
    .normalize("NFKC")
    .replace(/^(?:导语|要点) · /, "")
    .replace(/\d{4}年|\d+/g, "")
    .replace(/[\s\p{P}]/gu, "");

const bigrams = (text: string): string[] => {
  const characters = [...text];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
};
