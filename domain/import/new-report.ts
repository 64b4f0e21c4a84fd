import { canonicalJson, sha256Hex } from "../kernel/canonical-json";
import { DomainError } from "../kernel/errors";
import type { NamedPeriod } from "../check/files/named-period";
import { officialNumbers } from "../section/official-numbers";
import { isHeading } from "../section/workflow";
import type { LeftOver } from "./imported-document";
import type { FilledEntry, OwnedNode } from "./mutations";
import { filledEntries, ownedNodes, reportName, type EarlierReport } from "./plan-import";
import type { ImportedOutline } from "./recognise-outline";

export type NewReportPreview = {
  /** Pins the outline, the texts, the figures and the owners that an earlier report tells of. */
  shown: string;
  name: string;
  period: NamedPeriod;
  /** `owner`: the office that wrote it before; null where nothing tells, and for headings. */
  nodes: { key: string; label: string; depth: number; isHeading: boolean; owner: string | null }[];
  indicators: number;
  leftOver: LeftOver[];
};

/** What report a file would make, before anybody has agreed to it. */
export function previewNewReport(
  outline: ImportedOutline,
  earlier: EarlierReport | null,
  fileName: string,
): NewReportPreview {
  const { nodes, entries } = newReportOf(outline, earlier, NOBODY);
  const numbered = officialNumbers(nodes.map((node) => ({ ...node, id: node.key, parentId: node.parent })));
  const { leftOver, period, title } = outline;
  return {
    shown: sha256Hex(canonicalJson({ nodes, entries, leftOver })),
    name: reportName(title, fileName),
    period,
    nodes: numbered.map(({ key, number, title: heading, depth, kind, organId }) => ({
      key,
      label: `${number}${number.endsWith(".") ? " " : ""}${heading}`,
      depth,
      isHeading: isHeading(kind),
      owner: isHeading(kind) || organId === NOBODY ? null : organId,
    })),
    indicators: entries.length,
    leftOver,
  };
}

/** The report that was agreed to, of a file that was read once more. Throws import-changed when it is another by now. */
export function agreedReport(
  outline: ImportedOutline,
  earlier: EarlierReport | null,
  { shown, fallback }: { shown: string; fallback: string },
): { nodes: OwnedNode[]; entries: FilledEntry[] } {
  if (previewNewReport(outline, earlier, "").shown !== shown) throw new DomainError("import-changed");
  return newReportOf(outline, earlier, fallback);
}

const newReportOf = (outline: ImportedOutline, earlier: EarlierReport | null, fallback: string) => ({
  nodes: ownedNodes(outline.nodes, fallback, earlier),
  entries: filledEntries(outline.figures?.rows ?? [], fallback, earlier),
});

/** Stands for the office that is still to be named. */
const NOBODY = "";
