import { Decimal } from "decimal.js";
import { completionShown, gap, pace } from "../indicator/derive";
import type { BoundField, FigureForm } from "../indicator/binding";
import type { Figure, IndicatorRow } from "../indicator/figure";
import { wordFigure } from "../indicator/wording";
import type { CheckBlock } from "./finding";
import { lexiconOf, type Lexicon } from "./names";
import type { Period, ReportingPeriod } from "./period";
import { plainText, unitOf } from "./quantity";
import { readStatements, type ReadingOptions, type Statement } from "./statements";

/**
 * A typed number that says what a cell of the table says. `from`–`to` are the words that a node of this field and form
 * replaces; `expected` is what the node would say, null where the table has no number. Not agreeing: the text conflicts
 * with the table, or the table has nothing to agree with (`expected` null).
 */
export type Mention = {
  from: number;
  to: number;
  indicator: string;
  field: BoundField;
  form: FigureForm;
  stated: string;
  expected: string | null;
  agrees: boolean;
};

export type MentionOptions = ReadingOptions;

/** What one paragraph states of the table's indicators, in reading order. Offsets are of `text` as it is. */
export function mentions(text: string, rows: readonly IndicatorRow[], options: MentionOptions = {}): Mention[] {
  const { statements } = readStatements(plainText(text), lexiconFor(rows), options);
  return statements.flatMap((statement) => mentionOf(statement, text, rows, options.half) ?? []);
}

function mentionOf(
  statement: Statement,
  text: string,
  rows: readonly IndicatorRow[],
  half: 1 | 2 | undefined,
): Mention | null {
  const row = rows.find(({ code }) => code === statement.indicator);
  if (!row || statement.field === "pace" || !statement.isWhole) return null;
  const judged = judge(statement, row, half);
  if (!judged || judged.field === "pace") return null;
  const { from, to, indicator, form } = statement;
  const { field, expected, verdict } = judged;
  return { from, to, indicator, field, form, stated: text.slice(from, to), expected, agrees: verdict === "agrees" };
}

/** "silent": the table is still blank there. "unsaid": it says "/", 暂未反馈 or words where the text has a number. */
export type Judged = {
  verdict: "agrees" | "conflicts" | "silent" | "unsaid";
  field: Statement["field"];
  figure: Figure | null;
  /** What the text should say in the statement's form. */
  expected: string | null;
};

/** What the table makes of a statement; null when the statement is not of this figure after all. */
export function judge(statement: Statement, row: IndicatorRow, half: 1 | 2 | undefined): Judged | null {
  const field = statement.isEitherRank ? rankMeant(statement, row) : statement.field;
  const figure = figureOf(row, field, half);
  const digits = figure?.state === "number" || figure?.state === "estimate" ? figure.digits : null;
  if (digits === null) {
    if (statement.isUnsure || statement.isEitherRank) return null;
    return { verdict: figure ? "unsaid" : "silent", field, figure, expected: null };
  }
  if (statement.isUnsure && !new Decimal(statement.digits).eq(digits)) return null;
  const agrees = isSame(statement, row, digits);
  const expected = field === "pace" ? digits : wordFigure(row, field, statement.form);
  return { verdict: agrees ? "agrees" : "conflicts", field, figure, expected: expected ?? digits };
}

/** A bare 全市第二 is of whichever rank it equals. */
function rankMeant(statement: Statement, row: IndicatorRow): Statement["field"] {
  const equal = (["rankTotal", "rankGrowth"] as const).filter((field) => {
    const figure = row.figures[field];
    return figure?.state === "number" && new Decimal(figure.digits).eq(statement.digits);
  });
  return equal.some((field) => field === statement.field) ? statement.field : (equal[0] ?? statement.field);
}

function figureOf(row: IndicatorRow, field: Statement["field"], half: 1 | 2 | undefined): Figure | null {
  switch (field) {
    case "gap":
      return gap(row)?.figure ?? null;
    case "completion":
      return completionShown(row).figure;
    case "pace": {
      const against = half === undefined ? null : pace(row, half);
      return against && { state: "number", digits: new Decimal(against.rate).minus(against.expected).toFixed() };
    }
    default:
      return row.figures[field] ?? null;
  }
}

