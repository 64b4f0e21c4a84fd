import { diffArrays } from "diff";
import { blockText, inlineText, type Content, type ContentBlock } from "./content";

export type Change = { kind: "same" | "added" | "removed"; text: string };
export type BlockChange = {
  id: string;
  kind: "same" | "added" | "removed" | "changed";
  block: ContentBlock;
  changes: Change[];
};

/**
 * What happened to a text between two revisions: blocks are matched by id, then each by words (Intl.Segmenter, so that
 * Chinese compares by word and not by letter). In the order of the new text, removed blocks where they stood. What a
 * bound node says is one word, and so is the same typed by hand: binding a number that agrees changes nothing.
 */
export function compareContents(before: Content, after: Content): BlockChange[] {
  const old = new Map(before.content.map((block) => [block.attrs.id, block]));
  const kept = new Set(after.content.map((block) => block.attrs.id));
  const result: BlockChange[] = [];
  const removedBefore = (id: string | null) => {
    const at = id === null ? before.content.length : before.content.findIndex((block) => block.attrs.id === id);
    for (let index = at - 1; index >= 0; index--) {
      const block = before.content[index];
      if (!block || kept.has(block.attrs.id)) break;
      if (!result.some((one) => one.id === block.attrs.id)) result.push(entire(block, "removed"));
    }
  };
  for (const block of after.content) {
    const was = old.get(block.attrs.id);
    if (!was) {
      result.push(entire(block, "added"));
      continue;
    }
    removedBefore(block.attrs.id);
    const changes = compareWords(blockText(was), blockText(block), [...boundWords(was), ...boundWords(block)]);
    const same = changes.every((change) => change.kind === "same") && was.type === block.type;
    result.push({ id: block.attrs.id, kind: same ? "same" : "changed", block, changes });
  }
  removedBefore(null);
  return result;
}

/** Neighbouring words of one kind come as one piece. `whole` are words that are not taken apart. */
export function compareWords(before: string, after: string, whole: readonly string[] = []): Change[] {
  return diffArrays(words(before, whole), words(after, whole)).map((part) => ({
    kind: part.added ? "added" : part.removed ? "removed" : "same",
    text: part.value.join(""),
  }));
}

const SEGMENTER = new Intl.Segmenter("zh", { granularity: "word" });
const segments = (text: string): string[] => Array.from(SEGMENTER.segment(text), (piece) => piece.segment);

/** The longest of the whole words first, and none of them out of the middle of a longer number. */
function words(text: string, wholes: readonly string[]): string[] {
  if (wholes.length === 0) return segments(text);
  const longestFirst = [...new Set(wholes)].sort((a, b) => b.length - a.length).map(escaped);
  const splitter = new RegExp(`((?<![\\d.])(?:${longestFirst.join("|")})(?![\\d]|\\.\\d))`);
  return text.split(splitter).flatMap((part, index) => (index % 2 === 1 ? [part] : segments(part)));
}

function boundWords(block: ContentBlock): string[] {
  if (block.type === "table") return [];
  return (block.content ?? [])
    .filter((node) => node.type !== "text")
    .map(inlineText)
    .filter((text) => text !== "");
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

const entire = (block: ContentBlock, kind: "added" | "removed"): BlockChange => ({
  id: block.attrs.id,
  kind,
  block,
  changes: [{ kind, text: blockText(block) }],
});
