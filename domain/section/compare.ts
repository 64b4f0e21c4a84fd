import { diffArrays } from "diff";
import { blockText, type Content, type ContentBlock } from "./content";

export type Change = { kind: "same" | "added" | "removed"; text: string };
export type BlockChange = {
  id: string;
  kind: "same" | "added" | "removed" | "changed";
  block: ContentBlock;
  changes: Change[];
};

/**
 * What happened to a text between two revisions: blocks are matched by id, then each by words (Intl.Segmenter, so that
 * Chinese compares by word and not by letter). In the order of the new text, removed blocks where they stood.
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
      if (!result.some((one) => one.id === block.attrs.id)) result.push(whole(block, "removed"));
    }
  };
  for (const block of after.content) {
    const was = old.get(block.attrs.id);
    if (!was) {
      result.push(whole(block, "added"));
      continue;
    }
    removedBefore(block.attrs.id);
    const changes = compareWords(blockText(was), blockText(block));
    const same = changes.every((change) => change.kind === "same") && was.type === block.type;
    result.push({ id: block.attrs.id, kind: same ? "same" : "changed", block, changes });
  }
  removedBefore(null);
  return result;
}

/** Neighbouring words of one kind come as one piece. */
export function compareWords(before: string, after: string): Change[] {
  return diffArrays(words(before), words(after)).map((part) => ({
    kind: part.added ? "added" : part.removed ? "removed" : "same",
    text: part.value.join(""),
  }));
}

const SEGMENTER = new Intl.Segmenter("zh", { granularity: "word" });
const words = (text: string): string[] => Array.from(SEGMENTER.segment(text), (piece) => piece.segment);

const whole = (block: ContentBlock, kind: "added" | "removed"): BlockChange => ({
  id: block.attrs.id,
  kind,
  block,
  changes: [{ kind, text: blockText(block) }],
});
