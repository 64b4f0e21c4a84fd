import { diffArrays } from "diff";
import { blockText, inlineText, type Content, type ContentBlock } from "../section/content";

/** A paragraph as it reads, by the id that it keeps. */
export type Line = { id: string; text: string };

/** A range of one paragraph as the paragraph read then, in UTF-16 offsets; equal ones are a place between two characters. */
export type Anchor = { blockId: string; blockText: string; from: number; to: number };

export type Spot = { blockId: string; from: number; to: number };
export type Whereabouts = (Spot & { lost: false }) | { lost: true };

export function anchorOf(block: ContentBlock, from: number, to: number): Anchor {
  return { blockId: block.attrs.id, blockText: blockText(block), from, to };
}

/**
 * The same range where the block's bound figures have other words: `other` is the block as somebody else reads it, node by
 * node. Of a figure that says something else there, a range that begins or ends in it takes the whole.
 */
export function anchorInOther(block: ContentBlock, other: ContentBlock, from: number, to: number): Anchor {
  const start = offsetInOther(block, other, from, "start");
  return anchorOf(other, start, Math.max(start, offsetInOther(block, other, to, "end")));
}

function offsetInOther(block: ContentBlock, other: ContentBlock, offset: number, side: "start" | "end"): number {
  if (block.type === "table" || other.type === "table") return offset;
  let [at, there] = [0, 0];
  for (const [index, node] of (block.content ?? []).entries()) {
    const own = inlineText(node);
    const its = other.content?.[index];
    const words = its ? inlineText(its) : "";
    if (offset < at + own.length || (side === "end" && offset === at + own.length)) {
      if (own === words || offset === at) return there + offset - at;
      return side === "start" ? there : there + words.length;
    }
    [at, there] = [at + own.length, there + words.length];
  }
  return there;
}

/** What a page needs of an anchor that is no longer looked for: where words were to be put in, those around the place. */
export function withoutBlock({ blockId, blockText: then, from, to }: Anchor): Anchor {
  if (from < to) return { blockId, blockText: "", from: 0, to: 0 };
  const start = Math.max(0, from - AROUND);
  return { blockId, blockText: then.slice(start, to + AROUND), from: from - start, to: from - start };
}

export const linesOf = (content: Content): Line[] =>
  content.content.map((block) => ({ id: block.attrs.id, text: blockText(block) }));

/** The words that an anchor was put on. */
export const quoteOf = ({ blockText: then, from, to }: Anchor): string => then.slice(from, to);

/**
 * Where an anchor stands in a later text, or that it is lost: it never points at words that are neither the quoted ones
 * nor come from them. Writing inside the range widens it; when all of it is gone, or more than half replaced, it is lost.
 * Out of its paragraph it follows its exact words alone, where enough around them moved along and nothing else matches.
 */
export function whereIn(lines: readonly Line[], anchor: Anchor): Whereabouts {
  const own = lines.find((line) => line.id === anchor.blockId);
  const here = own ? within(anchor, own.text) : "lost";
  if (own && typeof here === "object") return { lost: false, blockId: own.id, ...here };
  const others = here === "unlike" ? lines : lines.filter((line) => line !== own);
  const there = elsewhere(others, anchor);
  return there ? { lost: false, ...there } : { lost: true };
}

/** Whether the words there are the quoted ones, letter by letter: only then may a proposal take their place. */
export function stillReads(lines: readonly Line[], spot: Spot, anchor: Anchor): boolean {
  const line = lines.find(({ id }) => id === spot.blockId);
  return line !== undefined && line.text.slice(spot.from, spot.to) === quoteOf(anchor);
}

type Range = { from: number; to: number };

/** "unlike": so little is left of the paragraph that comparing it letter by letter says nothing. */
function within(anchor: Anchor, now: string): Range | "lost" | "unlike" {
  const { blockText: then, from, to } = anchor;
  if (then === now) return { from, to };
  const way = wayBetween(then, now);
  if (way === null) return "unlike";
  if (from === to) return placeWithin(then, now, from, way);
  const exact = exactly(then, now, { from, to }, way);
  if (exact === "doubtful") return "lost";
  return exact ?? remnant(then, now, { from, to }, way);
}

