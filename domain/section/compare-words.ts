import { shortestEdit } from "./shortest-edit";

export type Change = { kind: "same" | "added" | "removed"; text: string };

/**
 * Neighbouring words of one kind come as one piece. `whole` are words that are not taken apart. Where hardly anything is
 * left of the old words, or too much changed to be told apart, the old stands whole before the new.
 */
export function compareWords(before: string, after: string, whole: readonly string[] = []): Change[] {
  if (before === after) return pieces([["same", before]]);
  return compareTokens(words(before, whole), words(after, whole)) ?? rewritten(before, after);
}

/** The same of texts in pieces of one's own; null where it is better to set the old whole before the new. */
export function compareTokens(before: readonly string[], after: readonly string[]): Change[] | null {
  const runs = shortestEdit(before, after, MOST_EDITS);
  if (!runs) return null;
  let [from, to] = [0, 0];
  const changes = runs.map(({ kind, count }): Change => {
    const text = kind === "added" ? after.slice(to, to + count) : before.slice(from, from + count);
    if (kind !== "added") from += count;
    if (kind !== "removed") to += count;
    return { kind, text: text.join("") };
  });
  const length = (...kinds: Change["kind"][]) =>
    changes.reduce((sum, { kind, text }) => (kinds.includes(kind) ? sum + text.length : sum), 0);
  const shorter = Math.min(length("same", "removed"), length("same", "added"));
  return length("same") * LEAST_KEPT < shorter ? null : changes;
}

export const rewritten = (before: string, after: string): Change[] =>
  pieces([
    ["removed", before],
    ["added", after],
  ]);

export const pieces = (parts: readonly (readonly [Change["kind"], string])[]): Change[] =>
  parts.flatMap(([kind, text]) => (text === "" ? [] : [{ kind, text }]));

const SEGMENTER = new Intl.Segmenter("zh", { granularity: "word" });
export const segments = (text: string): string[] => Array.from(SEGMENTER.segment(text), (piece) => piece.segment);

/** Bounds the work: a block costs at most its words times this. More words changed in one block nobody reads one by one. */
const MOST_EDITS = 300;
/** Below a third, what stayed is chance: a comma here and 的 there. */
const LEAST_KEPT = 3;

/** The longest of the whole words first, and none of them out of the middle of a longer number. */
function words(text: string, wholes: readonly string[]): string[] {
  if (wholes.length === 0) return segments(text);
  const longestFirst = [...new Set(wholes)].sort((a, b) => b.length - a.length).map(escaped);
  const splitter = new RegExp(`((?<![\\d.])(?:${longestFirst.join("|")})(?![\\d]|\\.\\d))`);
  return text.split(splitter).flatMap((part, index) => (index % 2 === 1 ? [part] : segments(part)));
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
