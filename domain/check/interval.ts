import { Decimal } from "decimal.js";
import { decimalsOf } from "../indicator/figure";

/** A closed interval, low ≤ high: every value that a displayed number, or a sum made of such numbers, may stand for. */
export type Interval = { low: Decimal; high: Decimal };

/** What a displayed number stands for: its value ± half its last digit. "21.50" is [21.495, 21.505], "5" is [4.5, 5.5]. */
export function displayed(digits: string): Interval {
  const half = new Exact(5).times(new Exact(10).pow(-decimalsOf(digits) - 1));
  return { low: new Exact(digits).minus(half), high: new Exact(digits).plus(half) };
}

/** A number that is meant to the last place: 100, a count, a target. */
export function exactly(value: Decimal.Value): Interval {
  const point = new Exact(value);
  return { low: point, high: point };
}

export const add = (a: Interval, b: Interval): Interval => ({
  low: new Down(a.low).plus(b.low),
  high: new Up(a.high).plus(b.high),
});

export const subtract = (a: Interval, b: Interval): Interval => ({
  low: new Down(a.low).minus(b.high),
  high: new Up(a.high).minus(b.low),
});

export function multiply(a: Interval, b: Interval): Interval {
  const corners = [
    [a.low, b.low],
    [a.low, b.high],
    [a.high, b.low],
    [a.high, b.high],
  ] as const;
  return {
    low: Exact.min(...corners.map(([x, y]) => new Down(x).times(y))),
    high: Exact.max(...corners.map(([x, y]) => new Up(x).times(y))),
  };
}

/** Null when the divisor may be zero: then nothing can be said of the quotient. */
export function divide(a: Interval, b: Interval): Interval | null {
  if (b.low.lte(0) && b.high.gte(0)) return null;
  const corners = [
    [a.low, b.low],
    [a.low, b.high],
    [a.high, b.low],
    [a.high, b.high],
  ] as const;
  return {
    low: Exact.min(...corners.map(([x, y]) => new Down(x).div(y))),
    high: Exact.max(...corners.map(([x, y]) => new Up(x).div(y))),
  };
}

/** Whether one value can be both. Touching counts: the ends are closed. */
export const overlap = (a: Interval, b: Interval): boolean => a.low.lte(b.high) && b.low.lte(a.high);

// Ends round outward, so that an interval never loses a value it may stand for. A figure has at most 22 digits with its
// half digit: 120 keep sums and products of several exact, and only quotients are rounded at all.
const Exact = Decimal.clone({ precision: 120, rounding: Decimal.ROUND_HALF_UP });
const Down = Exact.clone({ rounding: Decimal.ROUND_FLOOR });
const Up = Exact.clone({ rounding: Decimal.ROUND_CEIL });