/** A place is where its neighbours stand together still: the more of them the better. */
function placeWithin(then: string, now: string, at: number, way: Way): Range | "lost" {
  if (then === "") return "lost";
  for (const reach of [8, 4, 2, 1]) {
    const around = { from: Math.max(0, at - reach), to: Math.min(then.length, at + reach) };
    const found = exactly(then, now, around, way);
    if (found === null || found === "doubtful") continue;
    const place = found.from + at - around.from;
    return { from: place, to: place };
  }
  return "lost";
}

/**
 * The words as they were, in a place that is theirs on one of the shortest ways from then to now. Doubtful: they stand
 * somewhere, and it can hardly be told whether these are the same ones.
 */
function exactly(then: string, now: string, range: Range, way: Way): Range | "doubtful" | null {
  const { from, to } = range;
  const length = to - from;
  const onTheWay = keptOf(way.parts, range);
  if (onTheWay.kept === length && onTheWay.to - onTheWay.from === length) {
    return { from: onTheWay.from, to: onTheWay.to };
  }
  const most = Math.min(way.steps + 2 * length, MOST_STEPS);
  const places = occurrences(now, then.slice(from, to), SAME_WORDS)
    .map((at) => ({ at, kin: kinship(then, from, to, now, at) }))
    .sort((a, b) => b.kin - a.kin || Math.abs(a.at - from) - Math.abs(b.at - from))
    .slice(0, LIKELY);
  let doubtful = false;
  for (const { at } of places) {
    const before = stepsBetween(then.slice(0, from), now.slice(0, at), most);
    const after = before === null ? null : stepsBetween(then.slice(to), now.slice(at + length), most - before);
    if (before === null || after === null) continue;
    if (before + after === way.steps) return { from: at, to: at + length };
    doubtful = true;
  }
  return doubtful ? "doubtful" : null;
}

/** What is left of the words: from the first letter that stayed to the last, if that is half of them. */
function remnant(then: string, now: string, range: Range, way: Way): Range | "lost" {
  const forth = keptOf(way.parts, range);
  const wayBack = partsBetween(letters(then).toReversed(), letters(now).toReversed(), MOST_STEPS) ?? [];
  const back = keptOf(wayBack, { from: then.length - range.to, to: then.length - range.from });
  const turned = { kept: back.kept, from: now.length - back.to, to: now.length - back.from };
  // Two ways that are as short: the one that keeps more of the words, then the one that takes in less.
  const isBetter =
    turned.kept > forth.kept || (turned.kept === forth.kept && turned.to - turned.from < forth.to - forth.from);
  const { kept, from, to } = isBetter ? turned : forth;
  return kept * 2 >= range.to - range.from && kept > 0 ? { from, to } : "lost";
}

/** How many letters of a range stayed, and from where to where they stand now. */
function keptOf(parts: readonly Part[], range: Range): Range & { kept: number } {
  let [was, is, kept, from, to] = [0, 0, 0, 0, 0];
  for (const { kind, length } of parts) {
    if (kind === "come") {
      is += length;
      continue;
    }
    const [start, end] = [Math.max(was, range.from), Math.min(was + length, range.to)];
    if (kind === "same" && start < end) {
      if (kept === 0) from = is + start - was;
      to = is + end - was;
      kept += end - start;
    }
    was += length;
    if (kind === "same") is += length;
  }
  return { kept, from, to };
}

