import ExcelJS from "exceljs";

/** A4 across, one page wide, the header's row repeated, the pages counted. */
type Landscape = {
  title: string;
  sheet: string;
  /** Said to be the time of making: a clock's would make every file another one. */
  at: Date;
  headerRow: number;
  view?: Partial<ExcelJS.WorksheetViewCommon & ExcelJS.WorksheetViewFrozen>;
  printArea?: string;
};

/** A workbook of one sheet that prints on as many landscape pages as it is long. */
export function landscapeSheet({ title, sheet: name, at, headerRow, view, printArea }: Landscape): {
  workbook: ExcelJS.Workbook;
  sheet: ExcelJS.Worksheet;
} {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = "Huibao";
  workbook.lastModifiedBy = "Huibao";
  workbook.title = title;
  workbook.created = at;
  workbook.modified = at;
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: "frozen", ySplit: headerRow, ...view }],
    pageSetup: {
      paperSize: 9,
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printTitlesRow: `${headerRow}:${headerRow}`,
      ...(printArea === undefined ? {} : { printArea }),
      margins: { left: 0.6, right: 0.6, top: 0.8, bottom: 0.8, header: 0.3, footer: 0.4 },
    },
    headerFooter: { oddFooter: "&C第 &P 页，共 &N 页" },
  });
  return { workbook, sheet };
}
