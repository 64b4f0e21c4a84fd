import { Decimal } from "decimal.js";
import {
  decimalsOf,
  FIGURE_FIELDS,
  RANK_FIELDS,
  type Figure,
  type FigureField,
  type IndicatorRow,
} from "../indicator/figure";
import type { CellPlace, CheckRule, Finding, Severity } from "./finding";
import { add, displayed, exactly, multiply, overlap, subtract } from "./interval";
import { explainsCompletion, explainsPlan, notFedBack, saysEstimate } from "./remark";

export type TableOptions = {
  half: 1 | 2;
  /** How many counties are ranked; without it only ranks that no city can have are found. */
  counties?: number;
};

/**
 * The table by itself: R1, R2, R3 (the words of a growth-only row), R12, R13, and R1 and R2 to the displayed digit as D1
 * and D2. A displayed number is taken as value ± half its last digit. A relation one of whose figures is missing, "/",
 * 暂未反馈 or words says nothing. Row by row, in the order of the columns.
 */
export function checkTable(rows: readonly IndicatorRow[], { counties }: TableOptions): Finding[] {
  return rows.flatMap((row) =>
    [
      ...planOf(row),
      ...completionOf(row),
      ...againstPlan(row),
      ...signWords(row),
      ...statusOf(row),
      ...boundsOf(row, counties),
    ].sort((a, b) => columnOf(a) - columnOf(b)),
  );
}

/** R2, D2. Cross-multiplied: 100 × plan = last × (100 + growth) needs no quotient and no rounding. */
function planOf(row: IndicatorRow): Finding[] {
  const { lastActual, planGrowth, planTotal } = row.figures;
  const [last, growth, plan] = [digitsOf(lastActual), digitsOf(planGrowth), digitsOf(planTotal)];
  if (last === null || growth === null || plan === null) return [];
  const expected = new Wide(last).times(new Wide(growth).plus(100)).div(100).toFixed(decimalsOf(plan));
  if (sameNumber(plan, expected)) return [];
  const holds = overlap(
    multiply(displayed(plan), exactly(100)),
    multiply(displayed(last), add(displayed(growth), exactly(100))),
  );
  return [
    found(row, {
      rule: holds ? "D2" : "R2",
      severity: holds ? "info" : "error",
      field: "planTotal",
      says: holds ? "table-plan-rounding" : "table-plan",
      params: { last, growth },
      operands: ["lastActual", "planGrowth"],
      stated: plan,
      expected,
      waivedBy: holds || isSlip(last, growth, plan) ? null : waiver(row, explainsPlan, plan, expected),
    }),
  ];
}

/** A lost minus or a moved point in the growth, by which the plan fits far better, is not what a remark explains. */
function isSlip(last: string, growth: string, plan: string): boolean {
  const distance = (percent: Decimal): Decimal => percent.plus(100).times(last).div(100).minus(plan).abs();
  const stated = new Wide(growth);
  const slips = [stated.negated(), stated.times(10), stated.div(10)];
  return slips.some((slip) => distance(slip).times(FAR_BETTER).lt(distance(stated)));
}

const FAR_BETTER = 3;

/** R1, D1. Cross-multiplied: completion × plan = 100 × actual. */
function completionOf(row: IndicatorRow): Finding[] {
  const [rate, actual, plan] = [
    digitsOf(row.figures.completion),
    digitsOf(row.figures.actual),
    digitsOf(row.figures.planTotal),
  ];
  if (rate === null || actual === null || plan === null) return [];
  const of = { rule: "R1", field: "completion", operands: ["actual", "planTotal"], stated: rate } as const;
  const holds = overlap(multiply(displayed(rate), displayed(plan)), multiply(displayed(actual), exactly(100)));
  if (new Decimal(plan).isZero()) {
    if (holds) return [];
    return [found(row, { ...of, severity: "error", says: "table-completion-of-nothing", params: { actual } })];
  }
  const expected = new Wide(actual).times(100).div(plan).toFixed(decimalsOf(rate));
  if (sameNumber(rate, expected)) return [];
  const params = { actual, plan };
  if (holds) {
    return [found(row, { ...of, rule: "D1", severity: "info", says: "table-completion-rounding", params, expected })];
  }
  const waivedBy = waiver(row, explainsCompletion, rate, expected);
  return [found(row, { ...of, severity: "error", says: "table-completion", params, expected, waivedBy })];
}

/**
 * R3, in whichever cell the words stand. Beyond the intervals it is an error. A plan's growth is as a rule a round target
 * and not a rounded number, so a difference that only its interval would allow is worth a second look: a warning.
 */
