import { isHeading } from "../domain/section/workflow";
import type { OutlineRow } from "./report-document";

/** The outline or a text has a shape that no report has: a defect in the data, never the writer's mistake. */
export class CompileError extends Error {
  override readonly name = "CompileError";
  constructor(
    readonly key:
      | "section-twice"
      | "parent-missing"
      | "parent-not-a-heading"
      | "cycle"
      | "table-in-a-line"
      | "annex-not-one-table"
      | "indicators-twice",
    readonly section: string,
  ) {
    super(`${key}: ${section}`);
  }
}

export type OutlineNode = { row: OutlineRow; children: OutlineNode[] };

/** Rows in any order become a tree in printing order. Throws CompileError unless every row hangs on a root once. */
export function outlineTree(rows: readonly OutlineRow[]): OutlineNode[] {
  const nodes = new Map<string, OutlineNode>();
  for (const row of rows) {
    if (nodes.has(row.id)) throw new CompileError("section-twice", row.id);
    nodes.set(row.id, { row, children: [] });
  }
  const roots: OutlineNode[] = [];
  for (const node of nodes.values()) {
    const { id, parentId } = node.row;
    const parent = parentId === null ? null : nodes.get(parentId);
    if (parent === undefined) throw new CompileError("parent-missing", id);
    if (parent && !mayHold(parent.row)) throw new CompileError("parent-not-a-heading", id);
    (parent?.children ?? roots).push(node);
  }
  rejectCycles(nodes, roots);
  for (const node of nodes.values()) node.children.sort(byPosition);
  return roots.sort(byPosition);
}

/** The annex of figures is a heading without anything under it. */
const mayHold = (row: OutlineRow): boolean => isHeading(row.kind) && row.kind !== "indicators";

/** Every parent exists by now, so what no root reaches goes round in a circle. */
function rejectCycles(nodes: Map<string, OutlineNode>, roots: readonly OutlineNode[]): void {
  const reached = new Set<string>();
  const visit = (node: OutlineNode): void => {
    reached.add(node.row.id);
    node.children.forEach(visit);
  };
  roots.forEach(visit);
  for (const id of nodes.keys()) if (!reached.has(id)) throw new CompileError("cycle", id);
}

/** The id settles equal positions, so that the order of the rows never shows in the print. */
function byPosition(a: OutlineNode, b: OutlineNode): number {
  return a.row.position - b.row.position || (a.row.id < b.row.id ? -1 : 1);
}
