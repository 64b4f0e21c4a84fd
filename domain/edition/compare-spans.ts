import type { ComparedSpan } from "../../render/comparison";
import { NUMBER_SOURCE, plainText, UNIT_SOURCE } from "../check/quantity";
import { longestRise } from "../section/compare-lists";
import { compareTokens, rewritten, segments, type Change } from "../section/compare-words";

/** Words as they are printed: only whether they are a run-in lead matters besides. */
export type Words = readonly { text: string; lead?: true }[];

/** How many letters of changed texts are still compared by word; where there is no room the old stands whole before the new. */
export type Room = { letters: number };

/**
 * What became of the words: by word, a number with its unit being one (9.1% → 9.3%), and a lead that is set otherwise being
 * other words. Neighbours alike are one; what is gone stands before what has come.
 */
export function compareSpans(before: Words, after: Words, room: Room): ComparedSpan[] {
  const changes = compareTexts(textOf(before), textOf(after), room);
  const [old, now] = [leadsOf(before), leadsOf(after)];
  const spans: ComparedSpan[] = [];
  let [from, to] = [0, 0];
  for (const { kind, text } of changes) {
    if (kind === "removed") spans.push(...runsOf(text, [old.slice(from, from + text.length)], "deleted"));
    else if (kind === "added") spans.push(...runsOf(text, [now.slice(to, to + text.length)], "inserted"));
    else spans.push(...runsOf(text, [old.slice(from, from + text.length), now.slice(to, to + text.length)], "same"));
    if (kind !== "added") from += text.length;
    if (kind !== "removed") to += text.length;
  }
  return tidy(spans);
}

/** All of it with one change: of a block that stands on one side only. */
export const spansAs = (words: Words, change: ComparedSpan["change"]): ComparedSpan[] =>
  tidy(words.map(({ text, lead }) => ({ text, ...(lead ? { lead } : {}), change })));

/** One text of no lead: a number, a cell, a title. */
export const compareCell = (before: string, after: string, room: Room): ComparedSpan[] =>
  compareSpans([{ text: before }], [{ text: after }], room);
export const cellAs = (text: string, change: ComparedSpan["change"]): ComparedSpan[] => spansAs([{ text }], change);
/** Set whole against each other: a number before a heading. */
export const compareWhole = (before: string, after: string): ComparedSpan[] =>
  before === after ? cellAs(after, "same") : [...cellAs(before, "deleted"), ...cellAs(after, "inserted")];

export const textOf = (words: Words): string => words.map(({ text }) => text).join("");

/** In words; where too much changed for that, in words between those that stand once on both sides. */
function compareTexts(before: string, after: string, room: Room): Change[] {
  if (before === after) return [{ kind: "same", text: before }];
  const letters = before.length + after.length;
  if (letters > room.letters) return rewritten(before, after);
  room.letters -= letters;
  const [old, now] = [tokensOf(before), tokensOf(after)];
  return compareTokens(old, now) ?? compareBetween(old, now) ?? rewritten(before, after);
}

/** A paragraph of some hundred changes: its numbers and names hold it together. Null where hardly anything is kept. */
function compareBetween(old: readonly string[], now: readonly string[]): Change[] | null {
  if (Math.min(old.length, now.length) < LONG) return null;
  const places = placesOfOnlyOnes(old);
  const both = [...placesOfOnlyOnes(now)].flatMap(([token, to]) => {
    const from = places.get(token);
    return from === undefined ? [] : [{ from, to }];
  });
  const held = longestRise(both.map(({ from }) => from));
  const changes: Change[] = [];
  let [from, to] = [0, 0];
  for (const place of [...both.filter((one) => held.has(one.from)), { from: old.length, to: now.length }]) {
    const [gone, come] = [old.slice(from, place.from), now.slice(to, place.to)];
    changes.push(...(compareTokens(gone, come) ?? rewritten(gone.join(""), come.join(""))));
    const token = old[place.from];
    if (token !== undefined) changes.push({ kind: "same", text: token });
    [from, to] = [place.from + 1, place.to + 1];
  }
  const kept = changes.filter(({ kind }) => kind === "same").reduce((sum, { text }) => sum + text.length, 0);
  return kept * LEAST_KEPT < Math.min(old.join("").length, now.join("").length) ? null : changes;
}

/** Of words: some half a page. */
const LONG = 200;
/** As for a shorter text (domain/section/compare-words.ts). */
const LEAST_KEPT = 3;

function placesOfOnlyOnes(tokens: readonly string[]): Map<string, number> {
  const places = new Map<string, number | null>();
  for (const [at, token] of tokens.entries()) places.set(token, places.has(token) ? null : at);
  return new Map([...places].flatMap(([token, at]) => (at === null ? [] : [[token, at]])));
}

const FIGURE = new RegExp(`${NUMBER_SOURCE}${UNIT_SOURCE}?`, "g");

/** Words of the dictionary, and every number with its unit as one. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let at = 0;
  for (const { 0: figure, index } of plainText(text).matchAll(FIGURE)) {
    if (index > at) tokens.push(...segments(text.slice(at, index)));
    at = index + figure.length;
    tokens.push(text.slice(index, at));
  }
  return at < text.length ? [...tokens, ...segments(text.slice(at))] : tokens;
}

/** One sign for each letter: whether it is set as lead. */
const leadsOf = (words: Words): string =>
  words.map(({ text, lead }) => (lead ? "1" : "0").repeat(text.length)).join("");

/** A piece taken apart where its lead begins or ends; where words stayed and their lead did not, they went and came. */
function runsOf(text: string, [was = "", is = was]: readonly string[], change: ComparedSpan["change"]): ComparedSpan[] {
  const spans: ComparedSpan[] = [];
  for (let from = 0, to = 1; from < text.length; to++) {
    if (to < text.length && was[to] === was[from] && is[to] === is[from]) continue;
    const part = text.slice(from, to);
    if (was[from] === is[from]) spans.push(spanOf(part, is[from], change));
    else spans.push(spanOf(part, was[from], "deleted"), spanOf(part, is[from], "inserted"));
    from = to;
  }
  return spans;
}

const spanOf = (text: string, lead: string | undefined, change: ComparedSpan["change"]): ComparedSpan => ({
  text,
  ...(lead === "1" ? { lead: true as const } : {}),
  change,
});

/** Between two runs of "same" what is gone comes first; neighbours of one kind become one. */
function tidy(spans: readonly ComparedSpan[]): ComparedSpan[] {
  const result: ComparedSpan[] = [];
  const put = (span: ComparedSpan) => {
    const last = result.at(-1);
    if (span.text === "") return;
    if (last && last.change === span.change && last.lead === span.lead) {
      result[result.length - 1] = { ...last, text: last.text + span.text };
    } else result.push(span);
  };
  let come: ComparedSpan[] = [];
  for (const span of spans) {
    if (span.change === "inserted") come.push(span);
    else {
      if (span.change === "same") {
        come.forEach(put);
        come = [];
      }
      put(span);
    }
  }
  come.forEach(put);
  return result;
}
