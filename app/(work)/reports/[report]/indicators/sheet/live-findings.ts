import { checkTable } from "../../../../../../domain/check/check-table";
import type { Finding } from "../../../../../../domain/check/finding";
import type { FigureField } from "../../../../../../domain/indicator/figure";
import type { RowState } from "./sheet";

export type Located = Finding & { rowId: string; field: FigureField };

/** What the rules find in the figures as they stand on the screen; explanations that were given come from the server. */
export function liveFindings(
  states: readonly RowState[],
  half: 1 | 2,
  explained: readonly Pick<Finding, "key" | "waivedBy">[],
): Located[] {
  const ids = new Map(states.map((state) => [state.row.code, state.id]));
  const reasons = new Map(explained.map(({ key, waivedBy }) => [key, waivedBy]));
  return checkTable(
    states.map((state) => state.row),
    { half },
  ).flatMap((finding) => {
    const rowId = finding.where.in === "table" ? ids.get(finding.where.indicator) : undefined;
    if (finding.where.in !== "table" || rowId === undefined) return [];
    const waivedBy = finding.waivedBy ?? reasons.get(finding.key) ?? null;
    return [{ ...finding, waivedBy, rowId, field: finding.where.field }];
  });
}
