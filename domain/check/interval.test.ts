import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, displayed, divide, exactly, multiply, overlap, subtract, type Interval } from "./interval";

const ends = ({ low, high }: Interval): [string, string] => [low.toFixed(), high.toFixed()];

describe("a displayed number", () => {
  it.each([
    ["21.50", "21.495", "21.505"],
    ["21.5", "21.45", "21.55"],
    ["5", "4.5", "5.5"],
    ["-4.03", "-4.035", "-4.025"],
    ["0", "-0.5", "0.5"],
    ["0.00", "-0.005", "0.005"],
    ["999999999999999.999999", "999999999999999.9999985", "999999999999999.9999995"],
  ])("%s stands for everything from %s to %s", (digits, low, high) => {
    expect(ends(displayed(digits))).toEqual([low, high]);
  });
});

describe("reckoning with intervals", () => {
  it("takes the farthest ends of sums and differences", () => {
    expect(ends(add(displayed("1.0"), displayed("2")))).toEqual(["2.45", "3.55"]);
    expect(ends(subtract(displayed("19.1"), displayed("9")))).toEqual(["9.55", "10.65"]);
  });

  it("minds the signs of products and quotients", () => {
    expect(ends(multiply(displayed("-2"), displayed("3")))).toEqual(["-8.75", "-3.75"]);
    expect(ends(multiply(displayed("0"), displayed("4")))).toEqual(["-2.25", "2.25"]);
    const half = divide(exactly(-1), { low: new Decimal(2), high: new Decimal(4) });
    expect(half && ends(half)).toEqual(["-0.5", "-0.25"]);
  });

  it("says nothing of a quotient whose divisor may be zero", () => {
    expect(divide(exactly(1), displayed("0.0"))).toBeNull();
    expect(divide(exactly(1), displayed("0.1"))).not.toBeNull();
  });

  it("rounds a quotient that does not end outward, never inward", () => {
    const third = divide(exactly(1), exactly(3));
    expect(third && third.low.lt(third.high)).toBe(true);
    expect(third && overlap(multiply(third, exactly(3)), exactly(1))).toBe(true);
  });

  it("calls intervals that touch in one point overlapping", () => {
    expect(overlap(displayed("1.1"), displayed("1.2"))).toBe(true);
    expect(overlap(displayed("1.1"), displayed("1.21"))).toBe(false);
    expect(overlap(displayed("1.3"), displayed("1.1"))).toBe(false);
  });

  it("never loses a value that the operands may stand for", { timeout: 60_000 }, () => {
    const number = fc.integer({ min: -10_000_000, max: 10_000_000 });
    const places = fc.integer({ min: 0, max: 4 });
    const within = fc.integer({ min: -500, max: 500 });
    fc.assert(
      fc.property(number, places, within, number, places, within, (a, p, i, b, q, j) => {
        // Integers at a scale of 10⁻⁸ stand for the true values, so that the proof shares no arithmetic with the code.
        const [x, y] = [trueAt(a, p, i), trueAt(b, q, j)];
        const [ia, ib] = [displayed(shown(a, p)), displayed(shown(b, q))];
        expect(holds(add(ia, ib), x + y, 8)).toBe(true);
        expect(holds(subtract(ia, ib), x - y, 8)).toBe(true);
        expect(holds(multiply(ia, ib), x * y, 16)).toBe(true);
        const quotient = divide(ia, ib);
        if (quotient && y !== 0n) expect(holds(multiply(quotient, exactly(decimal(y, 8))), x, 8)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The integer `a` with its last `places` digits after the point. */
function shown(a: number, places: number): string {
  return new Decimal(a).div(new Decimal(10).pow(places)).toFixed(places);
}

/** A true value behind it, `offset` thousandths of the last digit away, as an integer of 10⁻⁸. */
function trueAt(a: number, places: number, offset: number): bigint {
  return (BigInt(a) * 1000n + BigInt(offset)) * 10n ** BigInt(8 - places - 3);
}

function decimal(scaled: bigint, scale: number): Decimal {
  return new Decimal(`${scaled}e-${scale}`);
}

function holds({ low, high }: Interval, scaled: bigint, scale: number): boolean {
  const value = decimal(scaled, scale);
  return low.lte(value) && high.gte(value);
}