function againstPlan(row: IndicatorRow): Finding[] {
  const [growth, planGrowth] = [digitsOf(row.figures.growth), digitsOf(row.figures.planGrowth)];
  if (growth === null || planGrowth === null) return [];
  return wordCells(row).flatMap(({ field, words }) => {
    const points = pointsAgainstPlan(words);
    if (points === null) return [];
    const decimals = points === LEVEL ? Math.max(decimalsOf(growth), decimalsOf(planGrowth)) : decimalsOf(points);
    const stated = points === LEVEL ? new Decimal(0).toFixed(decimals) : points;
    const expected = new Wide(growth).minus(planGrowth).toFixed(decimals);
    if (sameNumber(stated, expected)) return [];
    const holds = overlap(displayed(stated), subtract(displayed(growth), displayed(planGrowth)));
    return [
      found(row, {
        rule: "R3",
        severity: holds ? "warning" : "error",
        field,
        says: "table-against-plan",
        params: { words, growth, planGrowth },
        operands: ["growth", "planGrowth"],
        stated,
        expected,
      }),
    ];
  });
}

/** R12: 增长-4.03% says the opposite of its minus. */
function signWords(row: IndicatorRow): Finding[] {
  return wordCells(row).flatMap(({ field, words }) => {
    const [stated, verb, digits] = SIGNED_CHANGE.exec(words) ?? [];
    if (stated === undefined || verb === undefined || digits === undefined) return [];
    const expected = `${FALLS.test(verb) ? "增长" : "下降"}${digits}%`;
    return [found(row, { rule: "R12", severity: "warning", field, says: "table-sign-word", stated, expected })];
  });
}

/** R12: a cell, its neighbours and the remark must not say opposite things of one figure. */
function statusOf(row: IndicatorRow): Finding[] {
  const { figures, kind } = row;
  const remark = wordsOf(figures.remark) ?? "";
  const missing = notFedBack(remark);
  const isEstimated = [figures.actual, figures.growth, figures.completion].some(
    (figure) => figure?.state === "estimate",
  );
  const isFinal = figures.actual?.state === "number" || figures.growth?.state === "number";
  const warn = (field: FigureField, says: string, stated: string, expected: string): Finding =>
    found(row, { rule: "R12", severity: "warning", field, says, stated, expected, operands: ["remark"] });

  const findings: Finding[] = [];
  if (kind === "growth-only") {
    for (const field of ["planTotal", "actual"] as const) {
      const amount = digitsOf(figures[field]);
      if (amount !== null) findings.push(warn(field, "table-amount-of-growth-only", amount, "/"));
    }
  }
  const amount = digitsOf(figures.actual);
  if (amount !== null && isEstimated && !saysEstimate(remark)) {
    findings.push(warn("actual", "table-estimate-unsaid", amount, "预计数"));
  }
  if (!isEstimated && isFinal && saysEstimate(remark)) {
    findings.push(warn("actual", "table-estimate-unmarked", amount ?? "", "预计数"));
  }
  if (!isEstimated && figures.actual?.state === "number" && missing.figures && !saysEstimate(remark)) {
    findings.push(warn("actual", "table-figure-not-fed-back", figures.actual.digits, "暂未反馈"));
  }
  for (const field of missing.ranks) {
    const rank = digitsOf(figures[field]);
    if (rank !== null) findings.push(warn(field, "table-rank-not-fed-back", rank, "暂未反馈"));
  }
  const rate = digitsOf(figures.completion);
  if (rate !== null && figures.actual?.state === "pending") {
    findings.push(warn("completion", "table-rate-of-pending", rate, "暂未反馈"));
  }
  return findings;
}

/** R13. Two counties may share a rank, so a rank that repeats says nothing. */
function boundsOf(row: IndicatorRow, counties: number | undefined): Finding[] {
  const ranks = RANK_FIELDS.flatMap((field) => {
    const stated = digitsOf(row.figures[field]);
    if (stated === null) return [];
    const rank = new Decimal(stated);
    const most = counties ?? MOST_COUNTIES;
    if (rank.isInteger() && rank.gte(1) && rank.lte(most)) return [];
    const says = rank.isInteger() && rank.gte(1) ? "table-rank-too-great" : "table-rank-not-whole";
    return [
      found(row, { rule: "R13", severity: "error", field, says, params: { most }, stated, expected: `1–${most}` }),
    ];
  });
  const rates = (["planGrowth", "growth", "completion"] as const).flatMap((field) => {
    const stated = digitsOf(row.figures[field]);
    if (stated === null) return [];
    const isPossible = field === "completion" ? new Decimal(stated).gte(0) : new Decimal(stated).gt(-100);
    if (isPossible) return [];
    const expected = field === "completion" ? "≥ 0" : "> -100";
    return [found(row, { rule: "R13", severity: "warning", field, says: "table-rate-out-of-range", stated, expected })];
  });
  return [...ranks, ...rates];
}