/** Paragraphs were parted, joined or moved: the words with what stood around them, and nowhere else as well. */
function elsewhere(lines: readonly Line[], anchor: Anchor): Spot | null {
  const { blockText: then } = anchor;
  const isPlace = anchor.from === anchor.to;
  const from = isPlace ? Math.max(0, anchor.from - REACH / 2) : anchor.from;
  const to = isPlace ? Math.min(then.length, anchor.to + REACH / 2) : anchor.to;
  const quote = then.slice(from, to);
  if (quote === "") return null;
  const found = lines
    .flatMap((line) =>
      occurrences(line.text, quote, SAME_WORDS).map((at) => ({
        line,
        at,
        kin: kinship(then, from, to, line.text, at),
      })),
    )
    .sort((a, b) => b.kin - a.kin);
  const [best, next] = found;
  if (!best || best.kin === next?.kin) return null;
  const enough = best.kin >= Math.min(REACH, then.length - quote.length) && quote.length + best.kin >= REACH;
  if (!enough) return null;
  const start = best.at + anchor.from - from;
  return { blockId: best.line.id, from: start, to: start + anchor.to - anchor.from };
}

/** How many letters around the words are the same there, to a bound. */
function kinship(then: string, from: number, to: number, now: string, at: number): number {
  const length = to - from;
  let before = 0;
  while (before < 2 * REACH && before < Math.min(from, at) && then[from - 1 - before] === now[at - 1 - before])
    before += 1;
  const left = Math.min(then.length - to, now.length - at - length, 2 * REACH);
  let after = 0;
  while (after < left && then[to + after] === now[at + length + after]) after += 1;
  return before + after;
}

function occurrences(text: string, words: string, most: number): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(words); at !== -1 && found.length < most; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}

/** A stretch of a way from one text to another, in UTF-16 units. */
type Part = { kind: "same" | "gone" | "come"; length: number };
type Way = { parts: readonly Part[]; steps: number };

/** Remarks on one paragraph ask for the same way, one after the other. */
const walked: { was: string; now: string; way: Way | null }[] = [];
const REMEMBERED = 16;

/** A shortest way; null when it is longer than what can be compared. */
function wayBetween(then: string, now: string): Way | null {
  const known = walked.find((one) => one.was === then && one.now === now);
  if (known) return known.way;
  const way = shortestWay(then, now, MOST_STEPS);
  walked.unshift({ was: then, now, way });
  walked.length = Math.min(walked.length, REMEMBERED);
  return way;
}

/** How many letters go or come on the shortest way; null when it is more than `most`. */
const stepsBetween = (then: string, now: string, most: number): number | null =>
  shortestWay(then, now, most)?.steps ?? null;

function shortestWay(then: string, now: string, most: number): Way | null {
  if (Math.abs(then.length - now.length) > 2 * most) return null;
  let start = 0;
  while (start < then.length && then[start] === now[start]) start += 1;
  if (isHalf(then, start) || isHalf(now, start)) start -= 1;
  let [end, last] = [then.length, now.length];
  while (end > start && last > start && then[end - 1] === now[last - 1]) [end, last] = [end - 1, last - 1];
  if (isHalf(then, end)) [end, last] = [end + 1, last + 1];
  const middle = partsBetween(letters(then.slice(start, end)), letters(now.slice(start, last)), most);
  if (!middle) return null;
  const parts: Part[] = [{ kind: "same", length: start }, ...middle, { kind: "same", length: then.length - end }];
  const steps = middle.reduce((sum, part) => sum + (part.kind === "same" ? 0 : part.length), 0);
  return { parts, steps };
}

function partsBetween(then: string[], now: string[], most: number): Part[] | null {
  const changes = diffArrays(then, now, { maxEditLength: most });
  return (
    changes?.map(({ added, removed, value }) => ({
      kind: added ? "come" : removed ? "gone" : "same",
      length: value.join("").length,
    })) ?? null
  );
}

/** Whether a place is between the two halves of one character. */
const isHalf = (text: string, at: number): boolean => /^[\uDC00-\uDFFF]/.test(text.slice(at, at + 1)) && at > 0;

const letters = (text: string): string[] => Array.from(text);

/** So many letters beside a place say where it was. */
const AROUND = 16;
/** So many letters must speak for words that stand in another paragraph. */
const REACH = 8;
/** Beyond that many letters gone and come a paragraph is another one, and comparing would take long. */
const MOST_STEPS = 600;
/** The same words are looked for so many times, as in a table of the same figures. */
const SAME_WORDS = 100;
/** Of these, so many whose neighbours are most alike are looked at closely. */
const LIKELY = 6;
