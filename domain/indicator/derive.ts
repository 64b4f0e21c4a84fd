import { Decimal } from "decimal.js";
import {
  decimalsOf,
  ESTIMATED,
  NOT_APPLICABLE,
  numberOf,
  PENDING,
  type Figure,
  type FigureField,
  type IndicatorRow,
} from "./figure";

/** How a derived figure is made: keys of messages/<locale>/figure.json, `formula`; operands go in by field. */
export const FORMULAS = ["actual-over-plan", "growth-minus-plan", "last-year-times-plan-growth"] as const;
export type FormulaKey = (typeof FORMULAS)[number];

export type Derived = { figure: Figure; formula: FormulaKey; operands: { field: FigureField; printed: string }[] };
export type Half = 1 | 2;

/**
 * 完成率 of a row, in percent: actual ÷ plan × 100, two decimals, half up (R1 of the plan report); of a growth-only row
 * the difference to the plan in words. An estimate makes an estimate, 暂未反馈 stays so, what has no plan is "/".
 * Null: something is blank, is said in words, or the plan is not above zero.
 */
export function completion(row: IndicatorRow): Derived | null {
  if (row.kind === "growth-only") return growthAgainstPlan(row);
  const operands = operandsOf(row, ["actual", "planTotal"]);
  const state = stateOf(row, operands);
  if (state === null) return null;
  const [actual, plan] = [numberOf(row.figures.actual), numberOf(row.figures.planTotal)];
  if (!actual || !plan) return derived("actual-over-plan", operands, { state } as Figure);
  if (!plan.isPositive() || plan.isZero()) return null;
  return derived("actual-over-plan", operands, figureOf(state, actual.div(plan).times(100), 2));
}

/** What the 完成率 column prints: a typed completion wins over the derived one. */
export function completionShown(row: IndicatorRow): { figure: Figure | null; isOverride: boolean } {
  const typed = row.figures.completion;
  return typed ? { figure: typed, isOverride: true } : { figure: completion(row)?.figure ?? null, isOverride: false };
}

/** Growth − plan growth, in percentage points, to the finer of both displays. */
export function gap(row: IndicatorRow): Derived | null {
  const operands = operandsOf(row, ["growth", "planGrowth"]);
  const state = stateOf(row, operands);
  if (state === null) return null;
  const [growth, plan] = [numberOf(row.figures.growth), numberOf(row.figures.planGrowth)];
  if (!growth || !plan) return derived("growth-minus-plan", operands, { state } as Figure);
  const decimals = Math.max(...operands.map((operand) => decimalsOf(operand.printed)));
  return derived("growth-minus-plan", operands, figureOf(state, growth.minus(plan), decimals));
}

/** The plan that last year and the plan growth make: last year × (1 + growth ÷ 100), half up (R2). `decimals` are those
 * of last year's figure unless given. */
export function impliedPlan(row: IndicatorRow, decimals?: number): Derived | null {
  const operands = operandsOf(row, ["lastActual", "planGrowth"]);
  const state = stateOf(row, operands);
  if (state === null) return null;
  const [last, growth] = [numberOf(row.figures.lastActual), numberOf(row.figures.planGrowth)];
  if (!last || !growth) return derived("last-year-times-plan-growth", operands, { state } as Figure);
  const places = decimals ?? decimalsOf(operands[0]?.printed ?? "");
  const plan = last.times(growth.div(100).plus(1));
  return derived("last-year-times-plan-growth", operands, figureOf(state, plan, places));
}

/** The printed 完成率 against the time of year (序时进度): 50 % at mid-year, 100 % at its end. Null without a rate. */
export function pace(row: IndicatorRow, half: Half): { rate: string; expected: string; ahead: boolean } | null {
  const shown = completionShown(row).figure;
  const rate = numberOf(shown);
  if (row.kind === "growth-only" || !rate || (shown?.state !== "number" && shown?.state !== "estimate")) return null;
  const expected = half === 1 ? "50" : "100";
  return { rate: shown.digits, expected, ahead: rate.gte(expected) };
}

/**
 * THE criterion of 完成年度计划 and 基本完成: the printed completion is not below the time of year; for an indicator of
 * growth alone, growth is not below the plan's. Under it the report of 2024 counts 10 and 3 (R7). Null: undecided.
 */
