import { compareWords } from "../section/compare-words";
import { inlineText, type TextBlock } from "../section/content";

/** Words of a paragraph, in UTF-16 offsets, and what is to stand in their place; equal offsets: something is put in. */
export type Hunk = { from: number; to: number; replacement: string };

/** The single changes that make `proposed` of a paragraph, by words. What a figure says counts as one word. */
export function hunksOf(block: TextBlock, before: string, proposed: string): Hunk[] {
  const hunks: Hunk[] = [];
  let [at, open] = [0, null as Hunk | null];
  for (const change of compareWords(before, proposed, figureWords(block))) {
    if (change.kind === "same") {
      open = null;
      at += change.text.length;
      continue;
    }
    if (!open) hunks.push((open = { from: at, to: at, replacement: "" }));
    if (change.kind === "added") open.replacement += change.text;
    else {
      at += change.text.length;
      open.to = at;
    }
  }
  return hunks;
}

/** Whether a change would take a bound figure apart: those follow the table, and nobody writes over them. */
export function touchesFigure(block: TextBlock, { from, to }: Hunk): boolean {
  let at = 0;
  return (block.content ?? []).some((node) => {
    const [start, end] = [at, at + inlineText(node).length];
    at = end;
    return node.type !== "text" && start < to && from < end && start < end;
  });
}

const figureWords = (block: TextBlock): string[] =>
  (block.content ?? []).flatMap((node) => (node.type === "text" || node.attrs.text === "" ? [] : [node.attrs.text]));
