import { RenderError } from "../render-error";
import type { ReportDocument } from "../report-document";
import { annexWorkbook } from "./annex-workbook";

/** The annex of figures as a workbook (annex-workbook.ts). Throws RenderError "no-table" where the report has none. */
export async function toXlsx({ report, annexes, indicators }: ReportDocument): Promise<Uint8Array> {
  if (!indicators) throw new RenderError("no-table", [report.slug]);
  const title = annexes.find(({ from }) => from === null)?.title ?? report.name;
  return annexWorkbook({ title, year: report.year, half: report.half, rows: indicators });
}