/** The displayed value, closing zeros aside, in the field's own unit or one that converts exactly. */
function isSame(statement: Statement, row: IndicatorRow, digits: string): boolean {
  const stated = new Decimal(statement.digits);
  switch (statement.field) {
    case "planGrowth":
    case "completion":
    case "growth":
      return statement.unit === "%" && stated.eq(digits);
    case "gap":
    case "pace":
      return (statement.unit === null || statement.unit.endsWith("百分点")) && stated.eq(digits);
    case "rankTotal":
    case "rankGrowth":
      return stated.eq(digits);
    default: {
      if (statement.unit === null || statement.unit === row.unit) return stated.eq(digits);
      const [unit, own] = [unitOf(statement.unit), unitOf(row.unit)];
      if (!unit || !own || unit.measures !== own.measures) return false;
      return stated.times(unit.factor).eq(new Decimal(digits).times(own.factor));
    }
  }
}

const lexicons = new WeakMap<readonly IndicatorRow[], Lexicon>();

/** One lexicon for as long as the same rows are handed in. */
export function lexiconFor(rows: readonly IndicatorRow[]): Lexicon {
  const known = lexicons.get(rows);
  if (known) return known;
  const lexicon = lexiconOf(rows);
  lexicons.set(rows, lexicon);
  return lexicon;
}

/** Bullets in a row, by index of their blocks. */
export function bulletRuns(blocks: readonly CheckBlock[]): CheckBlock[][] {
  const runs: CheckBlock[][] = [];
  let isOpen = false;
  for (const block of blocks) {
    if (block.kind === "bullet") {
      if (isOpen) runs.at(-1)?.push(block);
      else runs.push([block]);
    }
    isOpen = block.kind === "bullet";
  }
  return runs;
}

/** As many bullets as rows: the n-th that names no indicator speaks of row n (R6, the order is the table's). */
export function bulletSubjects(
  blocks: readonly CheckBlock[],
  rows: readonly IndicatorRow[],
  lexicon: Lexicon,
): Map<string, string> {
  const subjects = new Map<string, string>();
  for (const run of bulletRuns(blocks)) {
    const isOnIndicators = run.filter((block) => namesOne(block, lexicon)).length >= run.length / 2;
    if (run.length !== rows.length || !isOnIndicators) continue;
    for (const [index, block] of run.entries()) {
      const row = rows[index];
      if (row && !namesOne(block, lexicon)) subjects.set(block.id, row.code);
    }
  }
  return subjects;
}

const namesOne = (block: CheckBlock, lexicon: Lexicon): boolean => lexicon.find(plainText(block.text)).length > 0;

/** A text that never says 全区 or 全县 is of a county-level city: its 全市 is itself. */
export const isOfCity = (blocks: readonly CheckBlock[]): boolean =>
  !blocks.some(({ text }) => /[全我][区县旗]/.test(text)) && blocks.some(({ text }) => text.includes("我市"));

/** Under a heading on the time to come, figures are hopes until a sentence names the reporting period. */
export function basesOf(blocks: readonly CheckBlock[], { year }: ReportingPeriod): Period[] {
  let base: Period = "current";
  return blocks.map(({ kind, text }) => {
    if (kind !== "heading") return base;
    if (isOfTimeToCome(text, year)) base = "other";
    else if (/^\s*[一二三四五六七八九十]+、|执行情况|完成情况|运行情况|工作回顾/.test(text)) base = "current";
    return base;
  });
}

function isOfTimeToCome(heading: string, year: number | undefined): boolean {
  if (/(?:执行|完成|运行)情况|回顾/.test(heading)) return false;
  const names = year !== undefined && heading.includes(`${year + 1}年`) && !heading.includes(`${year}年`);
  return names || /下半年|下一步|下阶段|明年|今后|预期目标|工作安排|工作打算/.test(heading);
}
