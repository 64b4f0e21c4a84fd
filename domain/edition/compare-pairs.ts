import type { Block, ReportDocument } from "../../render/report-document";
import { longestRise } from "../section/compare-lists";
import { textOf, tokensOf } from "./compare-spans";

/**
 * A block with what it is found again by: its first key is where it begins, the others are blocks that go on in it; `leaves`
 * are whose words they are.
 */
export type Piece = { block: Block; group: string; keys: string[]; leaves: string[]; text: string };

/** `keys` name leaf and block, as they stay through all revisions of a leaf; a heading is its node of the outline. */
export const piecesOf = ({ blocks, contributions }: ReportDocument): Piece[] =>
  blocks.map((block): Piece => {
    const leaf = (from: number) => contributions[from]?.section ?? "";
    switch (block.kind) {
      case "heading":
        return { block, group: "heading", keys: [block.id], leaves: [], text: block.text };
      case "table":
        return {
          block,
          group: block.header ? "headed table" : "table",
          keys: [blockKey(leaf(block.from), block.block)],
          leaves: [leaf(block.from)],
          text: [...(block.header ? [block.header] : []), ...block.rows].map((row) => row.join("\t")).join("\n"),
        };
      default: {
        const keys = [...new Set(block.spans.map((span) => blockKey(leaf(span.from), span.block)))];
        const leaves = [...new Set(block.spans.map((span) => leaf(span.from)))];
        return { block, group: "text", keys: keys.length > 0 ? keys : [block.id], leaves, text: textOf(block.spans) };
      }
    }
  });

export const blockKey = (section: string, block: string): string => `${section} ${block}`;

/**
 * New place → old place: by leaf and id, then by a leaf that goes on in it, then by the same words, at last by words that
 * are much alike. What stands elsewhere without being the same by id must be long enough and much alike to be called moved.
 */
export function pairPieces(before: readonly Piece[], after: readonly Piece[]): Map<number, number> {
  const was = new Map<number, number>();
  const taken = new Set<number>();
  const put = (to: number, from: number) => {
    was.set(to, from);
    taken.add(from);
  };
  const byKey = (keysOf: (piece: Piece) => readonly string[]) => {
    const places = new Map<string, number[]>();
    for (const [from, piece] of before.entries()) {
      if (taken.has(from)) continue;
      for (const key of keysOf(piece)) listed(places, key).push(from);
    }
    for (const [to, piece] of after.entries()) {
      if (was.has(to)) continue;
      const from = keysOf(piece)
        .flatMap((key) => places.get(key) ?? [])
        .find((place) => !taken.has(place));
      if (from !== undefined) put(to, from);
    }
  };
  byKey(({ group, keys }) => keys.slice(0, 1).map((key) => `${group} ${key}`));
  byKey(({ group, keys }) => keys.map((key) => `${group} ${key}`));
  const known = new Set(was.keys());
  byKey(({ group, text }) => (text.length < LEAST_MOVED ? [] : [`${group} ${text}`]));
  pairAlike(before, after, was, taken, put);
  return withoutFalseMoves(before, after, was, known);
}

/** What stands between the same neighbours may differ more than what is to have moved. */
const [ALIKE_HERE, ALIKE_ELSEWHERE] = [0.4, 0.75];
/** A shorter one elsewhere is chance, unless it is the same by id. */
const LEAST_MOVED = 12;
/** A word in more blocks than these tells nothing of which one it is. */
const RARE = 8;
const MOST_TRIED = 5;
const LETTERS_READ = 2_000;
const FEW = 12;

type Alike = { from: number; to: number; score: number };

