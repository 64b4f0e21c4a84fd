import type { ReportDocument } from "./report-document";

/** What stands above an annex: 附件, or 附件1, 附件2 when there are several (GB/T 9704-2012, 7.3.4 and 7.3.8). */
export function annexLabel(index: number, count: number): string {
  return count > 1 ? `附件${index + 1}` : "附件";
}

/** The names under the body, "1. " before each when there are several. They must equal the annexes' own titles. */
export function annexNames(document: ReportDocument): string[] {
  const { annexes } = document;
  return annexes.map((annex, index) => (annexes.length > 1 ? `${index + 1}. ${annex.title}` : annex.title));
}
