/** Why a file is not read at all: keys of messages/<locale>/figure.json, `workbook`. */
export const WORKBOOK_REFUSALS = [
  "not-xlsx",
  "old-excel", // .xls, or another OLE file
  "encrypted",
  "macros",
  "too-large", // megabytes
  "too-much-inside", // megabytes, unpacked
  "damaged",
  "no-table", // no row of headings found
  "other-period", // found, wanted: headings of another year or half
] as const;
export type WorkbookRefusalKey = (typeof WORKBOOK_REFUSALS)[number];
export type WorkbookRefusal = { key: WorkbookRefusalKey; params: Record<string, string | number> };

/** Thrown inside the reader and given back by it as a value. */
export class WorkbookRefused extends Error {
  constructor(
    readonly key: WorkbookRefusalKey,
    readonly params: Record<string, string | number> = {},
  ) {
    super(key);
    this.name = "WorkbookRefused";
  }
}
