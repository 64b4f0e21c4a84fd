import { Decimal } from "decimal.js";
import { decimalsOf, type IndicatorRow } from "../indicator/figure";
import type { Finding } from "./finding";
import { displayed, divide, exactly, multiply, overlap } from "./interval";
import { unitOf } from "./quantity";
import type { BlockReading } from "./read-block";
import type { Statement } from "./statements";
import { middle } from "./text-arithmetic";
import { inBlock, textFinding, type Span } from "./text-finding";

/** R11, and R8 where the base of a share stands elsewhere: what is said twice must be said the same. */
export function repeatsOf(readings: readonly BlockReading[], rows: readonly IndicatorRow[]): Finding[] {
  return [
    ...repeatedFacts(readings),
    ...repeatedTitles(readings),
    ...repeatedFigures(readings, rows),
    ...shares(readings),
  ];
}

type Placed<T extends Span> = T & { block: string; said: string };

function placed<T extends Span>(
  readings: readonly BlockReading[],
  of: (reading: BlockReading) => readonly T[],
): Placed<T>[] {
  return readings.flatMap((reading) =>
    of(reading).map((each) => {
      const said = reading.block.text.slice(each.from, each.to);
      return { ...each, block: reading.block.id, said };
    }),
  );
}

function repeatedFacts(readings: readonly BlockReading[]): Finding[] {
  return laterOnes(
    placed(readings, ({ facts }) => facts),
    ({ label, counter }) => `${label}|${counter}`,
    ({ count }) => count,
    ({ words }) => words,
  );
}

function repeatedTitles(readings: readonly BlockReading[]): Finding[] {
  return laterOnes(
    placed(readings, ({ titles }) => titles),
    ({ name }) => name,
    ({ years }) => years,
    ({ name }) => `《${name}》`,
  );
}

/** Figures of indicators that the table leaves blank or has no row for; the others are held against the table (R6). */
function repeatedFigures(readings: readonly BlockReading[], rows: readonly IndicatorRow[]): Finding[] {
  const isFree = ({ indicator, field, isUnsure }: Statement): boolean => {
    if (isUnsure || field === "pace" || field === "gap") return false;
    const row = rows.find(({ code }) => code === indicator);
    return row === undefined || (field !== "completion" && row.figures[field] === undefined);
  };
  const free = placed(readings, ({ statements }) => statements.filter(isFree));
  return laterOnes(
    free,
    ({ indicator, field }) => `${indicator}|${field}`,
    ({ digits, unit }) => valueOf(digits, unit),
    ({ indicator }) => rows.find(({ code }) => code === indicator)?.shortName ?? indicator.replace("~", ""),
  );
}

function valueOf(digits: string, words: string | null): string {
  const unit = words === null ? null : unitOf(words);
  return unit ? `${unit.measures}${new Decimal(digits).times(unit.factor).toFixed()}` : new Decimal(digits).toFixed();
}

function laterOnes<T extends Span>(
  all: readonly Placed<T>[],
  keyOf: (each: T) => string,
  valueIn: (each: T) => string,
  nameOf: (each: T) => string,
): Finding[] {
  const firsts = new Map<string, Placed<T>>();
  return all.flatMap((each) => {
    const first = firsts.get(keyOf(each));
    if (!first) {
      firsts.set(keyOf(each), each);
      return [];
    }
    if (valueIn(first) === valueIn(each)) return [];
    return [
      textFinding({
        rule: "R11",
        severity: "warning",
        says: "text-repeat",
        params: { name: nameOf(each) },
        block: each.block,
        from: each.from,
        to: each.to,
        what: keyOf(each),
        stated: each.said,
        expected: first.said,
        also: [inBlock(first.block, first)],
      }),
    ];
  });
}

/** R8: 98 of the 261家 that another section counts, when there is just one such count. */
function shares(readings: readonly BlockReading[]): Finding[] {
  const stocks = placed(readings, (reading) => reading.stocks);
  return placed(readings, (reading) => reading.openShares).flatMap((open) => {
    const bases = stocks.filter((stock) => stock.counter === open.counter && isOfKind(stock.label, open.phrase));
    const [base] = bases;
    if (!base || bases.some(({ count }) => count !== base.count)) return [];
    const ratio = divide(exactly(`${open.count}00`), exactly(base.count));
    if (!ratio || overlap(ratio, displayed(open.share))) return [];
    return [
      textFinding({
        rule: "R8",
        severity: "warning",
        says: "text-share",
        params: { words: `${open.count}/${base.count}` },
        block: open.block,
        from: open.from,
        to: open.to + 1,
        what: `${open.count}/${base.count}`,
        stated: `${open.share}%`,
        expected: `${middle(multiply(ratio, exactly(1)), decimalsOf(open.share))}%`,
        also: [inBlock(open.block, open.part), inBlock(base.block, base)],
      }),
    ];
  });
}

/** 区属规模工业企业 and 工业企业减产: the label ends as the phrase begins. */
function isOfKind(label: string, phrase: string): boolean {
  for (let length = Math.min(label.length, phrase.length); length >= 4; length -= 1) {
    if (phrase.startsWith(label.slice(-length))) return true;
  }
  return false;
}
