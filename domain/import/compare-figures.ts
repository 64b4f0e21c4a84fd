import { completionShown } from "../indicator/derive";
import { FIGURE_FIELDS, type FigureField, type IndicatorRow } from "../indicator/figure";
import { importDryRun } from "../indicator/files/import-dry-run";
import { indicatorOf } from "../indicator/files/headings";
import { printFigure } from "../indicator/printing";

export type FiguresComparison = {
  /** Cells in which the file's table says something else than the report's; "" where the report's is blank. */
  differences: { name: string; field: FigureField; table: string; file: string }[];
  /** How many cells say the same. */
  same: number;
  /** Rows of the file that are no indicator of the report. */
  unknown: string[];
  /** Indicators that nobody has handed in yet: there is nothing to compare with. */
  waiting: string[];
  /** Indicators of the report that the file's table does not have. */
  absent: string[];
};

/** A report's indicator and whether its figures are before the reader. */
export type SeenIndicator = { row: IndicatorRow; isSeen: boolean };

/** The file's table of figures against the report's, row by row; what the file leaves blank is no difference. */
export function compareFigures(report: readonly SeenIndicator[], file: readonly IndicatorRow[]): FiguresComparison {
  const catalogue = report.map(({ row }) => row);
  const found = new Map<string, IndicatorRow>();
  const unknown: string[] = [];
  for (const row of file) {
    const code = indicatorOf(catalogue, "", row.officialName)?.code;
    if (code === undefined || found.has(code)) unknown.push(row.officialName);
    else found.set(code, row);
  }
  const seen = report.filter(({ isSeen, row }) => isSeen && found.has(row.code)).map(({ row }) => row);
  const cells = seen.flatMap(({ code }) => {
    const row = found.get(code);
    return FIGURE_FIELDS.flatMap((field) => {
      const figure = row && (field === "completion" ? completionShown(row).figure : row.figures[field]);
      return figure ? [{ code, field, figure }] : [];
    });
  });
  const { changes, same } = importDryRun(seen, { cells, errors: [] });
  const names = new Map(catalogue.map(({ code, shortName }) => [code, shortName]));
  return {
    differences: changes.map(({ indicator, field, before, after }) => ({
      name: names.get(indicator) ?? indicator,
      field,
      table: printFigure(before),
      file:
        printFigure(after) ||
        printFigure(cells.find((cell) => cell.code === indicator && cell.field === field)?.figure),
    })),
    same,
    unknown,
    waiting: report.filter(({ isSeen, row }) => !isSeen && found.has(row.code)).map(({ row }) => row.shortName),
    absent: catalogue.filter(({ code }) => !found.has(code)).map(({ shortName }) => shortName),
  };
}
