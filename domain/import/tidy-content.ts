import { inlineText, type Content, type ContentInline, type TextBlock } from "../section/content";
import { normalise, REPAIR_KINDS, type Repair, type RepairKind } from "./normalise";

export type Tidied = { content: Content; counts: { kind: RepairKind; count: number }[] };

/** A text with its typing repaired paragraph by paragraph (normalise.ts); bold stays where it is, tables stay as they are. */
export function tidyContent(content: Content): Tidied {
  const counts = new Map<RepairKind, number>();
  const blocks = content.content.map((block) => {
    if (block.type === "table") return block;
    const runs = block.content ?? [];
    const { repairs } = normalise(runs.map(inlineText).join(""));
    for (const { kind } of repairs) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return repairs.length === 0 ? block : repaired(block, repairs);
  });
  return {
    content: { ...content, content: blocks },
    counts: REPAIR_KINDS.flatMap((kind) => {
      const count = counts.get(kind) ?? 0;
      return count === 0 ? [] : [{ kind, count }];
    }).toSorted((a, b) => b.count - a.count),
  };
}

function repaired<T extends TextBlock>(block: T, repairs: readonly Repair[]): T {
  const runs = block.content ?? [];
  let at = 0;
  const content = runs.flatMap((run, index): ContentInline[] => {
    const [from, to] = [at, at + inlineText(run).length];
    at = to;
    if (run.type !== "text") return [run];
    const text = repairedRun(run.text, from, index === runs.length - 1 ? to + 1 : to, repairs);
    return text === "" ? [] : [{ ...run, text }];
  });
  return { ...block, content };
}

/**
 * A repair that begins in a run, before `end`, puts its words there; of one that began before it, only what it takes away
 * is the run's.
 */
function repairedRun(text: string, from: number, end: number, repairs: readonly Repair[]): string {
  let result = text;
  for (const repair of repairs.toReversed()) {
    const begins = repair.from >= from && repair.from < end;
    if (!begins && !(repair.from < from && repair.to > from)) continue;
    const [first, last] = [Math.max(repair.from - from, 0), Math.min(repair.to - from, text.length)];
    result = result.slice(0, first) + (begins ? repair.insert : "") + result.slice(last);
  }
  return result;
}
