import { numberMark } from "../../../../../../../../domain/import/number-mark";
import {
  wordsOf,
  type PastedBlock,
  type PastedLine,
  type PastedRun,
  type ReadBlock,
  type ReadLine,
  type ReadRun,
} from "./pasted";

/**
 * What the lines become: points, numbered points, paragraphs with their run-in leads. A number that would be counted
 * otherwise here stays as text, and so does one of a heading: 一、（一）.
 */
export function settled(blocks: readonly ReadBlock[]): PastedBlock[] {
  const candidates = blocks.map((block) => (block.kind === "line" ? candidateOf(block) : null));
  const counted = countedRuns(candidates);
  return blocks.map((block, index): PastedBlock => {
    if (block.kind === "table") return { type: "table", header: block.header, rows: block.rows };
    const candidate = candidates[index];
    if (candidate && counted.has(index)) return lineOf("numbered", block, candidate.taken);
    const bullet = bulletOf(block);
    if (bullet !== null) return lineOf("bullet", block, bullet);
    const labelled = block.label === "" ? block : withLabel(block);
    return lineOf("paragraph", labelled, 0);
  });
}

/** A line that may be a numbered point. `taken`: how much of its text is the number. */
type Candidate = { ordinal: number; taken: number; list: string };

/** An automatic number （1）, 1. or 1、; typed, only what prints the same: （1）. */
function candidateOf({ label, list, runs, isHeading }: ReadLine): Candidate | null {
  if (isHeading) return null;
  if (list !== null) {
    const mark = numberMark(`${label}.`);
    const isWhole = mark?.printed.trim() === label;
    const isPlain = mark?.style === "item" || mark?.style === "point";
    return isWhole && isPlain ? { ordinal: mark.ordinal, taken: 0, list: `${list} ${mark.style}` } : null;
  }
  const typed = TYPED_POINT.exec(wordsOf({ runs }));
  return typed ? { ordinal: Number(typed[1]), taken: typed[0].length, list: "typed" } : null;
}

const TYPED_POINT = /^\s*[（(](\d{1,3})[）)]\s*(?=\S)/;

/** The lists whose every number is what counting in a run of neighbours gives: 1, 2, 3 without anything between. */
function countedRuns(candidates: readonly (Candidate | null)[]): Set<number> {
  const lists: { at: number; ordinal: number }[][] = [];
  const open = new Map<string, (typeof lists)[number]>();
  for (const [at, candidate] of candidates.entries()) {
    if (!candidate) continue;
    let list = open.get(candidate.list);
    if (!list || candidate.ordinal === 1) {
      list = [];
      lists.push(list);
      open.set(candidate.list, list);
    }
    list.push({ at, ordinal: candidate.ordinal });
  }
  const counted = new Set<number>();
  for (const list of lists) {
    const first = list[0]?.at ?? 0;
    const isInOrder = list.every(({ at, ordinal }, index) => at === first + index && ordinal === index + 1);
    // Behind another list the count would go on.
    if (isInOrder && !counted.has(first - 1)) for (const { at } of list) counted.add(at);
  }
  return counted;
}

/** How much of a bullet's text is its mark, or null. */
function bulletOf({ label, list, runs }: ReadLine): number | null {
  const words = wordsOf({ runs });
  const typed = TYPED_BULLET.exec(words);
  if (list === null) return typed?.[0].length ?? null;
  const isMark = label !== "" && (SYMBOL_BULLET.test(label) || !/[\p{L}\p{N}]/u.test(label));
  return isMark ? (typed?.[0].length ?? 0) : null;
}

/** Letters that are bullets in the fonts that Word takes for them. */
const SYMBOL_BULLET = /^[lnuqvoØ§ü]$/u;
/** Dashes, and the bullets of symbol fonts with their private places. */
const TYPED_BULLET = /^\s*(?:—{2}|[•●■◆▪◦‣❑➢\uf0b7\uf06c\uf06e\uf075\uf0a7\uf0d8\uf071\uf0fc])\s*(?=[^\s—])/u;

/** A number needs a blank before digits and letters: 1. 5G, not 1.5G. */
function withLabel(line: ReadLine): ReadLine {
  const blank = /[\p{L}\p{N}]$/u.test(line.label) || /^\w/.test(wordsOf(line)) ? " " : "";
  return { ...line, runs: [{ text: `${line.label}${blank}`, bold: line.runs[0]?.bold ?? false }, ...line.runs] };
}

function lineOf(type: PastedLine["type"], line: ReadLine, taken: number): PastedLine {
  return { type, runs: withLead(withoutStart(line.runs, taken)), soft: line.soft };
}

function withoutStart(runs: readonly ReadRun[], taken: number): ReadRun[] {
  let left = taken;
  return runs.flatMap((run) => {
    const text = run.text.slice(left);
    left = Math.max(0, left - run.text.length);
    return text === "" ? [] : [{ ...run, text }];
  });
}

/**
 * A bold run at the start, with words behind it that are not bold, is the run-in lead. A line that is bold as a whole is
 * a heading's look, unless it ends as a sentence does: then it is a lead whose text is yet to come.
 */
function withLead(runs: readonly ReadRun[]): PastedRun[] {
  const isSeen = (run: ReadRun) => run.text.trim() !== "";
  const firstPlain = runs.findIndex((run) => isSeen(run) && !run.bold);
  const isLed = runs.some((run) => isSeen(run) && run.bold);
  const ends = firstPlain === -1 ? (/[。！？；：]\s*$/.test(wordsOf({ runs })) ? runs.length : 0) : firstPlain;
  return merged(runs.map((run, index) => ({ text: run.text, lead: isLed && index < ends })));
}

function merged(runs: readonly PastedRun[]): PastedRun[] {
  const result: PastedRun[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last && last.lead === run.lead) result[result.length - 1] = { ...last, text: last.text + run.text };
    else result.push(run);
  }
  return result;
}
