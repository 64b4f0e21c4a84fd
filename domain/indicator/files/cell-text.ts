import { Decimal } from "decimal.js";
import ExcelJS from "exceljs";
import { ESTIMATED } from "../figure";

export const CELL_ERRORS = ["formula-without-value", "date", "truth-value"] as const;
export type CellErrorKey = (typeof CELL_ERRORS)[number];

/**
 * A cell as the office sees it: a number with the decimals of its format, a percentage with its sign, an estimate (by its
 * comment) with 预计. `stored` is given where the cell holds more decimals than it shows and those shown are taken.
 */
export type CellText =
  | { text: string; stored: string | null; isFormula: boolean }
  | { error: CellErrorKey; typed: string };

/**
 * `decimals` is what the catalogue wants, or null. A constant whose hidden decimals still fit is taken whole: the format
 * hid what somebody typed. A formula, or more than fits, is taken as displayed.
 */
export function cellText(cell: ExcelJS.Cell, decimals: number | null): CellText {
  const isFormula = cell.type === ExcelJS.ValueType.Formula;
  const value = isFormula ? cell.result : cell.value;
  if (value === null || value === undefined) {
    return isFormula ? { error: "formula-without-value", typed: `=${cell.formula}` } : plain("", false);
  }
  if (typeof value === "boolean") return { error: "truth-value", typed: String(value).toUpperCase() };
  if (value instanceof Date) return { error: "date", typed: value.toISOString().slice(0, 10) };
  if (typeof value !== "number") return plain(wordsIn(value), isFormula);
  const display = displayOf(cell.numFmt);
  const number = withoutNoise(value).times(display.isPercent ? 100 : 1);
  const hides = number.decimalPlaces() > display.most;
  const takesWhole = hides && !isFormula && number.decimalPlaces() <= (decimals ?? DECIMALS_LIMIT);
  const shown = hides && !takesWhole ? number.toDecimalPlaces(display.most, Decimal.ROUND_HALF_UP) : number;
  const digits = shown.toFixed(Math.max(shown.decimalPlaces(), display.least));
  const estimate = display.isEstimate || isEstimate(cell) ? ESTIMATED : "";
  const text = `${estimate}${digits}${display.isPercent ? "%" : ""}${display.unit}`;
  return { text, stored: hides && !takesWhole ? number.toFixed() : null, isFormula };
}

const DECIMALS_LIMIT = 6;
/** Doubles hold 15 digits; what is left of a sum's noise then is beyond the tenth. */
const EXACT_DIGITS = 15;
const NOISE_FREE_DIGITS = 10;

function withoutNoise(value: number): Decimal {
  const exact = new Decimal(value).toSignificantDigits(EXACT_DIGITS, Decimal.ROUND_HALF_UP);
  return exact.decimalPlaces() <= DECIMALS_LIMIT
    ? exact
    : exact.toSignificantDigits(NOISE_FREE_DIGITS, Decimal.ROUND_HALF_UP);
}

/** What a number format shows: at least and at most so many decimals, a percentage, 预计, a unit in words. */
type Display = { least: number; most: number; isPercent: boolean; isEstimate: boolean; unit: string };

function displayOf(format: string | undefined): Display {
  const section = (format ?? "").split(";")[0] ?? "";
  const literals = [...section.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? "");
  const bare = section.replace(/"[^"]*"|\[[^\]]*\]|_.|\*.|\\./g, "");
  const said =
    [...literals, bare]
      .join("")
      .match(/\p{Script=Han}+/gu)
      ?.join("") ?? "";
  const words = {
    isPercent: bare.includes("%"),
    isEstimate: said.includes(ESTIMATED),
    unit: said.replace(ESTIMATED, ""),
  };
  // A comma after the last digit divides by a thousand, E and / are other notations: then the number stands as it is.
  const digits = /[0#?](?:\.([0#?]*))?(?![0#?.,])/.exec(bare.replace(/(?<=[0#?]),(?=[0#?])/g, ""));
  if (!digits || /e[-+]|\//i.test(bare)) return { least: 0, most: Number.POSITIVE_INFINITY, ...words };
  const decimals = digits[1] ?? "";
  return { least: decimals.replace(/[^0]/g, "").length, most: decimals.length, ...words };
}

function wordsIn(value: ExcelJS.CellValue): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  if ("error" in value) return value.error;
  if ("richText" in value) return value.richText.map((run) => run.text).join("");
  return "text" in value ? String(value.text) : "";
}

function isEstimate(cell: ExcelJS.Cell): boolean {
  const { note } = cell;
  const text = typeof note === "string" ? note : (note?.texts ?? []).map((run) => run.text).join("");
  return text.includes(ESTIMATED);
}

const plain = (text: string, isFormula: boolean): CellText => ({ text, stored: null, isFormula });
