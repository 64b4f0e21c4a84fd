import { Decimal } from "decimal.js";
import { z } from "zod";
import { isStorable } from "../kernel/storable";

/**
 * One figure: what one cell of the indicator table says. Five states; blank is none of them and is `null` wherever a
 * figure may be missing. `digits` is a plain decimal number as it was displayed: "51.40" and "51.4" are two figures
 * of one value, so precision is kept (NUMERIC in the database, decimal.js in code, never a float).
 */
export const FIGURE_STATES = ["number", "not-applicable", "pending", "estimate", "words"] as const;
export type FigureState = (typeof FIGURE_STATES)[number];

/** The words of three states as the table prints them. */
export const NOT_APPLICABLE = "/";
export const PENDING = "暂未反馈";
export const ESTIMATED = "预计";

/** Plain digits: optional minus, no exponent, no separators. NUMERIC keeps them as they are. */
export const Digits = z.string().regex(/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/);
const Words = z.string().trim().min(1).max(400).refine(isStorable, { message: "not-storable" });

export const Figure = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("number"), digits: Digits }),
  z.strictObject({ state: z.literal("estimate"), digits: Digits }),
  z.strictObject({ state: z.literal("not-applicable") }),
  z.strictObject({ state: z.literal("pending") }),
  z.strictObject({ state: z.literal("words"), words: Words }),
]);
export type Figure = z.infer<typeof Figure>;

/** The columns of the table that are typed, in printing order; `completion` is derived and stands among them only as an
 * override. Growths, completion and ranks have no unit of their own: %, % and places. */
export const FIGURE_FIELDS = [
  "lastActual",
  "planTotal",
  "planGrowth",
  "actual",
  "rankTotal",
  "completion",
  "growth",
  "rankGrowth",
  "remark",
] as const;
export type FigureField = (typeof FIGURE_FIELDS)[number];

export const NUMERIC_FIELDS = ["lastActual", "planTotal", "planGrowth", "actual", "completion", "growth"] as const;
export type NumericField = (typeof NUMERIC_FIELDS)[number];
export const RANK_FIELDS = ["rankTotal", "rankGrowth"] as const;

/** "total": an amount with its growth. "growth-only": no amount is published, only its growth (规模工业增加值). */
export const INDICATOR_KINDS = ["total", "growth-only"] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];
/** 现价 or 不变价: levels are at current prices; growth at constant prices cannot be derived from two levels. */
export const GROWTH_BASES = ["current", "constant"] as const;
export type GrowthBasis = (typeof GROWTH_BASES)[number];

export type Decimals = { [field in NumericField]?: number | undefined };

/** What the catalogue says of an indicator. `officialName` is the annex's, `shortName` the prose's. */
export type Indicator = {
  code: string;
  officialName: string;
  shortName: string;
  aliases: readonly string[];
  unit: string;
  kind: IndicatorKind;
  basis: GrowthBasis;
  /** Decimals wanted on entry, by field; a field that is missing takes any (up to 6). */
  decimals: Decimals;
};

export type Figures = Partial<Record<FigureField, Figure>>;

/** One row of the table. `completionReason` says why a typed completion stands instead of the derived one. */
export type IndicatorRow = Indicator & { figures: Figures; completionReason: string | null };

/** The number that a figure stands for, or null: "/" and 暂未反馈 are not zero. */
export function numberOf(figure: Figure | null | undefined): Decimal | null {
  return figure?.state === "number" || figure?.state === "estimate" ? new Decimal(figure.digits) : null;
}

/** Whether two figures say the same to the letter: 51.4 is not 51.40, and an estimate is no number of its digits. */
export function sameFigure(a: Figure | null | undefined, b: Figure | null | undefined): boolean {
  return a?.state === b?.state && saidBy(a) === saidBy(b);
}

/** How many decimals a figure displays: 2 for "51.40". */
export function decimalsOf(digits: string): number {
  const point = digits.indexOf(".");
  return point === -1 ? 0 : digits.length - point - 1;
}

function saidBy(figure: Figure | null | undefined): string {
  if (figure?.state === "number" || figure?.state === "estimate") return figure.digits;
  return figure?.state === "words" ? figure.words : "";
}
