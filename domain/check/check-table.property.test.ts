import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IndicatorRow } from "../indicator/figure";
import { checkTable } from "./check-table";
import { isBlocking } from "./finding";

// Nothing here reckons with decimal.js or with intervals of ours: true values are fractions of whole numbers, and what
// an office displays of them is their half-up rounding.

describe("tables worked out from true values and displayed with 0 to 3 decimals", () => {
  it("raise no false alarm of R1 or R2 in 10,000 tables", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(trueRow, { minLength: 1, maxLength: 3 }), (rows) => {
        expect(checkTable(rows.map(tableRow), { half: 1 }).filter(isBlocking)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  it(
    "raise an alarm for one cell that no rounding explains, there and nowhere else, in 10,000 tables",
    { timeout: 60_000 },
    () => {
      const changedTable = fc.tuple(fc.array(trueRow, { minLength: 1, maxLength: 3 }), fc.nat(), change);
      fc.assert(
        fc.property(changedTable, ([rows, choice, changeOf]) => {
          const at = choice % rows.length;
          const cells = rows.map((row) => ({ ...row }));
          const changed = cells[at];
          fc.pre(changed !== undefined);
          changed[changeOf.field] = changeOf.to(changed[changeOf.field]);
          fc.pre(!keepsR1(changed) || !keepsR2(changed));
          const alarms = checkTable(cells.map(tableRow), { half: 1 }).filter(isBlocking);
          expect(alarms.map(({ rule }) => rule)).toEqual([
            ...(keepsR2(changed) ? [] : ["R2"]),
            ...(keepsR1(changed) ? [] : ["R1"]),
          ]);
          for (const { where, also } of alarms) {
            const places = [where, ...also].flatMap((place) => (place.in === "table" ? [place] : []));
            expect(new Set(places.map(({ indicator }) => indicator))).toEqual(new Set([`row-${at}`]));
          }
          expect(alarms.flatMap(({ where, also }) => [where, ...also])).toContainEqual({
            in: "table",
            indicator: `row-${at}`,
            field: changeOf.field,
          });
        }),
        { numRuns: 10_000 },
      );
    },
  );
});

/** A displayed number: `units` of its last digit, of which there are `places` after the point. */
type Shown = { units: bigint; places: number };
const CELLS = ["lastActual", "planGrowth", "planTotal", "actual", "completion"] as const;
type Row = Record<(typeof CELLS)[number], Shown>;

const places = fc.integer({ min: 0, max: 3 });

/** Last year's amount in millionths, growth in ten-thousandths of a percent, progress in millionths of the plan. */
const trueRow: fc.Arbitrary<Row> = fc
  .record({
    last: fc.oneof(fc.bigInt(1n, 1_000_000_000n), fc.bigInt(1_000_000n, 1_000_000_000_000n)),
    growth: fc.bigInt(-300_000n, 400_000n),
    progress: fc.bigInt(0n, 1_500_000n),
    decimals: fc.tuple(places, places, places, places, places),
  })
  .map(({ last, growth, progress, decimals: [ofLast, ofGrowth, ofPlan, ofActual, ofRate] }) => {
    const million = 1_000_000n;
    const plan = last * (million + growth);
    return {
      lastActual: rounded(last, million, ofLast),
      planGrowth: rounded(growth, 10_000n, ofGrowth),
      planTotal: rounded(plan, million * million, ofPlan),
      actual: rounded(plan * progress, million * million * million, ofActual),
      completion: rounded(progress * 100n, million, ofRate),
    };
  });

/** What goes wrong in a cell: a digit, a decimal point, a unit, a sign, two digits swapped, another number. */
const change = fc.record({
  field: fc.constantFrom(...CELLS),
  to: fc.oneof(
    fc.constantFrom(10n, 100n, 10_000n).map((factor) => (old: Shown) => ({ ...old, units: old.units * factor })),
    fc.constantFrom(10n, 100n, 10_000n).map((factor) => (old: Shown) => ({ ...old, units: old.units / factor })),
    fc.constant((old: Shown) => ({ ...old, units: -old.units })),
    fc.constant((old: Shown) => ({ ...old, units: swapped(old.units) })),
    fc.integer({ min: 1, max: 4 }).map((more) => (old: Shown) => ({ ...old, places: old.places + more })),
    fc.bigInt(-2000n, 2000n).map((step) => (old: Shown) => ({ ...old, units: old.units + step })),
    fc.bigInt(0n, 10_000_000n).map((units) => (old: Shown) => ({ ...old, units })),
  ),
});

/** Rounds numerator ÷ denominator half up, away from zero, to so many places. */
function rounded(numerator: bigint, denominator: bigint, decimals: number): Shown {
  const isDown = numerator < 0n;
  const twice = 2n * (isDown ? -numerator : numerator) * 10n ** BigInt(decimals);
  const units = (twice + denominator) / (2n * denominator);
  return { units: isDown ? -units : units, places: decimals };
}

/** 100 × actual and completion × plan can be one number, each number within half its last digit. */
function keepsR1({ actual, planTotal, completion }: Row): boolean {
  const product = productRange(range(completion), range(planTotal));
  return meet(product, range(actual), 100n);
}

/** 100 × plan and last × (100 + growth) can be one number. */
function keepsR2({ lastActual, planGrowth, planTotal }: Row): boolean {
  const growth = range(planGrowth);
  const factor = { ...growth, low: growth.low + 100n * growth.scale, high: growth.high + 100n * growth.scale };
  return meet(productRange(range(lastActual), factor), range(planTotal), 100n);
}

/** low ÷ scale to high ÷ scale. */
type Range = { low: bigint; high: bigint; scale: bigint };

const range = ({ units, places: decimals }: Shown): Range => ({
  low: 2n * units - 1n,
  high: 2n * units + 1n,
  scale: 2n * 10n ** BigInt(decimals),
});

function productRange(a: Range, b: Range): Range {
  const corners = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  const low = corners.reduce((least, corner) => (corner < least ? corner : least));
  const high = corners.reduce((most, corner) => (corner > most ? corner : most));
  return { low, high, scale: a.scale * b.scale };
}

function meet(a: Range, b: Range, timesB: bigint): boolean {
  return a.low * b.scale <= timesB * b.high * a.scale && timesB * b.low * a.scale <= a.high * b.scale;
}

function swapped(units: bigint): bigint {
  const digits = units.toString();
  const at = digits.length - 2;
  if (at < 0 || digits.startsWith("-")) return units + 7n;
  return BigInt(digits.slice(0, at) + digits.slice(at + 1) + digits.charAt(at));
}

function digitsOf({ units, places: decimals }: Shown): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function tableRow(row: Row, index: number): IndicatorRow {
  const name = `第${index + 1}项指标`;
  return {
    code: `row-${index}`,
    officialName: name,
    shortName: name,
    aliases: [],
    unit: "亿元",
    kind: "total",
    basis: "current",
    decimals: {},
    figures: Object.fromEntries(CELLS.map((field) => [field, { state: "number", digits: digitsOf(row[field]) }])),
    completionReason: null,
  };
}
