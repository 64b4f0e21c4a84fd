import { chapterNumber, itemNumber, partNumber } from "./numbering";
import type { SectionKind } from "./workflow";

/**
 * Puts an outline into reading order and gives each node its official number, "" where it has none:
 * 一、 for parts, （一） for chapters, 1. for items, each restarting under its parent (GB/T 9704-2012, 7.3.3).
 */
export function officialNumbers<T extends { id: string; parentId: string | null; position: number; kind: SectionKind }>(
  nodes: readonly T[],
): (T & { number: string; depth: number })[] {
  const children = new Map<string | null, T[]>();
  for (const node of nodes) {
    const siblings = children.get(node.parentId);
    if (siblings) siblings.push(node);
    else children.set(node.parentId, [node]);
  }
  const walk = (parent: string | null, depth: number): (T & { number: string; depth: number })[] => {
    const seen: Partial<Record<SectionKind, number>> = {};
    return (children.get(parent) ?? [])
      .toSorted((a, b) => a.position - b.position)
      .flatMap((node) => {
        const nth = (seen[node.kind] = (seen[node.kind] ?? 0) + 1);
        return [{ ...node, number: numberOf(node.kind, nth), depth }, ...walk(node.id, depth + 1)];
      });
  };
  return walk(null, 0);
}

function numberOf(kind: SectionKind, nth: number): string {
  if (kind === "part") return partNumber(nth);
  if (kind === "chapter") return chapterNumber(nth);
  return kind === "item" ? itemNumber(nth) : "";
}
