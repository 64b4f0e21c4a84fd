import { classify, isAhead, type Half } from "../indicator/derive";
import type { IndicatorRow } from "../indicator/figure";
import type { CheckBlock, Finding } from "./finding";
import type { Lexicon } from "./names";
import type { BlockReading } from "./read-block";
import type { Count } from "./text-facts";
import { inBlock, textFinding } from "./text-finding";

/** R7: the counts against the table and its split by the criterion of `isAhead`, and among themselves. */
export function indicatorCounts(reading: BlockReading, rows: readonly IndicatorRow[], half: Half): Finding[] {
  const counts = classify(rows, half);
  return reading.indicatorCounts.flatMap(({ all, parts, areAllAhead }) => {
    const findings: Finding[] = [];
    const found = (span: Count, says: string, what: string, expected: string, params = {}): void => {
      findings.push(
        textFinding({
          rule: "R7",
          severity: says === "text-count-sum" ? "error" : "warning",
          says,
          params,
          block: reading.block.id,
          from: span.from,
          to: span.to,
          what,
          stated: reading.block.text.slice(span.from, span.to),
          expected,
        }),
      );
    };
    if (rows.length > 0 && all.count !== rows.length) found(all, "text-count-rows", "all", String(rows.length));
    const sum = parts.reduce((total, { count }) => total + count, 0);
    const terms = parts.map(({ count }) => count).join("+");
    if (parts.length > 1 && sum !== all.count) found(all, "text-count-sum", "sum", `${terms}=${sum}`, { terms, sum });
    if (counts.undecided > 0 || rows.length !== all.count) return findings;
    if (areAllAhead && counts.behind > 0) {
      found(all, "text-count-ahead", "ahead", String(counts.ahead), { behind: names(rows, half) });
    }
    for (const is of ["ahead", "behind"] as const) {
      const stated = parts.filter((part) => part.is === is);
      const [first] = stated;
      const total = stated.reduce((so, { count }) => so + count, 0);
      if (!first || parts.some((part) => part.is === null) || total === counts[is]) continue;
      found(first, `text-count-${is}`, is, String(counts[is]), { behind: names(rows, half) });
    }
    return findings;
  });
}

const names = (rows: readonly IndicatorRow[], half: Half): string =>
  rows
    .filter((row) => isAhead(row, half) === false)
    .map(({ shortName }) => shortName)
    .join("、");

/** R7: 双过半 claimed at mid-year while rows are below its pace: one finding for the report, every claim marked. */
export function halfDone(readings: readonly BlockReading[], rows: readonly IndicatorRow[], half: Half): Finding[] {
  const places = readings.flatMap(({ block, halfDone: spans }) => spans.map((span) => inBlock(block.id, span)));
  const behind = rows.filter((row) => row.kind === "total" && isAhead(row, half) === false);
  const [first, ...also] = places;
  if (half !== 1 || !first || behind.length === 0) return [];
  const said = readings.find(({ block }) => block.id === first.block)?.block.text.slice(first.from, first.to) ?? "";
  const finding = textFinding({
    rule: "R7",
    severity: "warning",
    says: "text-half-done",
    params: { count: behind.length, behind: behind.map(({ shortName }) => shortName).join("、") },
    block: first.block,
    from: first.from,
    to: first.to,
    what: "half-done",
    stated: said,
    expected: behind.map(({ code }) => code).join(" "),
    also,
  });
  return [{ ...finding, key: ["R7", "half-done", finding.expected].join("|") }];
}

/** R7: as many numbered blocks follow as were promised. Only where the next block is the first of them. */
export function promises(readings: readonly BlockReading[]): Finding[] {
  return readings.flatMap((reading, index) => {
    const { promise, block } = reading;
    const first = readings[index + 1]?.numbering;
    if (!promise || first?.n !== 1) return [];
    const count = countFrom(readings, index + 1, first.level);
    if (count === promise.count) return [];
    return [
      textFinding({
        rule: "R7",
        severity: "warning",
        says: "text-announced",
        params: { count },
        block: block.id,
        from: promise.from,
        to: promise.to,
        what: "announced",
        stated: block.text.slice(promise.from, promise.to),
        expected: String(count),
      }),
    ];
  });
}

function countFrom(readings: readonly BlockReading[], start: number, level: number): number {
  let count = 0;
  let last = 0;
  for (const { numbering } of readings.slice(start)) {
    if (!numbering || numbering.level > level) continue;
    if (numbering.level < level || numbering.n <= last) break;
    count += 1;
    last = numbering.n;
  }
  return count;
}

/**
 * R7, R6: the bullets that go through the indicators are as many as the rows, each row once and in their order. Bullets are
 * such when at least half of the rows are named first in one of them.
 */
export function bulletsOf(
  runs: readonly (readonly CheckBlock[])[],
  readings: ReadonlyMap<string, BlockReading>,
  rows: readonly IndicatorRow[],
  lexicon: Lexicon,
): Finding[] {
  return runs.flatMap((run) => {
    const codes = run.map(({ id }) => {
      const reading = readings.get(id);
      const code = reading?.names[0]?.codes[0] ?? reading?.subject ?? null;
      return code !== null && lexicon.subjects.get(code)?.isRow ? code : null;
    });
    const [first] = run;
    const named = new Set(codes.filter((code) => code !== null));
    if (!first || named.size < Math.max(3, rows.length / 2)) return [];
    const whole = { block: first.id, from: 0, to: first.text.length };
    const missing = rows.filter(({ code }) => !named.has(code));
    const missingNames = missing.map(({ shortName }) => shortName).join("、");
    if (run.length !== rows.length || missing.length > 0) {
      return [
        textFinding({
          rule: "R7",
          severity: "warning",
          says: missing.length > 0 ? "text-bullets-missing" : "text-bullets",
          params: { missing: missingNames },
          ...whole,
          what: "bullets",
          stated: String(run.length),
          expected: [String(rows.length), ...missing.map(({ code }) => code)].join(" "),
          also: run.slice(1).map(({ id, text }) => inBlock(id, { from: 0, to: text.length })),
        }),
      ];
    }
    const at = codes.findIndex((code, index) => code !== rows[index]?.code);
    const bullet = run[at];
    const row = rows[at];
    if (!bullet || !row) return [];
    const order: Finding = textFinding({
      rule: "R6",
      severity: "warning",
      says: "text-bullet-order",
      params: { position: at + 1 },
      block: bullet.id,
      from: 0,
      to: bullet.text.length,
      what: "order",
      stated: nameIn(readings.get(bullet.id)),
      expected: row.shortName,
    });
    return [order];
  });
}

function nameIn(reading: BlockReading | undefined): string {
  const [name] = reading?.names ?? [];
  return reading && name ? reading.block.text.slice(name.from, name.to) : "";
}
