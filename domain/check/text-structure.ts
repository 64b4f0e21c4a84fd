import type { Decimal } from "decimal.js";
import { decimalsOf, type IndicatorRow } from "../indicator/figure";
import type { Finding, Place } from "./finding";
import { add, displayed, divide, exactly, multiply, overlap, type Interval } from "./interval";
import { GDP, INDUSTRIES, TRADE, type Lexicon } from "./names";
import { unitOf } from "./quantity";
import type { BlockReading } from "./read-block";
import type { Statement } from "./statements";
import { middle } from "./text-arithmetic";
import { inBlock, textFinding, type Span } from "./text-finding";

/** Wholes whose parts are known to be all: no other partition is added up. */
const WHOLES: readonly { whole: string; parts: readonly string[] }[] = [
  { whole: GDP, parts: INDUSTRIES },
  { whole: TRADE, parts: ["出口总额", "进口总额"] },
  { whole: "地方一般公共预算收入", parts: ["税收收入", "非税收入"] },
];

/** An amount in its smallest unit, and where it is said. */
type Amount = {
  value: Interval;
  measures: string;
  digits: string;
  unit: string;
  factor: Decimal;
  written: string;
  place: Place;
};

/**
 * R4, R5: the industries of one paragraph add up to its 地区生产总值, and its structure is their shares of it, by the intervals
 * of what is displayed. A part or a whole that the paragraph does not say is looked up in the table.
 */
export function structureOf(reading: BlockReading, rows: readonly IndicatorRow[], lexicon: Lexicon): Finding[] {
  return [...sums(reading, rows, lexicon), ...structures(reading, rows, lexicon)];
}

function sums(reading: BlockReading, rows: readonly IndicatorRow[], lexicon: Lexicon): Finding[] {
  return WHOLES.flatMap(({ whole, parts }) => {
    const wholeCode = lexicon.codeOf(whole);
    const stated = parts.map((part) => statedAmount(reading, lexicon.codeOf(part)));
    // The paragraph must set the parts out itself; one of them may be left to the table.
    if (stated.filter((amount) => amount !== null).length < Math.max(2, parts.length - 1)) return [];
    const amounts = stated.map(
      (amount, index) => amount ?? tableAmount(rows, lexicon.codeOf(parts[index] ?? ""), "actual"),
    );
    const total = statedAmount(reading, wholeCode) ?? tableAmount(rows, wholeCode, "actual");
    const complete = amounts.flatMap((amount) => amount ?? []);
    const [first, ...others] = complete;
    if (!total || !first || complete.length < parts.length) return [];
    if (complete.some(({ measures }) => measures !== total.measures)) return [];
    const sum = others.reduce((value, amount) => add(value, amount.value), first.value);
    if (overlap(sum, total.value)) return [];
    // Marked is the whole where the paragraph says it, else the first part that it says.
    const marked = [total, ...complete].find(({ place }) => place.in === "text");
    if (marked?.place.in !== "text") return [];
    return [
      textFinding({
        rule: "R4",
        severity: "error",
        says: "text-sum",
        params: { whole, terms: complete.map(({ written }) => written).join("+"), total: total.written },
        block: reading.block.id,
        from: marked.place.from,
        to: marked.place.to,
        what: [whole, ...complete.map(({ written }) => written)].join(" "),
        stated: marked.written,
        expected: printed(sum, total),
        also: [total, ...complete].filter((amount) => amount !== marked).map(({ place }) => place),
      }),
    ];
  });
}

/** A sum in the unit and to the decimals of the whole. */
function printed(sum: Interval, { digits, unit, factor }: Amount): string {
  return `${middle(divide(sum, exactly(factor)) ?? sum, decimalsOf(digits))}${unit}`;
}

function structures(reading: BlockReading, rows: readonly IndicatorRow[], lexicon: Lexicon): Finding[] {
  const { structures: all, text, block } = reading;
  return all.flatMap((structure, index) => {
    const field = isOfLastYear(text, structure, all.length > 1 && index === 0) ? "lastActual" : "actual";
    const amountOf = (concept: string): Amount | null => {
      const code = lexicon.codeOf(concept);
      return (field === "actual" ? statedAmount(reading, code) : null) ?? tableAmount(rows, code, field);
    };
    const whole = amountOf(GDP);
    const addsUp = addUpTo100(structure.shares);
    if (!whole) return [];
    return INDUSTRIES.flatMap((industry, position) => {
      const amount = amountOf(industry);
      const share = structure.shares[position];
      const span = structure.spans[position];
      if (!amount || !share || !span || amount.measures !== whole.measures) return [];
      const ratio = divide(multiply(amount.value, exactly(100)), whole.value);
      if (!ratio || overlap(ratio, standsFor(share, addsUp))) return [];
      return [
        textFinding({
          rule: "R5",
          severity: "error",
          says: "text-structure-share",
          params: { part: industry, words: `${amount.written}/${whole.written}` },
          block: block.id,
          ...span,
          what: `${industry}-${field}`,
          stated: share,
          expected: middle(ratio, decimalsOf(share)),
          also: [amount.place, whole.place],
        }),
      ];
    });
  });
}

/**
 * What a share may stand for. Shares that add up to exactly 100 are often made to, by the largest remainder or by leaving
 * the rest to one of them: then each is its ratio rounded up or down, a whole unit of its last digit.
 */
function standsFor(share: string, addsUp: boolean): Interval {
  const unit = displayed((0).toFixed(decimalsOf(share)));
  return addsUp ? add(displayed(share), unit) : displayed(share);
}

const addUpTo100 = (stated: readonly string[]): boolean =>
  stated.reduce((sum, share) => add(sum, exactly(share)), exactly(0)).low.eq(100);

/** 由年初的A调整为B, 由上年的A…: A is the structure of the year before. */
function isOfLastYear(text: string, { from }: Span, isFirstOfTwo: boolean): boolean {
  const before = text.slice(Math.max(0, from - 12), from);
  return /年初|上年|去年|年底/.test(before) || (isFirstOfTwo && /[由从][^，。]{0,10}$/.test(before));
}

function statedAmount(reading: BlockReading, code: string | null): Amount | null {
  const said = reading.statements.find((each) => each.indicator === code && each.field === "actual" && !each.isUnsure);
  return said ? amountOfStatement(reading, said) : null;
}

function amountOfStatement(reading: BlockReading, { digits, unit: words, from, to }: Statement): Amount | null {
  const unit = words === null ? null : unitOf(words);
  if (!unit) return null;
  return {
    value: multiply(displayed(digits), exactly(unit.factor)),
    ...unit,
    digits,
    unit: words ?? "",
    written: reading.block.text.slice(from, to),
    place: inBlock(reading.block.id, { from, to }),
  };
}

function tableAmount(
  rows: readonly IndicatorRow[],
  code: string | null,
  field: "actual" | "lastActual",
): Amount | null {
  const row = rows.find((each) => each.code === code);
  const figure = row?.figures[field];
  const unit = row ? unitOf(row.unit) : null;
  if (!row || !unit || (figure?.state !== "number" && figure?.state !== "estimate")) return null;
  return {
    value: multiply(displayed(figure.digits), exactly(unit.factor)),
    ...unit,
    digits: figure.digits,
    unit: row.unit,
    written: `${figure.digits}${row.unit}`,
    place: { in: "table", indicator: row.code, field },
  };
}