type Found = {
  rule: CheckRule;
  severity: Severity;
  field: FigureField;
  says: string;
  params?: Record<string, string | number>;
  operands?: readonly FigureField[];
  stated: string;
  expected?: string;
  waivedBy?: string | null;
};

/** The key holds every figure that takes part: an explanation is of these figures and lapses with any of them. */
function found(
  row: IndicatorRow,
  { rule, severity, field, says, params, operands = [], stated, ...rest }: Found,
): Finding {
  const place = (of: FigureField): CellPlace => ({ in: "table", indicator: row.code, field: of });
  const expected = rest.expected ?? "";
  const figures = [stated, ...operands.map((of) => keyOf(row.figures[of]))].map((figure) => figure.slice(0, 40));
  return {
    rule,
    severity,
    says,
    params: { name: row.officialName, stated, expected, ...params },
    where: place(field),
    also: operands.map(place),
    stated,
    expected,
    waivedBy: rest.waivedBy ?? null,
    key: [rule, row.code, field, ...figures].join("|"),
  };
}

/**
 * The remark, when it explains this and the difference is one that another basis can make: a wrong sign or decimal point,
 * or a unit mixed up, is not let through by a sentence on the budget.
 */
function waiver(row: IndicatorRow, explains: typeof explainsPlan, stated: string, expected: string): string | null {
  const remark = wordsOf(row.figures.remark);
  if (remark === null || new Decimal(expected).isZero()) return null;
  const ratio = new Decimal(stated).div(expected);
  const isOfOneMagnitude = ratio.gt(0.5) && ratio.lt(2);
  return isOfOneMagnitude && explains(remark, [row.officialName, row.shortName, ...row.aliases]) ? remark : null;
}

const LEVEL = "level";

/** "高于计划增速10.1个百分点" → "10.1", 低于… with a minus, 与计划增速持平 → LEVEL; null when the words say no such thing. */
function pointsAgainstPlan(words: string): string | typeof LEVEL | null {
  const text = words.normalize("NFKC").replace(/\s/g, "");
  if (/(?:与|和|同)(?:全年|年度|年初)?(?:计划|预期|目标)(?:增速|增长|增幅)?(?:目标)?(?:持平|相同|一致)/.test(text))
    return LEVEL;
  const [, side, digits] = BEYOND_PLAN.exec(text) ?? THAN_PLAN.exec(text) ?? [];
  if (side === undefined || digits === undefined) return null;
  return /低|慢|落后/.test(side) ? negated(digits) : digits;
}

const PLAN_GROWTH = "(?:全年|年度|年初)?(?:计划|预期|目标)(?:增速|增长|增幅)?(?:目标)?";
const POINTS = "(-?\\d{1,15}(?:\\.\\d{1,6})?)个?百分点";
const BEYOND_PLAN = new RegExp(`(高于|超过|超出|超|快于|低于|慢于|落后于?)${PLAN_GROWTH}${POINTS}`);
const THAN_PLAN = new RegExp(`[比较]${PLAN_GROWTH}([高快低慢])出?${POINTS}`);
const SIGNED_CHANGE = /(增长|增加|上升|下降|减少)\s*[-−－]\s*(\d+(?:\.\d+)?)\s*[%％]?/;
const FALLS = /下降|减少/;
/** More than any city has: without knowing how many, only the impossible is found. */
const MOST_COUNTIES = 200;

const columnOf = ({ where }: Finding): number => (where.in === "table" ? FIGURE_FIELDS.indexOf(where.field) : -1);

const Wide = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

const negated = (digits: string): string => (digits.startsWith("-") ? digits.slice(1) : `-${digits}`);
const sameNumber = (a: string, b: string): boolean => new Decimal(a).eq(b);
const digitsOf = (figure: Figure | undefined): string | null =>
  figure?.state === "number" || figure?.state === "estimate" ? figure.digits : null;
const wordsOf = (figure: Figure | undefined): string | null => (figure?.state === "words" ? figure.words : null);
const keyOf = (figure: Figure | undefined): string => digitsOf(figure) ?? wordsOf(figure) ?? figure?.state ?? "";

function wordCells(row: IndicatorRow): { field: FigureField; words: string }[] {
  return FIELDS_OF_WORDS.flatMap((field) => {
    const words = wordsOf(row.figures[field]);
    return words === null ? [] : [{ field, words }];
  });
}
const FIELDS_OF_WORDS: readonly FigureField[] = ["lastActual", "completion", "growth", "rankGrowth", "remark"];
