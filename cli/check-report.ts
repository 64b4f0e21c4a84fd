import { checkedReport } from "../domain/report/findings";
import { wallClock } from "../domain/kernel/clock";
import { FIGURE_FIELDS } from "../domain/indicator/figure";
import { annexHeader } from "../domain/indicator/printing";
import { findReport } from "./export-report";
import { printFindings, type PrintedPlace } from "./print-findings";
import { withOwner } from "./with-owner";

export type CheckReportRequest = { report: string; jurisdiction?: string; json?: boolean };

/** `huibao check <report>`: what is before the reviewers, checked. Lines are those of the exported Markdown. */
export async function checkStoredReport(request: CheckReportRequest): Promise<0 | 1> {
  const { document, findings } = await withOwner((db) =>
    db.transaction(async (tx) => {
      const report = await findReport(tx, request);
      // The operator reads what the lead bureau would; the owner's login is under no row-level security.
      const actor = { ...NOBODY, role: "lead" as const };
      return checkedReport(tx, { actor, db, now: wallClock }, report.id);
    }),
  );
  const header = annexHeader(document.report.year, document.report.half);
  const lines = new Map(document.blocks.map((block, index) => [block.id, 2 * index + 1]));
  const rows = new Map((document.indicators ?? []).map((row, index) => [row.code, index + 2]));
  const placeOf = ({ where }: (typeof findings)[number]): PrintedPlace =>
    where.in === "text"
      ? { line: lines.get(where.block) ?? 0 }
      : {
          row: rows.get(where.indicator) ?? 0,
          column: header[FIGURE_FIELDS.indexOf(where.field) + NAMING_COLUMNS] ?? "",
        };
  return printFindings(findings, placeOf, request.json ?? false);
}

/** 序号, 主要经济指标, 计算单位. */
const NAMING_COLUMNS = 3;

const NOBODY = {
  userId: "",
  membershipId: "",
  seatId: "",
  organId: "",
  organKind: "lead",
  jurisdictionId: "",
  label: "",
} as const;