function pairAlike(
  before: readonly Piece[],
  after: readonly Piece[],
  was: ReadonlyMap<number, number>,
  taken: ReadonlySet<number>,
  put: (to: number, from: number) => void,
): void {
  const gap = gapsOf(was, before.length, after.length);
  const open = <T>(pieces: readonly Piece[], isTaken: (at: number) => boolean, make: (piece: Piece, at: number) => T) =>
    pieces.flatMap((piece, at) => (isTaken(at) || piece.text.trim() === "" ? [] : [make(piece, at)]));
  const bag = (piece: Piece, at: number) => ({ at, group: piece.group, words: bagOf(piece.text) });
  const old = open(before, (at) => taken.has(at), bag);
  const now = open(after, (at) => was.has(at), bag);
  const holding = new Map<string, typeof old>();
  const standing = new Map<number, typeof old>();
  for (const one of old) {
    listed(standing, gap.before[one.at] ?? 0).push(one);
    for (const word of one.words.keys()) listed(holding, word).push(one);
  }
  const found = now.flatMap((one): Alike[] => {
    const shared = new Map<(typeof old)[number], number>();
    for (const word of one.words.keys()) {
      const holders = holding.get(word) ?? [];
      if (holders.length <= RARE) for (const holder of holders) shared.set(holder, (shared.get(holder) ?? 0) + 1);
    }
    const likely = [...shared]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_TRIED)
      .map(([holder]) => holder);
    const near = (standing.get(gap.after[one.at] ?? 0) ?? []).slice(0, FEW);
    return [...new Set([...likely, ...near])]
      .filter(({ group }) => group === one.group)
      .map((other) => ({ from: other.at, to: one.at, score: alike(other.words, one.words) }));
  });
  for (const { from, to, score } of found.toSorted((a, b) => b.score - a.score || a.to - b.to || a.from - b.from)) {
    const isHere = gap.before[from] === gap.after[to];
    const mayMove = score >= ALIKE_ELSEWHERE && isLong(before[from], after[to]);
    if (!taken.has(from) && !was.has(to) && (mayMove || (isHere && score >= ALIKE_HERE))) put(to, from);
  }
}

const isLong = (...pieces: readonly (Piece | undefined)[]): boolean =>
  pieces.every((piece) => piece !== undefined && piece.text.length >= LEAST_MOVED);

/** Between which two neighbours that have stayed a block stands, on either side. */
function gapsOf(
  was: ReadonlyMap<number, number>,
  before: number,
  after: number,
): { before: number[]; after: number[] } {
  const places = Array.from({ length: after }, (_, to) => was.get(to));
  const stays = longestRise(places.flatMap((from) => from ?? []));
  const count = (length: number, isStay: (at: number) => boolean) => {
    let gap = 0;
    return Array.from({ length }, (_, at) => (isStay(at) ? gap++ : gap));
  };
  return {
    before: count(before, (at) => stays.has(at)),
    after: count(after, (at) => {
      const from = places[at];
      return from !== undefined && stays.has(from);
    }),
  };
}

/** By how it begins, of one that is longer than any paragraph: otherwise the time would be the text's length. */
function bagOf(text: string): Map<string, number> {
  const bag = new Map<string, number>();
  for (const token of tokensOf(text.slice(0, LETTERS_READ))) {
    if (/[\p{L}\p{N}]/u.test(token)) bag.set(token, (bag.get(token) ?? 0) + token.length);
  }
  return bag;
}

/** Dice's coefficient by letters: twice what they share, of what both hold. */
function alike(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [shared, all] = [0, 0];
  for (const [word, length] of a) {
    shared += Math.min(length, b.get(word) ?? 0);
    all += length;
  }
  for (const length of b.values()) all += length;
  return all === 0 ? 0 : (2 * shared) / all;
}

/** A pair that crosses others is a move: of what is neither the same by id nor much alike it would be a made-up one. */
function withoutFalseMoves(
  before: readonly Piece[],
  after: readonly Piece[],
  was: ReadonlyMap<number, number>,
  known: ReadonlySet<number>,
): Map<number, number> {
  const places = Array.from({ length: after.length }, (_, to) => was.get(to));
  const stays = longestRise(places.flatMap((from) => from ?? []));
  return new Map(
    places.flatMap((from, to) => {
      if (from === undefined) return [];
      const [old, now] = [before[from], after[to]];
      if (!old || !now) return [];
      if (stays.has(from)) return [[to, from] as const];
      const isSame = old.text === now.text;
      const mayMove = isSame
        ? known.has(to) || isLong(old, now)
        : alike(bagOf(old.text), bagOf(now.text)) >= (known.has(to) ? ALIKE_HERE : ALIKE_ELSEWHERE);
      return mayMove ? [[to, from] as const] : [];
    }),
  );
}

function listed<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? [];
  if (list.length === 0) lists.set(key, list);
  return list;
}
