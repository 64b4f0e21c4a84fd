import { completionShown } from "./derive";
import {
  ESTIMATED,
  FIGURE_FIELDS,
  NOT_APPLICABLE,
  PENDING,
  type Figure,
  type FigureField,
  type IndicatorRow,
} from "./figure";

/** A cell of the annex: digits as displayed, "/", 暂未反馈, words, "" for blank. An estimate prints as its digits; its
 * remark says what it is (domain/check, R12). */
export function printFigure(figure: Figure | null | undefined): string {
  switch (figure?.state) {
    case undefined:
      return "";
    case "number":
    case "estimate":
      return figure.digits;
    case "not-applicable":
      return NOT_APPLICABLE;
    case "pending":
      return PENDING;
    case "words":
      return figure.words;
  }
}

/** What one types to get this figure: as printed, an estimate with 预计 before it. `parseFigure` reads it back. */
export function typedFigure(figure: Figure | null | undefined): string {
  return figure?.state === "estimate" ? `${ESTIMATED}${figure.digits}` : printFigure(figure);
}

/** Digits as prose says them, without closing zeros: "51.40" → "51.4", "10.0" → "10", "-0.00" → "0". */
export function plainDigits(digits: string): string {
  const plain = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
  return plain === "-0" ? "0" : plain;
}

/** The 12 headings of the annex: those of the half-year report of 2024, with the year and the period put in. */
export function annexHeader(year: number, half: 1 | 2): string[] {
  const period = half === 1 ? `${year}年上半年` : `${year}年全年`;
  return [
    "序号",
    "主要经济指标",
    "计算单位",
    `${year - 1}年实际完成情况`,
    `${year}年计划完成总量`,
    `${year}年计划增速(%)`,
    `${period}完成总量`,
    "总量在全市站位",
    "完成率(%)",
    `${period}增速(%)`,
    "增速在全市站位",
    "备注",
  ];
}

/** The rows of the annex, 12 columns, numbered from 1; 完成率 is the typed override or the derived one. */
export function annexRows(rows: readonly IndicatorRow[]): string[][] {
  return rows.map((row, index) => [
    String(index + 1),
    row.officialName,
    row.unit,
    ...FIGURE_FIELDS.map((field) => printCell(row, field)),
  ]);
}

/** One cell as the annex prints it: 完成率 is as a rule derived and stands in no cell of its own. */
export function printCell(row: IndicatorRow, field: FigureField): string {
  return printFigure(field === "completion" ? completionShown(row).figure : row.figures[field]);
}
