import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { withFixedTimes } from "./fixed-times";

const SHEET = "xl/worksheets/sheet1.xml";

/**
 * The same workbook with these ranges of its first sheet merged. Every cell keeps its own words: whoever reads the file
 * back finds a remark in each row, as the import here does. (ExcelJS would empty the cells that a merge covers.)
 */
export function withMergedRemarks(workbook: Uint8Array, ranges: readonly string[]): Uint8Array {
  if (ranges.length === 0) return workbook;
  const parts = unzipSync(workbook);
  const sheet = strFromU8(parts[SHEET] ?? new Uint8Array());
  const cells = ranges.map((range) => `<mergeCell ref="${range}"/>`).join("");
  const merged = sheet.replace(/<mergeCells count="(\d+)">/, (_, count: string) => {
    return `<mergeCells count="${Number(count) + ranges.length}">${cells}`;
  });
  return withFixedTimes(Buffer.from(zipSync({ ...parts, [SHEET]: strToU8(merged) })));
}
