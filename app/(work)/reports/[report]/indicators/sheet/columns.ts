import {
  FIGURE_FIELDS,
  NUMERIC_FIELDS,
  RANK_FIELDS,
  type FigureField,
} from "../../../../../../domain/indicator/figure";

/** The annex's twelve columns in printing order: three of the catalogue, then the figures. */
export const COLUMNS = ["number", "name", "unit", ...FIGURE_FIELDS] as const;

/** Where the figures begin. */
export const FIRST_FIGURE = COLUMNS.indexOf(FIGURE_FIELDS[0]);

/** The figure that a column holds; null for those of the catalogue. */
export const fieldAt = (column: number): FigureField | null => FIGURE_FIELDS[column - FIRST_FIGURE] ?? null;
export const columnOf = (field: FigureField): number => FIRST_FIGURE + FIGURE_FIELDS.indexOf(field);

export const isNumeric = (field: FigureField): boolean =>
  NUMERIC_FIELDS.some((one) => one === field) || RANK_FIELDS.some((one) => one === field);
