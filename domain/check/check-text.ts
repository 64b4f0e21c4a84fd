import type { IndicatorRow } from "../indicator/figure";
import { printFigure } from "../indicator/printing";
import type { CheckBlock, CheckRule, Finding, Place } from "./finding";
import { basesOf, bulletRuns, bulletSubjects, isOfCity, judge, lexiconFor, type Judged } from "./mentions";
import type { Lexicon } from "./names";
import { readBlock, type BlockReading } from "./read-block";
import { saysEstimate } from "./remark";
import type { ReadingOptions, Statement } from "./statements";
import { bulletsOf, halfDone, indicatorCounts, promises } from "./text-counts";
import { textFinding } from "./text-finding";
import { repeatsOf } from "./text-repeats";
import { structureOf } from "./text-structure";

export type TextOptions = {
  half: 1 | 2;
  /** The report's year: without it 2023年 in the text is not known to be the year before. */
  year?: number;
  /** How many counties are ranked. */
  counties?: number;
};

/**
 * The text by itself and against the table: R3–R9, R11–R13 (docs/checks.md), in reading order. Rows whose cells are blank
 * contradict nothing. An error is a contradiction between figures; what may have another reason is a warning.
 */
export function checkText(
  blocks: readonly CheckBlock[],
  rows: readonly IndicatorRow[],
  options: TextOptions,
): Finding[] {
  const lexicon = lexiconFor(rows);
  const readings = readingPlan(blocks, rows, lexicon, options).map(({ block, reading }) =>
    readBlock(block, lexicon, reading),
  );
  const own = readings.map((reading) => blockFindings(reading, rows, lexicon, options));
  return assembled(readings, own, rows, lexicon, options);
}

/** With what each block is to be read: a bullet by its place, a hope by its heading. */
export function readingPlan(
  blocks: readonly CheckBlock[],
  rows: readonly IndicatorRow[],
  lexicon: Lexicon,
  { half, year }: TextOptions,
): { block: CheckBlock; reading: ReadingOptions }[] {
  const subjects = bulletSubjects(blocks, rows, lexicon);
  const bases = basesOf(blocks, { year });
  const isCity = isOfCity(blocks);
  return blocks.map((block, index) => ({
    block,
    reading: { half, year, isCity, subject: subjects.get(block.id), base: bases[index] },
  }));
}

/** What a block and the table make of each other, without the other blocks. */
export function blockFindings(
  reading: BlockReading,
  rows: readonly IndicatorRow[],
  lexicon: Lexicon,
  options: TextOptions,
): Finding[] {
  return [
    ...reading.own,
    ...reading.statements.flatMap((statement) => againstTable(reading, statement, rows, options)),
    ...structureOf(reading, rows, lexicon),
    ...indicatorCounts(reading, rows, options.half),
  ];
}

/** The blocks' own findings with those of the whole text, in reading order; of equal keys the later are numbered. */
export function assembled(
  readings: readonly BlockReading[],
  own: readonly (readonly Finding[])[],
  rows: readonly IndicatorRow[],
  lexicon: Lexicon,
  { half }: TextOptions,
): Finding[] {
  const byId = new Map(readings.map((reading) => [reading.block.id, reading]));
  const runs = bulletRuns(readings.map(({ block }) => block));
  const order = new Map(readings.map(({ block }, index) => [block.id, index]));
  const placeOf = ({ where }: Finding): [number, number] =>
    where.in === "text" ? [order.get(where.block) ?? 0, where.from] : [readings.length, 0];
  const findings = [
    ...own.flat(),
    ...halfDone(readings, rows, half),
    ...promises(readings),
    ...bulletsOf(runs, byId, rows, lexicon),
    ...repeatsOf(readings, rows),
  ].toSorted((a, b) => {
    const [[blockA, fromA], [blockB, fromB]] = [placeOf(a), placeOf(b)];
    return blockA - blockB || fromA - fromB;
  });
  return withUniqueKeys(findings);
}

function withUniqueKeys(findings: readonly Finding[]): Finding[] {
  const times = new Map<string, number>();
  return findings.map((finding) => {
    const time = (times.get(finding.key) ?? 0) + 1;
    times.set(finding.key, time);
    return time === 1 ? finding : { ...finding, key: `${finding.key}#${time}` };
  });
}

/** R6, R13, R3 and R12 of one stated figure. */
function againstTable(
  reading: BlockReading,
  statement: Statement,
  rows: readonly IndicatorRow[],
  { half, counties }: TextOptions,
): Finding[] {
  const row = rows.find(({ code }) => code === statement.indicator);
  const judged = row ? judge(statement, row, half) : null;
  if (!row || !judged || judged.verdict === "silent") return [];
  const say = (
    rule: CheckRule,
    says: string,
    expected: string,
    params: Record<string, string | number> = {},
  ): Finding =>
    textFinding({
      rule,
      severity: rule === "R12" ? "warning" : "error",
      says,
      params: { name: row.shortName, ...params },
      block: reading.block.id,
      from: statement.from,
      to: statement.to,
      what: `${row.code}.${judged.field}`,
      stated: reading.block.text.slice(statement.from, statement.to),
      expected,
      also: cellsOf(row, judged),
    });
  if (judged.verdict === "unsaid") {
    const cell = printFigure(judged.figure);
    return [say("R12", "text-unsaid", cell)];
  }
  const findings: Finding[] = [];
  if (judged.verdict === "conflicts") findings.push(say(...conflictOf(judged), judged.expected ?? ""));
  else if (isBeyond(judged, statement, counties)) {
    findings.push(say("R13", "text-rank-bounds", `1–${counties ?? ""}`, { most: counties ?? 0 }));
  }
  if (judged.field === "actual") {
    const isEstimate = row.figures.actual?.state === "estimate" || saysEstimate(remarkOf(row));
    if (isEstimate && !statement.isEstimate) findings.push(say("R12", "text-estimate-unsaid", "预计"));
    if (!isEstimate && statement.isEstimate) findings.push(say("R12", "text-estimate-unmarked", ""));
  }
  return findings;
}

function conflictOf({ field }: Judged): [CheckRule, string] {
  if (field === "gap") return ["R3", "text-points"];
  if (field === "pace") return ["R3", "text-pace"];
  if (field === "rankTotal") return ["R13", "text-rank-total"];
  if (field === "rankGrowth") return ["R13", "text-rank-growth"];
  return ["R6", `text-figure-${field}`];
}

const isBeyond = ({ field }: Judged, { digits }: Statement, counties: number | undefined): boolean =>
  (field === "rankTotal" || field === "rankGrowth") && counties !== undefined && Number(digits) > counties;

function cellsOf(row: IndicatorRow, { field }: Judged): Place[] {
  const fields =
    field === "gap"
      ? (["growth", "planGrowth"] as const)
      : field === "pace"
        ? (["completion"] as const)
        : ([field] as const);
  return fields.map((of) => ({ in: "table", indicator: row.code, field: of }));
}

const remarkOf = ({ figures }: IndicatorRow): string => (figures.remark?.state === "words" ? figures.remark.words : "");