export function isAhead(row: IndicatorRow, half: Half): boolean | null {
  if (row.kind === "total") return pace(row, half)?.ahead ?? null;
  const [growth, plan] = [numberOf(row.figures.growth), numberOf(row.figures.planGrowth)];
  return growth && plan ? growth.gte(plan) : null;
}

export function classify(
  rows: readonly IndicatorRow[],
  half: Half,
): { all: number; ahead: number; behind: number; undecided: number } {
  const verdicts = rows.map((row) => isAhead(row, half));
  const count = (verdict: boolean | null): number => verdicts.filter((each) => each === verdict).length;
  return { all: rows.length, ahead: count(true), behind: count(false), undecided: count(null) };
}

/**
 * Shares in percent that add up to exactly 100, by the largest remainder. `whole` is the published total when the parts
 * miss it by rounding: 3.46, 164.5, 313.38 of 481.35 → 0.72, 34.18, 65.10. Null: no parts, a negative one, or parts
 * that are too far from the whole to be its parts.
 */
export function shares(parts: readonly string[], decimals: number, whole?: string): string[] | null {
  const values = parts.map((part) => new Decimal(part));
  const total =
    whole === undefined ? values.reduce((sum, value) => sum.plus(value), new Decimal(0)) : new Decimal(whole);
  if (!total.isPositive() || total.isZero() || values.some((value) => value.isNegative() && !value.isZero()))
    return null;
  const unit = new Decimal(10).pow(-decimals);
  const exact = values.map((value) => value.div(total).times(100));
  const floors = exact.map((value) => value.toDecimalPlaces(decimals, Decimal.ROUND_DOWN));
  const missing = floors
    .reduce((left, floor) => left.minus(floor), new Decimal(100))
    .div(unit)
    .toNumber();
  if (missing < 0 || missing > values.length) return null;
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value.minus(floors[index] ?? 0) }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index);
  const raised = new Set(byRemainder.slice(0, missing).map((each) => each.index));
  return floors.map((floor, index) => (raised.has(index) ? floor.plus(unit) : floor).toFixed(decimals));
}

function growthAgainstPlan(row: IndicatorRow): Derived | null {
  const difference = gap(row);
  const points = numberOf(difference?.figure);
  if (!difference || !points) return difference;
  const estimated = difference.figure.state === "estimate" ? ESTIMATED : "";
  return { ...difference, figure: { state: "words", words: `${estimated}${againstPlan(points)}` } };
}

/** 高于计划增速10.1个百分点, 低于…, 与计划增速持平. */
export function againstPlan(points: Decimal): string {
  if (points.isZero()) return "与计划增速持平";
  return `${points.isPositive() ? "高于" : "低于"}计划增速${points.abs().toFixed()}个百分点`;
}

type Operand = Derived["operands"][number];

function operandsOf(row: IndicatorRow, fields: readonly FigureField[]): Operand[] {
  return fields.map((field) => ({ field, printed: printedOperand(row.figures[field]) }));
}

function printedOperand(figure: Figure | undefined): string {
  if (figure?.state === "number" || figure?.state === "estimate") return figure.digits;
  if (figure?.state === "not-applicable") return NOT_APPLICABLE;
  return figure?.state === "pending" ? PENDING : "";
}

/** What the operands allow: "/" before 暂未反馈 before blank or words (null), an estimate before a plain number. */
function stateOf(row: IndicatorRow, operands: readonly Operand[]): Exclude<Figure["state"], "words"> | null {
  const states = operands.map(({ field }) => row.figures[field]?.state);
  if (states.includes("not-applicable")) return "not-applicable";
  if (states.includes("pending")) return "pending";
  if (states.includes(undefined) || states.includes("words")) return null;
  return states.includes("estimate") ? "estimate" : "number";
}

function derived(formula: FormulaKey, operands: Operand[], figure: Figure): Derived {
  return { figure, formula, operands };
}

function figureOf(
  state: "number" | "estimate" | "not-applicable" | "pending",
  value: Decimal,
  decimals: number,
): Figure {
  if (state !== "number" && state !== "estimate") return { state };
  const rounded = value.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP);
  return { state, digits: (rounded.isZero() ? rounded.abs() : rounded).toFixed(decimals) };
}
